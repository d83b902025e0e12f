"""Inside the sandbox: leads one mail back to what was signed, and holds a neutral repair against what it claims."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from crible.extract.mail.fields import split_header
from crible.extract.mail.quoting import unquotings
from crible.model.signature import Repair, Step
from crible.proof import repair
from crible.sandbox.window import Window
from crible.sift import shown
from crible.sift.wire import Mend

PEOPLE = ("to", "cc", "from", "reply-to", "sender")
HEADER = 64 << 10
"""Bytes of another mail's header that are looked at."""
SHOWN_OTHERWISE = Step("shown-otherwise", changing=True)
READ_OTHERWISE = Step("read-otherwise", changing=True)


def mended(mend: Mend, descriptors: Sequence[int]) -> tuple[Repair, ...]:
    """For each signature sought, the way from the stored mail to the signed one, as far as it was found."""
    data = Window(descriptors[0], mend.offset, mend.length).read()
    people = tuple(_people(Window(descriptors[which], offset, length) for which, offset, length in mend.kin))
    return lead_back(mend, data, people)


def lead_back(mend: Mend, data: bytes, people: Sequence[str] = ()) -> tuple[Repair, ...]:
    """The same for a mail at hand; `people` are address fields of its conversation, as written."""
    head = split_header(data)
    targets = [repair.Target(sought.signature, sought.header_digest) for sought in mend.sought]
    body = data[head.body_start :]
    found = repair.restored(head, body, targets, order=mend.order, passages=mend.passages, people=people)
    ways = unquotings(body, mend.quoted)
    return tuple(
        _held(ways, data, target, said, signed) if signed is not None else said
        for target, (said, signed) in zip(targets, found, strict=True)
    )


def _held(ways: Sequence[str], data: bytes, target: repair.Target, found: Repair, signed: bytes) -> Repair:
    """The repair, what it claims held against what a reader is shown.

    No list of neutral steps can be trusted to the end: a charset label exchanged may turn one letter into another. Nor
    is every figure exchanged a word: the width of a table is none. And signed bytes put under a type or encoding that
    nobody signed may be read as something else.
    """
    if found.neutral:
        fits = any(shown.alike(data, how, signed) for how in ways)
        return found if fits else replace(found, steps=(*found.steps, SHOWN_OTHERWISE))
    steps = found.steps
    if any(step.words for step in steps) and any(shown.same_words(data, how, signed) for how in ways):
        steps = tuple(replace(step, words=False) for step in steps)
    if shown.misread(signed, target.facts):
        steps = (*steps, READ_OTHERWISE)
    return replace(found, steps=steps)


def _people(windows: Iterable[Window]) -> Iterator[str]:
    """Address fields of other mails on one line, encoded words left as they are."""
    for window in windows:
        head = split_header(window.read(0, HEADER))
        for name in PEOPLE:
            for field in head.all(name)[:1]:
                yield b" ".join(field.value.split()).decode("latin-1")
