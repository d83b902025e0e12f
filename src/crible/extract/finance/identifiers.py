"""Numbers that check themselves: bank accounts, companies, VAT, cards, the French social security number.

Written out here because python-stdnum costs 40 ms of imports in every child for five short sums.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LENGTHS = {
    "AD": 24, "AE": 23, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
    "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IS": 26,
    "IT": 27, "LB": 28, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MA": 28, "MC": 27, "MD": 24, "MT": 31, "NL": 18,
    "NO": 15, "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24,
    "TR": 26, "UA": 29,
}  # fmt: skip
"""Length of an IBAN by country (ISO 13616 register)."""
_IBAN = re.compile(r"([A-Z][A-Z])[ ]?([0-9]{2})((?:[ -]?[A-Z0-9]){11,30})")
# What may not stand before these is asked behind their first character: a search that begins with an assertion tries
# every letter of the text, five times as slowly.
_VAT = re.compile(
    r"([BDEFGILN](?<![A-Za-z0-9][A-Z])(?:(?<=F)R[ ]?[A-HJ-NP-Z0-9]{2}(?:[ .]?\d){9}|(?<=D)E(?:[ ]?\d){9}"
    r"|(?<=B)E[ ]?0?(?:[ .]?\d){9}|(?<=N)L[ ]?\d{9}B\d\d|(?<=E)S[A-Z0-9]\d{7}[A-Z0-9]|(?<=I)T[ ]?\d{11}"
    r"|(?<=L)U[ ]?\d{8}|(?<=G)B[ ]?(?:\d ?){9}))(?![A-Za-z0-9])"
)
_SIREN = re.compile(
    r"(?:s(?<!\ws)ire[nt]\b|r(?<!\wr)\.?[cs]\.?[sc]\.?\b)[^\d\n]{0,30}?"
    r"(\d{3}[ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{5})?)(?![ .]?\d)"
)
_VAT_WORDS = re.compile(r"tva|vat|btw|ust|id")
_BEFORE_RCS = re.compile(r"(\d(?<!\d\d)\d{2}[ .]?\d{3}[ .]?\d{3})[ ]{1,3}r\.?c\.?s\b")
_GROUPS = re.compile(r"[ .-]")


@dataclass(frozen=True, slots=True)
class Found:
    """A number as met in a text."""

    kind: str
    """`iban`, `vat`, `siren`, `siret` or `bic`."""
    text: str
    """Without blanks, points and hyphens, in capitals."""
    sound: bool
    """Its own check digits agree; so does one that has none."""
    start: int
    end: int


def ibans(text: str) -> Iterator[Found]:
    """Account numbers of a country and length that exist, sound or not."""
    for met in _IBAN.finditer(text):  # what stands before it is looked at here: an assertion first made it slow
        length = LENGTHS.get(met[1])
        before = text[met.start() - 1 : met.start()]
        if length is None or (before.isalnum() and before.isascii()):
            continue
        # The run may go on into the next word (`BIC`): the country says where it ends.
        kept, end = [], met.start()
        for end in range(met.start(), met.end()):
            if text[end] not in " -":
                kept.append(text[end])
                if len(kept) == length:
                    break
        number = "".join(kept)
        follows = text[end + 1 : end + 2]
        if len(number) == length and not (follows.isalnum() and follows.isascii()):
            yield Found("iban", number, mod97(number), met.start(), end + 1)


def mod97(iban: str) -> bool:
    """ISO 7064 mod 97-10 over an IBAN without blanks."""
    turned = iban[4:] + iban[:4]
    return int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


def companies(text: str, folded: str) -> Iterator[Found]:
    """French SIREN and SIRET after their own word, and VAT identifiers of the neighbouring countries."""
    for pattern in (_SIREN, _BEFORE_RCS):
        for met in pattern.finditer(folded):
            number = _GROUPS.sub("", met[1])
            kind = "siren" if len(number) == 9 else "siret"
            yield Found(kind, number, sound_company(number), met.start(1), met.end(1))
    if not _VAT_WORDS.search(folded):
        return
    for met in _VAT.finditer(text):
        number = _GROUPS.sub("", met[1])
        yield Found("vat", number, sound_vat(number), met.start(), met.end())


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 Annex B."""
    doubled = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)
    return sum(doubled[int(d)] if place % 2 else int(d) for place, d in enumerate(reversed(digits))) % 10 == 0


def sound_company(number: str) -> bool:
    """SIREN or SIRET by its check digit; those of La Poste's counters add up to a multiple of five (INSEE)."""
    return luhn(number) or (number.startswith("356000000") and len(number) == 14 and sum(map(int, number)) % 5 == 0)


def sound_vat(number: str) -> bool:
    """A French identifier by its two-digit key over the SIREN; others by their form alone."""
    if not number.startswith("FR") or not number[2:].isdigit():
        return True
    return int(number[2:4]) == (12 + 3 * (int(number[4:]) % 97)) % 97


def sound_nir(digits: str, key: str) -> bool:
    """A social security number of thirteen characters by its key (INSEE): 97 less the rest.

    Corsica's letters count as 19 and 18.
    """
    number = digits.replace("2A", "19", 1).replace("2B", "18", 1) if digits[5:7] in ("2A", "2B") else digits
    return number.isdigit() and 97 - int(number) % 97 == int(key)
