"""Organisations: capitalised words with a legal form, or after the word that says what they are."""

import re
from collections.abc import Iterable, Iterator

from crible.extract.page import Page, fold, places

_CAPITAL = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ"
_CAP = rf"[{_CAPITAL}][\w&'’-]*"


def _led(forms: str, before: str) -> str:
    """The alternatives, each with an assertion on what stands before it put behind its first letter.

    With the assertion in front the engine tries every letter of the text, five times as slowly.
    """
    return "|".join(f"{form[0]}{before.format(form[0])}{form[1:]}" for form in forms.split("|"))


_APART = r"(?<![\w.]{})"
_FORMS = (
    r"SARL|SAS|SASU|SCI|SNC|EURL|SCOP|S\.A\.S\.?|S\.A\.R\.L\.?|S\.A\.|SA|Ltd\.?|Limited|LLC|LLP|PLC|plc"
    r"|Inc\.?|Corp\.?|Corporation|GmbH|AG|B\.V\.|N\.V\.|S\.p\.A\.|SpA"
)
_FORM = re.compile(rf"(?:{_led(_FORMS, '(?<=[ ]{})')})(?!\w)")
_FORM_WORDS = {
    "sarl": "SARL", "sas": "SAS", "sasu": "SASU", "sci": "SCI", "snc": "SNC", "eurl": "EURL", "scop": "SCOP",
    "sa": "SA", "ltd": "Ltd", "limited": "Limited", "llc": "LLC", "llp": "LLP", "plc": "PLC", "inc": "Inc",
    "corp": "Corp", "corporation": "Corporation", "gmbh": "GmbH", "ag": "AG", "bv": "B.V.", "nv": "N.V.", "spa": "SpA",
}  # fmt: skip
"""As a text's words, and as the pattern wants them."""
_DOTTED = {"S.A.": "a", "B.V.": "v", "N.V.": "v"}
"""Forms of several words, and the last of these."""
_BEFORE_FORM = re.compile(rf"(?<![\w.])(?:{_CAP}[ ](?:(?:et|de|du|des|and|&|of)[ ])?){{1,5}}\Z")
_KINDS = (
    "Société|Association|Ministère|Fondation|Banque|Université|Mairie|Préfecture|Conseil|Agence|Institut|Syndicat"
    "|Fédération|Direction|Assemblée|Sénat|Commission|Cabinet|Groupe|Parti|Comité|Centre|Chambre|Cour|Tribunal"
)
_KIND_WORDS = {fold(kind): kind for kind in _KINDS.split("|")}
_AFTER_KIND = re.compile(
    rf"((?:{_led(_KINDS, _APART)})[ ](?:(?:générale?|nationale?|régionale?|départementale?|européen(?:ne)?)[ ])?"
    rf"(?:(?:de la|de l['’]|de|du|des|d['’])[ ]?)?{_CAP}(?:[ ](?:(?:et|de|du|des|de la)[ ])?{_CAP}){{0,3}})"
)
_OFFICES = "Ministry|Department|University|Bank|Foundation|Institute|Agency|Council|Committee|Court"
_OF_WORDS = {fold(office): office for office in _OFFICES.split("|")}
_OF = re.compile(
    rf"((?:{_led(_OFFICES, _APART)})[ ]"
    rf"(?:of|for)[ ](?:the[ ])?{_CAP}(?:[ ](?:(?:and|of)[ ])?{_CAP}){{0,3}})"
)
_LASTS = "University|Bank|Foundation|Institute|Council|Committee|Agency|Holdings"
_LAST = re.compile(rf"(?:{_led(_LASTS, '(?<=[ ]{})')})(?!\w)(?![ ]of\b)")
_BEFORE_LAST = re.compile(rf"(?<![\w.])(?:{_CAP}[ ]){{1,3}}\Z")
_FIRST = re.compile(
    r"\A(?:(?:The|Le|La|Les|Chez|Par|Pour|Dear|Hi|From|At|By|In|For|De|Du|And|Et|To|If|When|Our|Your|Any)[ ])+"
)
REACH = 70
LONGEST = 90
WORDS = frozenset({*_FORM_WORDS, *_DOTTED.values(), *_KIND_WORDS, *_OF_WORDS})
"""Every word that is asked for."""


def organisations(page: Page) -> Iterator[str]:
    """Names as written."""
    for name in _found(page):
        name = _FIRST.sub("", name).strip()
        if " " in name and len(name) <= LONGEST:
            yield name


def _found(page: Page) -> Iterator[str]:
    text, words = page.text, page.vocabulary
    asked = words & WORDS
    forms = [_FORM_WORDS[word] for word in asked if word in _FORM_WORDS]
    dotted = [form for form, last in _DOTTED.items() if last in words and form in text]
    if forms or dotted:
        forms += [*dotted, *(["S.p.A."] if "a" in words else ()), *(["plc"] if "plc" in words else ())]
        yield from _ended(text, _met(_FORM, text, _after_blanks(text, forms)), _BEFORE_FORM)
    if kinds := [_KIND_WORDS[word] for word in asked if word in _KIND_WORDS]:
        yield from (met[1] for met in _met(_AFTER_KIND, text, places(text, kinds)))
    if named := [_OF_WORDS[word] for word in asked if word in _OF_WORDS]:
        yield from (met[1] for met in _met(_OF, text, places(text, named)))
        yield from _ended(text, _met(_LAST, text, _after_blanks(text, ("Holdings", *named))), _BEFORE_LAST)


def _after_blanks(text: str, heads: Iterable[str]) -> list[int]:
    return [at + 1 for at in places(text, (f" {head}" for head in heads))]


def _met(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` finds, asked only where it can: its own way through a mail takes 70 to 120 µs."""
    end = 0
    for at in places:
        if at >= end and (met := pattern.match(text, at)):
            end = met.end()
            yield met


def _ended(text: str, lasts: Iterable[re.Match[str]], before: re.Pattern[str]) -> Iterator[str]:
    """Capitalised words before a last one: looked for from their end, which is rarer than capitals are."""
    seen = 0
    for met in lasts:
        start = max(seen, met.start() - REACH)
        line = text[max(start, text.rfind("\n", start, met.start()) + 1) : met.start()]
        seen = met.end()  # `A SARL et B Ltd` are two
        if head := before.search(line):
            yield head[0] + met[0]
