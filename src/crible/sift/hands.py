"""Learns who and what saves the files of this corpus, and finds what is unusual in that, batches above all."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from crible.assess.hands import BASE, NEUTRAL, PAGE, RARE, Batch, Hand, Rate, menus, name_key, script
from crible.model.facts import MailFacts, Reading
from crible.model.instant import Clock

GAP = 90
"""Seconds between one saving and the next: more is work on each file, not a pass over all of them."""
FEWEST = 5
"""Files saved together that ask a question: four are an ordinary afternoon."""
SPREAD = 30 * 86_400
"""Seconds over which files of one author must have been begun to be no single piece of work."""
DAY = 86_400
OTHERS = 50
_LANGUAGE = "language:"
"""Before a language among the names, whose keys are words only."""
NOTHING: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True)
class _File:
    """One file that says when and by whom it was saved; names and languages by number."""

    pk: int
    saved: int
    begun: int
    author: int
    last: int
    language: int
    at: int
    """Its place among the files seen."""

    @property
    def resaved(self) -> bool:
        """Saved on another day than begun, and not by the one who began it, as far as it says."""
        return self.saved - self.begun > DAY and self.last != self.author


class Hands:
    """A surveyor. Keeps six numbers and an identity for each file, 80 bytes, and each name once."""

    def __init__(self) -> None:
        self._people: set[str] = set()
        self._numbers: dict[str, int] = {"": 0}
        self._shown: dict[int, str] = {}
        self._columns = tuple(array("q") for _ in range(6))
        self._ids = bytearray()

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002
        """Keep the names of a mail, or what a file says of its first and last saving."""
        if reading.mail is not None:
            self._people.update(_named(reading.mail))
            return
        file = reading.file
        if file is None or not (file.author or file.last_author or menus(reading)):
            return
        saved, begun = file.modified, file.created
        office = saved is not None and saved.clock is Clock.OFFICE
        row = (
            pk,
            int(saved.seconds) if office and saved else 0,
            int(begun.seconds) if office and begun else 0,
            self._number(name_key(file.author), file.author),
            self._number(name_key(file.last_author), file.last_author),
            self._number(_LANGUAGE + spoken) if (spoken := menus(reading)) else 0,
        )
        for column, value in zip(self._columns, row, strict=True):
            column.append(value)
        self._ids += bytes.fromhex(id)

    def found(self) -> dict[int, Hand]:
        """By primary key, the files in whose saving something is unusual."""
        pk, saved, begun, author, last, language = self._columns
        rows = zip(pk, saved, begun, author, last, language, range(len(pk)), strict=True)
        files = [_File(*row) for row in rows]
        names = {number: key for key, number in self._numbers.items()}
        pages = {number for key, number in self._numbers.items() if key.startswith(_LANGUAGE + PAGE)}
        usual = _Usual(files, self._home(), self._scripts(), pages)
        batches = self._batches(files, usual, names)
        hands: dict[int, Hand] = {}
        for file in files:
            hand = self._hand(file, usual, names, batches.get(file.pk))
            if hand != Hand():
                hands[file.pk] = hand
        return hands

    def _number(self, key: str, shown: str = "") -> int:
        number = self._numbers.setdefault(key, len(self._numbers))
        if shown and number:
            self._shown[number] = min(shown[:100], self._shown.get(number, shown[:100]))
        return number

    def _home(self) -> set[int]:
        """Numbers of names that write or receive mail here."""
        return {number for key, number in self._numbers.items() if number and key in self._people}

    def _scripts(self) -> Counter[str]:
        """Scripts of all names, each name once."""
        counts = Counter(map(script, self._people))
        counts.update(script(key) for key in self._numbers if not key.startswith(_LANGUAGE) and key)
        return counts

    def _hand(self, file: _File, usual: "_Usual", names: dict[int, str], batch: Batch | None) -> Hand:
        """Rates are those of other files: but this one, and but those of its batch."""
        interface = name = None
        foreign = False
        if file.language and names[file.language].removeprefix(_LANGUAGE) not in NEUTRAL:
            rate = batch.elsewhere if batch and batch.language else usual.language(file.language, (file,))
            interface = rate if rate.rare else None
        if (
            file.last
            and file.last != file.author
            and not usual.at_home(file.last)
            and usual.at_home(file.author, {file.author: 1})
        ):
            same = batch is not None and batch.name == self._shown.get(file.last)
            rate = batch.named_elsewhere if batch and same else usual.last(file.last, (file,))
            name = rate if rate.rare else None
            foreign = name is not None and usual.rare_script(names[file.last])
        return Hand(interface, name, foreign, batch)

    def _batches(self, files: Sequence[_File], usual: "_Usual", names: dict[int, str]) -> dict[int, Batch]:
        """The batch of each file that is in one; languages first, since a name's batch may be half of a language's."""
        found: dict[int, Batch] = {}
        for kind in ("language", "last"):
            groups: dict[int, list[_File]] = defaultdict(list)
            for file in files:
                key = file.language if kind == "language" else file.last
                if key and file.saved and file.begun and file.pk not in found:
                    groups[key].append(file)
            for key in sorted(groups):
                if names[key].removeprefix(_LANGUAGE) in NEUTRAL:
                    continue
                for burst in _bursts(groups[key]):
                    if usual.strange(burst, kind, key):
                        self._describe(burst, kind, key, usual, names, found)
        return found

    def _describe(
        self,
        burst: Sequence[_File],
        kind: str,
        key: int,
        usual: "_Usual",
        names: dict[int, str],
        found: dict[int, Batch],
    ) -> None:
        ids = {file.pk: self._ids[32 * file.at : 32 * file.at + 32].hex() for file in burst}
        batch = Batch(len(burst), burst[0].saved, burst[-1].saved, _begun(burst))
        if kind == "language":
            language = names[key].removeprefix(_LANGUAGE)
            batch = replace(batch, language=language, elsewhere=usual.language(key, burst))
        begun = Counter(file.author for file in burst)
        named = Counter(file.last for file in burst if file.last and not usual.at_home(file.last, begun))
        for name, count in sorted(named.items(), key=lambda one: (-one[1], names[one[0]]))[:1]:
            if count > 1:
                batch = replace(
                    batch,
                    name=self._shown.get(name, ""),
                    named=count,
                    named_elsewhere=usual.last(name, burst),
                    foreign=usual.rare_script(names[name]),
                )
        nearest = sorted(ids, key=ids.__getitem__)[: OTHERS + 1]
        for file in burst:
            found[file.pk] = replace(batch, others=tuple(ids[pk] for pk in nearest if pk != file.pk)[:OTHERS])


class _Usual:
    """What is usual here: who is at home, which languages and names files are saved with."""

    def __init__(self, files: Sequence[_File], people: set[int], scripts: Counter[str], pages: set[int]) -> None:
        self._people, self._scripts, self._pages = people, scripts, pages
        self._files = files
        self._languages = Counter(file.language for file in files if file.language)
        self._lasts = Counter(file.last for file in files if file.last)
        self._authors = Counter(file.author for file in files if file.author)
        self._speaks: dict[int, Counter[int]] = defaultdict(Counter)
        """Languages of menus by author."""
        self._again: dict[tuple[str, int], list[_File]] = defaultdict(list)
        """Files of this house saved again, by the language of the menus and by the last author."""
        for file in files:
            if file.author and file.language:
                self._speaks[file.author][file.language] += 1
            if file.resaved and file.author:
                self._again["language", file.language].append(file)
                self._again["last", file.last].append(file)

    def at_home(self, name: int, apart: Mapping[int, int] = NOTHING) -> bool:
        """Whether somebody of that name is in the mail, or began more files than `apart` says, by author."""
        return bool(name) and (name in self._people or self._authors[name] > apart.get(name, 0))

    def language(self, number: int, apart: Sequence[_File] = ()) -> Rate:
        """How often a language of menus is met in other files; a code page, among those that show one."""
        others = Counter(file.language for file in apart if file.language)
        alike = [one for one in self._languages if (one in self._pages) == (number in self._pages)]
        known = sum(self._languages[one] - others[one] for one in alike)
        return Rate(self._languages[number] - others[number], known)

    def last(self, number: int, apart: Sequence[_File] = ()) -> Rate:
        """How often a name stands as last author in other files."""
        within = sum(file.last == number for file in apart)
        return Rate(self._lasts[number] - within, self._lasts.total() - sum(bool(file.last) for file in apart))

    def rare_script(self, name: str) -> bool:
        """Whether few of at least `BASE` names are in the script of this one."""
        total = self._scripts.total() - self._scripts[""]
        own = script(name)
        return bool(own) and total >= BASE and self._scripts[own] <= max(1, RARE * total)

    def strange(self, burst: Sequence[_File], kind: str, key: int) -> bool:
        """Whether the batch asks a question: others' files, begun at other times, saved by what is met nowhere else."""
        apart = len(self._files) - len(burst)
        resaved = [file for file in burst if file.resaved]
        if apart < max(BASE, len(burst)) or 2 * len(resaved) < len(burst):
            # As many files again were not touched: a migration or a new owner's programs take all there is.
            return False
        named = [file for file in resaved if file.author]
        begun = _begun(resaved)
        if len({file.author for file in named}) < 2 and begun[1] - begun[0] < SPREAD:
            return False
        authors = Counter(file.author for file in burst)
        if 2 * sum(self.at_home(file.author, authors) for file in named) < len(resaved):
            return False
        company = self._company(burst, kind, key, authors)
        rare = {one for one in {file.language for file in burst} - {0} if self.language(one, company).rare}
        if any(self._spoken(named, one, company) for one in rare):
            return False
        if kind == "language":
            return key in rare
        elsewhere = self.last(key, company)
        return not self.at_home(key, authors) and not elsewhere.count and elsewhere.of >= BASE

    def _company(self, burst: Sequence[_File], kind: str, key: int, authors: Counter[int]) -> Sequence[_File]:
        """The batch with files of this house that the same hand or program saved again later, at most half as many.

        Three more saved the day after do not make a stranger usual; as many as the batch would, or one before it.
        """
        within = {file.pk for file in burst}
        others = (file for file in self._again[kind, key] if file.pk not in within and file.saved > burst[0].saved)
        strays = [file for file in others if self.at_home(file.author, authors)]
        return [*burst, *strays] if 2 * len(strays) <= len(burst) else burst

    def _spoken(self, named: Iterable[_File], language: int, burst: Sequence[_File]) -> bool:
        """Whether who began one of these files has others that were saved in this language: a foreign house."""
        within: dict[int, int] = Counter(file.author for file in burst if file.language == language)
        return any(self._speaks[file.author][language] > within[file.author] for file in named)


def _bursts(files: Iterable[_File]) -> Iterator[list[_File]]:
    """Longest runs of `FEWEST` files or more, each saved within `GAP` of the one before."""
    run: list[_File] = []
    for file in sorted(files, key=lambda one: (one.saved, one.pk)):
        if run and file.saved - run[-1].saved > GAP:
            if len(run) >= FEWEST:
                yield run
            run = []
        run.append(file)
    if len(run) >= FEWEST:
        yield run


def _begun(files: Sequence[_File]) -> tuple[int, int]:
    return min(file.begun for file in files), max(file.begun for file in files)


def _named(mail: MailFacts) -> Iterator[str]:
    """Keys of the names in a mail's address fields, and of addresses that are names."""
    for box in (*mail.senders, *mail.sender, *mail.reply_to, *mail.to, *mail.cc, *mail.bcc):
        for called in (box.name, box.address.partition("@")[0]):
            if key := name_key(called):
                yield key
