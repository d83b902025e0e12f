"""Organisations: capitalised words with a legal form, or after the word that says what they are."""

import re
from collections.abc import Iterator

from crible.extract.page import Page, word_set

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
_FORM_WORDS = word_set(
    """sarl sas sasu sci snc eurl scop sa ltd limited llc llp plc inc corp corporation gmbh ag bv nv spa"""
)
_BEFORE_FORM = re.compile(rf"(?<![\w.])(?:{_CAP}[ ](?:(?:et|de|du|des|and|&|of)[ ])?){{1,5}}\Z")
_KINDS = (
    "Société|Association|Ministère|Fondation|Banque|Université|Mairie|Préfecture|Conseil|Agence|Institut|Syndicat"
    "|Fédération|Direction|Assemblée|Sénat|Commission|Cabinet|Groupe|Parti|Comité|Centre|Chambre|Cour|Tribunal"
)
_KIND_WORDS = word_set(
    """societe association ministere fondation banque universite mairie prefecture conseil agence institut syndicat
    federation direction assemblee senat commission cabinet groupe parti comite centre chambre cour tribunal"""
)
_AFTER_KIND = re.compile(
    rf"((?:{_led(_KINDS, _APART)})[ ](?:(?:générale?|nationale?|régionale?|départementale?|européen(?:ne)?)[ ])?"
    rf"(?:(?:de la|de l['’]|de|du|des|d['’])[ ]?)?{_CAP}(?:[ ](?:(?:et|de|du|des|de la)[ ])?{_CAP}){{0,3}})"
)
_OF_WORDS = word_set("""ministry department university bank foundation institute agency council committee court""")
_OFFICES = "Ministry|Department|University|Bank|Foundation|Institute|Agency|Council|Committee|Court"
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


def organisations(page: Page) -> Iterator[str]:
    """Names as written."""
    for name in _found(page):
        name = _FIRST.sub("", name).strip()
        if " " in name and len(name) <= LONGEST:
            yield name


def _found(page: Page) -> Iterator[str]:
    text, words = page.text, page.vocabulary
    if not words.isdisjoint(_FORM_WORDS) or any(form in text for form in ("S.A.", "B.V.", "N.V.")):
        yield from _ended(text, _FORM, _BEFORE_FORM)
    if not words.isdisjoint(_KIND_WORDS):
        yield from (met[1] for met in _AFTER_KIND.finditer(text))
    if not words.isdisjoint(_OF_WORDS):
        yield from (met[1] for met in _OF.finditer(text))
        yield from _ended(text, _LAST, _BEFORE_LAST)


def _ended(text: str, last: re.Pattern[str], before: re.Pattern[str]) -> Iterator[str]:
    """Capitalised words before a last one: looked for from their end, which is rarer than capitals are."""
    seen = 0
    for met in last.finditer(text):
        start = max(seen, met.start() - REACH)
        line = text[max(start, text.rfind("\n", start, met.start()) + 1) : met.start()]
        seen = met.end()  # `A SARL et B Ltd` are two
        if head := before.search(line):
            yield head[0] + met[0]
