"""Addresses and towns: a street with its number, a postcode with its town, French, British and American forms."""

import re
from collections.abc import Iterator

from crible.extract.page import Page, word_set

_CAPITAL = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒ"
_TOWN = (
    rf"[{_CAPITAL}][\w'’-]+(?:[ ](?:(?:de|du|la|le|les|en|sur|sous|lès|d['’])[ ])?[{_CAPITAL}][\w'’-]*){{0,3}}"
    r"(?:[ ](?:Cedex|CEDEX)(?:[ ]\d{1,2})?)?"
)
_STREETS = word_set(
    """rue avenue av boulevard bd bld place quai allee chemin impasse route cours square passage villa faubourg
    promenade esplanade"""
)
_FRENCH = re.compile(
    r"(?<![\w/.,-])(\d{1,4}(?:[ ]?(?:bis|ter|quater))?,?[ ](?i:rue|avenue|av\.|boulevard|bd|bld|place|quai|all[ée]e"
    r"|chemin|impasse|route|cours|square|passage|villa|faubourg|promenade|esplanade)[ ][^\n,;:|]{2,50}?)"
    rf"(?=[,;\n|]|[ ]+[-–][ ]|\Z|[ ]\d{{5}})(?:[ ,;|–-]{{0,4}}\n?[ ]{{0,3}}(\d{{5}}[ ]{_TOWN}))?"
)
_ROADS = word_set("""street st road rd avenue ave lane ln drive way court terrace close blvd crescent parkway pkwy""")
_ENGLISH = re.compile(
    rf"(?<![\w/.,-])(\d{{1,5}}[a-zA-Z]?[ ](?:[{_CAPITAL}][\w'’.]*[ ]){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln"
    r"|Drive|Way|Court|Square|Terrace|Close|Boulevard|Blvd|Crescent|Parkway|Pkwy)\b\.?)"
)
# Each begins with one set of characters and looks back in the loop: a search that starts with an assertion is slow.
_POSTAL = re.compile(rf"[0-9][0-9]{{4}}[ ]({_TOWN})")
_BRITISH = re.compile(r"[0-9][A-Z0-9]?[ ][0-9][A-Z]{2}(?!\w)")
_AREA = re.compile(r"[ \n][A-Z]{1,2}\Z")
_AMERICAN = re.compile(r",[ ][A-Z]{2}[ ]\d{5}(?:-\d{4})?(?!\w)")
_BEFORE = re.compile(r"(?:\A|[,;|\n])[ ]*((?:[A-Z][\w'’-]+[ ]?){1,3}),?[ \n]?\Z")
_UNITS = word_set("""eur euros mo ko go mb gb kb unit units mails pages x usd hz mhz am pm""")


def addresses(page: Page) -> Iterator[str]:
    """Streets with number, and with postcode and town where these follow."""
    if not page.vocabulary.isdisjoint(_STREETS):
        for met in _FRENCH.finditer(page.text):
            street = " ".join(met[1].split())
            yield f"{street}, {met[2]}" if met[2] else street
    if not page.vocabulary.isdisjoint(_ROADS):
        yield from (met[1] for met in _ENGLISH.finditer(page.text))


def towns(page: Page) -> Iterator[str]:
    """Towns that stand with their postcode."""
    text = page.text
    for met in _POSTAL.finditer(text):
        before = text[met.start() - 1] if met.start() else " "
        fits = not before.isalnum() and before not in "+.,/" and (before != "-" or text[met.start() - 2] in "FD")
        if fits and met[1].partition(" ")[0].lower() not in _UNITS:
            yield met[1]
    for met in _AMERICAN.finditer(text):
        yield from _before(text, met.start())
    for met in _BRITISH.finditer(text):
        if area := _AREA.search(text, max(0, met.start() - 3), met.start()):
            yield from _before(text, area.start())


def _before(text: str, at: int) -> Iterator[str]:
    if town := _BEFORE.search(text[max(0, at - 40) : at]):
        yield town[1].strip()
