"""Numbers of people: telephones, payment cards, social security, dates of birth; e-mail addresses."""

import re
from collections.abc import Iterator

from crible.extract.finance.dates import dates
from crible.extract.finance.identifiers import luhn, sound_nir
from crible.extract.page import Page

# What may not stand before a number is asked behind its first character, which a search looks for first.
_FRENCH = re.compile(
    r"[+0](?<![\w+.,/-][+0])(?:(?:(?<=\+)|(?<=0)0)33[ .-]?(?:\(0\)[ ]?)?|(?<=0))"
    r"([1-9])(([ .-]?)\d\d(?:\3\d\d){3})(?![\d]|[.,-]\d)"
)
_ABROAD = re.compile(
    r"[+0](?<![\w+-][+0])(?:(?<=\+)|(?<=0)0)"
    r"([1-9]\d{0,2}[ .-]?(?:\(0?\d{0,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){1,4})(?!\d)"
)
_AMERICAN = re.compile(r"[(\d](?<![\w+(.-][(\d])(?:(?<=\()\d{3}\)[ -]{0,2}|(?<=\d)\d{2}[-.])\d{3}[-.]\d{4}(?![\d.-])")
_BRITISH = re.compile(r"(0(?<![\w+.,-]0)(?:20|1\d{2,3}|7\d{3}|800)[ ]\d{3,4}[ ]?\d{3,4})(?!\d)")
_PHONE_WORD = re.compile(
    r"t[ée]l|phone|mobile|portable|fax|appel|call|joindre|fixe|☎|✆|\bgsm\b|\bcell\b", re.IGNORECASE
)
_DOMAIN = re.compile(r"@([\w-]{1,63}(?:\.[\w-]{1,63}){1,5})(?![\w@-])")
_LACOL = re.compile(r"[\w.+-]{1,64}")
"""What stands before the at sign, read backwards: a search for its end would start at every letter."""
_NIR = re.compile(
    r"([12])(?<![\d.,][12])[ ]?(\d\d)[ ]?(0[1-9]|1[0-2]|[2-9]\d)[ ]?(\d\d|2[AB])[ ]?(\d{3})[ ]?(\d{3})[ ]?(?:/[ ]?)?"
    r"(\d\d)(?![\d]|[.,]\d)"
)
_CARD = re.compile(r"([3-6](?<![\w.,+-][3-6])\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7})(?![\d]|[.,-]\d)")
_CARD_WORD = re.compile(
    r"carte|\bcards?\b|visa|master ?card|\bcb\b|cvv|cvc|cryptogramme|expir|american express|amex|paiement|payment",
    re.IGNORECASE,
)
_BORN = re.compile(r"\b(?:nee?(?:\(e\))? le|date de naissance|date of birth|born on|\bdob\b)[ ]{0,2}:?[ ]{0,3}")
BIRTH_WORDS = frozenset({"ne", "nee", "naissance", "birth", "born", "dob"})
_BIRTH_PHRASES = (" ne le ", " nee le ", " ne e le ", " naissance ", " of birth ", " born on ", " dob ")
REACH = 80
Found = tuple[str, str]
"""Kind and number."""


def emails(text: str) -> Iterator[str]:
    """Addresses, lower case, with a letter in the last label."""
    if "@" not in text:
        return
    for met in _DOMAIN.finditer(text):
        local = _LACOL.match(text[max(0, met.start() - 64) : met.start()][::-1])
        if local and (name := local[0][::-1].lower().strip(".-")) and not met[1][-1].isdigit():
            yield f"{name}@{met[1].lower()}"


def figures(page: Page) -> Iterator[Found]:
    """Telephones (`phone`, in international form where the country shows), `card` and `nir`."""
    text = page.text
    for first, end in page.runs:
        start = max(0, first - 2)
        count = page.shape.count(b"9", first, end)
        if count >= 13:
            yield from (("nir", one) for one in _nirs(text, start, end))
            yield from (("card", one) for one in _cards(text, start, end))
        if count >= 8:
            yield from (("phone", one) for one in _phones(text, start, end))


def _phones(text: str, start: int, end: int) -> Iterator[str]:
    # Dates and figures in columns are the commonest runs: a mark that a pattern cannot do without is looked for first.
    run = text[start:end]
    plus = "+" in run
    if plus or "0" in run:
        for met in _FRENCH.finditer(text, start, end):
            before = max(0, met.start() - 25), met.start()
            if not met[0].isdigit() or met[1] in "67" or _PHONE_WORD.search(text, *before):
                yield "+33" + met[1] + _digits(met[2])
                return
    if plus or "00" in run:
        yield from _abroad(text, start, end)
    if "-" in run or "." in run:
        for met in _AMERICAN.finditer(text, start, end):
            yield "+1" + _digits(met[0])
    if "0" in run and " " in run:
        for met in _BRITISH.finditer(text, start, end):
            digits = _digits(met[1])
            if len(digits) in (10, 11):
                yield "+44" + digits[1:]


def _abroad(text: str, start: int, end: int) -> Iterator[str]:
    for met in _ABROAD.finditer(text, start, end):
        digits = _digits(met[1].replace("(0)", ""))
        grouped = text[met.start()] == "+" and not met[1].isdigit()
        said = grouped or _PHONE_WORD.search(text, max(0, met.start() - 25), met.start())  # a patch adds `+240065028`
        if said and 8 <= len(digits) <= 15 and not digits.startswith("33"):
            yield "+" + digits


def _cards(text: str, start: int, end: int) -> Iterator[str]:
    """13 to 19 figures whose check digit agrees, with a word of payment near."""
    for met in _CARD.finditer(text, start, end):
        digits = _digits(met[1])
        sound = 13 <= len(digits) <= 19 and len(set(digits)) > 2 and luhn(digits)
        if sound and _CARD_WORD.search(text, max(0, met.start() - REACH), met.end() + REACH):
            yield digits


def _nirs(text: str, start: int, end: int) -> Iterator[str]:
    for met in _NIR.finditer(text, start, end):
        digits = "".join(met.groups()[:6])
        if sound_nir(digits, met[7]):
            yield digits + met[7]


def births(page: Page) -> Iterator[str]:
    """Dates of birth, ISO."""
    if page.vocabulary.isdisjoint(BIRTH_WORDS) or not any(phrase in page.spaced for phrase in _BIRTH_PHRASES):
        return
    for met in _BORN.finditer(page.folded):
        if found := dates(page.folded[met.end() : met.end() + 30]):
            yield found[0].day.isoformat()


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
