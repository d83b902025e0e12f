"""People: a title or a common given name, and the capitalised words that follow on the same line."""

import re
from collections.abc import Iterator

from crible.extract.entities.given_names import GIVEN
from crible.extract.page import Page, fold, word_set

_CAPITAL = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ"
_SMALL = "a-zàâäçéèêëîïôöùûüÿœñ"
_WORD = rf"(?:[dDlLO]['’])?[{_CAPITAL}](?:[{_SMALL}]+|[{_CAPITAL}]+\b)(?:-[{_CAPITAL}][{_CAPITAL}{_SMALL}]*)*"
_PARTICLE = r"(?:de la|de|du|des|d['’]|le|la|van der|van|von|di|da|del|ben|el|al|Mc|Mac)"
_INNER = re.compile(r"[\w@./'’-]")
_REST = re.compile(
    rf"(?:-[{_CAPITAL}][{_SMALL}]+)*((?:[ ](?:[{_CAPITAL}]\.[ ])?(?:{_PARTICLE}[ ]?)?{_WORD}){{1,3}})(?![\w@])"
)
_FAMILY = re.compile(rf"(?<![\w@./'’-])[{_CAPITAL}]{{2,30}}(?:[ -][{_CAPITAL}]{{2,30}})?[ ]\Z")
_TITLES = word_set(
    """m mm mme mlle monsieur madame mademoiselle dr docteur maitre pr professeur mr mrs ms miss sir prof"""
)
# Every branch begins with its letter: with the assertion in front the engine tries every letter of the text.
_TITLED = re.compile(
    r"(?:M(?<![\w.]M)(?:\.|M\.|me|lle|onsieur|adame|ademoiselle|e|aître|r|rs|s|iss)|D(?<![\w.]D)(?:r|octeur)"
    r"|P(?<![\w.]P)(?:r|rof|rofesseur)|S(?<![\w.]S)ir)"
    rf"\.?[ ]((?:[{_CAPITAL}]\.[ -]?){{0,2}}(?:{_PARTICLE}[ ]?)?{_WORD}"
    rf"(?:[ ](?:{_PARTICLE}[ ]?)?{_WORD}){{0,2}})"
)
_OPENERS = {
    "m": "M.", "mm": "MM.", "me": "Me", "mme": "Mme", "mlle": "Mlle", "monsieur": "Monsieur", "madame": "Madame",
    "mademoiselle": "Mademoiselle", "maitre": "Maître", "mr": "Mr", "mrs": "Mrs", "ms": "Ms", "miss": "Miss",
    "dr": "Dr", "docteur": "Docteur", "pr": "Pr", "prof": "Prof", "professeur": "Professeur", "sir": "Sir",
}  # fmt: skip
"""Titles as a text's words, and as the pattern wants them."""
_KINDS = (
    "rue|avenue|av|av.|boulevard|bd|place|quai|allée|square|cours|impasse|chemin|lycée|collège|école|hôpital|stade|gare"
    "|saint|sainte|st|ste|street|prix|fondation|institut|université|salle|station|pont|parc"
)
_STREET = re.compile(rf"(?:{_KINDS.replace('.', '[.]')}|\d)[ ](?:de |du |d['’])?\Z", re.IGNORECASE)
_PLAIN = tuple(f"{kind} " for kind in (*_KINDS.split("|"), *"0123456789") if kind.isascii())
"""The same for a text without accents."""
_OF = ("de ", "du ", "d'")
_NEVER = word_set(
    """bonjour merci bonsoir cordialement hello hi dear cher chere madame monsieur le la les un une je vous nous il
    elle on de du et ou si pour sur avec dans the this that and or for from to of in on at we you my our your
    objet date re fwd tel fax mobile email mail cc janvier fevrier mars avril mai juin juillet aout septembre
    octobre novembre decembre january february march april june july august september october november december
    lundi mardi mercredi jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday sunday
    street avenue road rue ave president directeur directrice ministre depute senateur maire docteur conseil
    minister secretary director manager republique france paris london europe is was are has had wrote said sent
    subject regards best thanks kind cheers inc ltd llc gmbh sarl sas linux windows google microsoft apple
    linkedin facebook twitter am pm official et cie dr mr mrs ms mme team support version subject linkedin gmt utc
    rev kh"""
)
_JOINING = word_set("""de du la le des""")
LONGEST = 60


WORDS = GIVEN | _TITLES | _OPENERS.keys()
"""Every word that is asked for."""


def people(page: Page) -> Iterator[str]:
    """Names as written, given name first, a family name in capitals in ordinary letters."""
    text = page.text
    if _titled(page):
        for met in _TITLED.finditer(text):
            yield from _known(met[1].split(" "), fewest=1)
    seen = 0
    for start, end in _given(page):
        if start < seen:
            continue
        before = text[max(0, start - 24) : start]
        family = _FAMILY.search(before) if before[-2:-1].isupper() else None
        if family and not text[start:end].isupper() and fold(family[0].strip()) not in _NEVER:
            yield _plain([text[start:end], *family[0].split()])
        elif (rest := _REST.match(text, end)) and not _street(before):
            seen = rest.end()
            yield from _known(text[start : rest.end()].split(" "), fewest=2)


def _titled(page: Page) -> bool:
    """Whether a title stands in it as titles are written: `I'm` is an `m` and no `M.`; the pattern takes 30 µs."""
    words = page.vocabulary
    return not words.isdisjoint(_TITLES) and any(
        opener in page.text for word, opener in _OPENERS.items() if word in words
    )


def _given(page: Page) -> list[tuple[int, int]]:
    """Where given names stand with a capital, in order.

    Each name that the text holds is looked for by itself: a look at every capitalised word cost five times as much.
    """
    text, folded = page.text, page.folded
    found = []
    for name in page.vocabulary & GIVEN:
        at, size = folded.find(name), len(name)
        while at >= 0:
            end = at + size
            if text[at].isupper() and not text[end : end + 1].isalnum() and not _INNER.match(text[at - 1 : at] or " "):
                found.append((at, end))
            at = folded.find(name, end)
    return sorted(found)


def _street(before: str) -> bool:
    """Whether what stands before a name makes it that of a street or a house, so that nobody is named."""
    if not before.isascii():
        return bool(_STREET.search(before))
    small = before.lower()  # without a pattern: that asks at each of 24 letters for thirty words, 7 µs for each name
    if small.endswith(_PLAIN):
        return True
    return small.endswith(_OF) and small.endswith(_PLAIN, 0, small.rfind("d"))


def _known(words: list[str], fewest: int) -> Iterator[str]:
    """The name up to the first word that belongs to no name, if enough is left."""
    for place in range(fewest - 1, len(words)):
        if fold(words[place]) in _NEVER and words[place].lower() not in _JOINING:
            words = words[:place]
            break
    while words and words[-1] in _JOINING:
        words.pop()
    if len(words) >= fewest and len(words[-1]) > 1 and len(" ".join(words)) <= LONGEST:
        yield _plain(words)


def _plain(words: list[str]) -> str:
    return " ".join(word.title() if word.isupper() and len(word) > 2 else word for word in words)
