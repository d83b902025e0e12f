"""Addresses and towns: a street with its number, a postcode with its town, French, British and American forms."""

import re
from collections.abc import Iterator

from crible.extract.page import Page, places, word_set

_CAPITAL = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ"
_TOWN = (
    rf"[{_CAPITAL}][\w'’-]+(?:[ ](?:(?:de|du|la|le|les|en|sur|sous|lès|d['’])[ ])?[{_CAPITAL}][\w'’-]*){{0,3}}"
    r"(?:[ ](?:Cedex|CEDEX)(?:[ ]\d{1,2})?)?"
)
_STREETS = word_set(
    """rue avenue av boulevard bd bld place quai allee chemin impasse route cours square passage villa faubourg
    promenade esplanade"""
)
# What may not stand before a number is asked behind its first figure: a search that begins with an assertion tries
# every letter of the text, four times as slowly.
_FRENCH = re.compile(
    r"(\d(?<![\w/.,-]\d)\d{0,3}(?:[ ]?(?:bis|ter|quater))?,?[ ](?i:rue|avenue|av\.|boulevard|bd|bld|place|quai|all[ée]e"
    r"|chemin|impasse|route|cours|square|passage|villa|faubourg|promenade|esplanade)[ ][^\n,;:|]{2,50}?)"
    rf"(?=[,;\n|]|[ ]+[-–][ ]|\Z|[ ]\d{{5}})(?:[ ,;|–-]{{0,4}}\n?[ ]{{0,3}}(\d{{5}}[ ]{_TOWN}))?"
)
_ROADS = word_set("""street st road rd avenue ave lane ln drive way court terrace close blvd crescent parkway pkwy""")
_KINDS = (
    "Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Way|Court|Square|Terrace|Close|Boulevard|Blvd|Crescent|Parkway|Pkwy"
)
_WRITTEN = {kind.lower(): f" {kind}" for kind in _KINDS.split("|")}
_ENGLISH = re.compile(rf"(\d(?<![\w/.,-]\d)\d{{0,4}}[a-zA-Z]?[ ](?:[{_CAPITAL}][\w'’.]*[ ]){{1,3}}(?:{_KINDS})\b\.?)")
_SHAPES = ((b"99999 A", (0,)), (b". AA 99999", (5,)), (b" 9AA", (-2, -1)))
"""How a postcode and what makes sure of it look as `Page.shape`, and where in it the code begins."""
_CODE = re.compile(r"[0-9](?:[0-9]{4}(?![0-9])|[A-Z0-9]?[ ][0-9][A-Z]{2}(?!\w))")
_FOLLOWS = re.compile(rf"[ ]({_TOWN})")
_AREA = re.compile(r"[ \n][A-Z]{1,2}\Z")
_STATE = re.compile(r",[ ][A-Z]{2}[ ]\Z")
_BEFORE = re.compile(r"(?:\A|[,;|\n])[ ]*((?:[A-Z][\w'’-]+[ ]?){1,3}),?[ \n]?\Z")
_UNITS = word_set("""eur euros mo ko go mb gb kb unit units mails pages x usd hz mhz am pm""")


WORDS = _STREETS | _WRITTEN.keys()
"""Every word that is asked for."""


def addresses(page: Page) -> Iterator[str]:
    """Streets with number, and with postcode and town where these follow."""
    if _numbered(page):
        for met in _FRENCH.finditer(page.text):
            street = " ".join(met[1].split())
            yield f"{street}, {met[2]}" if met[2] else street
    # `way` and `drive` stand in every fifth mail, with a capital in few: the pattern takes 80 µs of a mail.
    if not page.vocabulary.isdisjoint(_ROADS) and any(
        _WRITTEN[kind] in page.text for kind in page.vocabulary & WORDS if kind in _WRITTEN
    ):
        yield from (met[1] for met in _ENGLISH.finditer(page.text))


def _numbered(page: Page) -> bool:
    """Whether a kind of street may have its number, `bis` or `ter` before it, without which the pattern finds none."""
    text, streets = page.text, page.vocabulary & _STREETS
    for street in streets:
        at = page.folded.find(f" {street}")
        while at >= 0:
            before = text[max(0, at - 2) : at].rstrip(",")[-1:]
            if before.isdigit() or before in ("s", "r"):
                return True
            at = page.folded.find(f" {street}", at + 1)
    # Letters that a pattern without case takes for `s` and `i`, and folding does not.
    return bool(streets) and ("ſ" in text or "ı" in text)


def towns(page: Page) -> Iterator[str]:
    """Towns that stand with their postcode."""
    text, end = page.text, 0
    for start in sorted(
        at + shift for kind, shifts in _SHAPES for at in places(page.shape, (kind,)) for shift in shifts
    ):
        if start < end or not (code := _CODE.match(text, start)):
            continue
        end = code.end()
        at = code.start()
        if not code[0].isdigit():
            if area := _AREA.search(text, max(0, at - 3), at):
                yield from _before(text, area.start())
        elif town := _FOLLOWS.match(text, code.end()):
            before = text[at - 1] if at else " "
            fits = not before.isalnum() and before not in "+.,/" and (before != "-" or text[at - 2] in "FD")
            if fits and town[1].partition(" ")[0].lower() not in _UNITS:
                yield town[1]
        elif state := _STATE.search(text, max(0, at - 5), at):
            yield from _before(text, state.start())


def _before(text: str, at: int) -> Iterator[str]:
    if town := _BEFORE.search(text[max(0, at - 40) : at]):
        yield town[1].strip()
