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
# What may not stand before a number is asked behind its first figure: a search that begins with an assertion tries
# every letter of the text, four times as slowly.
_FRENCH = re.compile(
    r"(\d(?<![\w/.,-]\d)\d{0,3}(?:[ ]?(?:bis|ter|quater))?,?[ ](?i:rue|avenue|av\.|boulevard|bd|bld|place|quai|all[ée]e"
    r"|chemin|impasse|route|cours|square|passage|villa|faubourg|promenade|esplanade)[ ][^\n,;:|]{2,50}?)"
    rf"(?=[,;\n|]|[ ]+[-–][ ]|\Z|[ ]\d{{5}})(?:[ ,;|–-]{{0,4}}\n?[ ]{{0,3}}(\d{{5}}[ ]{_TOWN}))?"
)
_ROADS = word_set("""street st road rd avenue ave lane ln drive way court terrace close blvd crescent parkway pkwy""")
_ENGLISH = re.compile(
    rf"(\d(?<![\w/.,-]\d)\d{{0,4}}[a-zA-Z]?[ ](?:[{_CAPITAL}][\w'’.]*[ ]){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln"
    r"|Drive|Way|Court|Square|Terrace|Close|Boulevard|Blvd|Crescent|Parkway|Pkwy)\b\.?)"
)
# One pass for both, from their figures: a search that starts with an assertion or a capital is slow.
_CODE = re.compile(r"[0-9](?:[0-9]{4}(?![0-9])|[A-Z0-9]?[ ][0-9][A-Z]{2}(?!\w))")
_FOLLOWS = re.compile(rf"[ ]({_TOWN})")
_AREA = re.compile(r"[ \n][A-Z]{1,2}\Z")
_STATE = re.compile(r",[ ][A-Z]{2}[ ]\Z")
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
    for code in _CODE.finditer(text):
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
