"""What is looked for only where it can stand is found wherever it stands: against the plain, slow way."""

import re
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from crible.extract import sorting
from crible.extract.classes import traits
from crible.extract.classes.classify import classify
from crible.extract.entities import figures, organisations, people, places
from crible.extract.entities.find import entities
from crible.extract.page import Page, fold
from crible.extract.private.clues import clues
from crible.index import sketch
from crible.model.facts import Reading

_PIECES = (
    " ", " ", " ", "\n", ",", ".", "-", "/", "(", ")", "+", "'", "1", "12", "75011", "007", "33", "2017", "9AB", "A",
    "B", "SW1A 1AA", ", CA 94538 ", "Colm", "Ærø", "CB", "€", "$", "£", ".50", ",75", "1.50", "²", "٣", "\u202f",
    "\xa0", "ſ", "ı", "Saint", "rue", "rue de la Paix", "bis", "ter", "Street", "St", "Way", "wayne", "place",
    "impaſſe", "SARL", "SA", "SAS", "S.A.", "S.A.S.", "S.p.A.", "B.V.", "plc", "Ltd", "Inc.", "Société", "société",
    "Conseil", "University", "of", "Bank", "Holdings", "Quai", "Elsa", "ELSA", "elsa", "Martin", "MARTIN", "de", "M.",
    "MM.", "Mme", "Me", "I'm", "Dr", "Sir", "Ms", "06.11.22.33.44", "+44 20 7946 0958", "(212) 555-0143",
    "212-555-0143", "0033", "00 44", "tel", "2 95 10 99 126 111 93", "______", "........", "………", "☐", "facture",
    "date de facture", "facture n", "mon medecin", "Москва", "İ", "漢",
)  # fmt: skip
texts = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map("".join)


def page(text: str, among: frozenset[str] | None = None) -> Page:
    return Page.of(Reading("text/plain", text=text), among)


@given(texts)
def test_words_looked_up_at_once_answer_every_question(text: str) -> None:
    few, every = page(text, sorting._asked()), page(text)
    assert classify(few) == classify(every)
    assert entities(few) == entities(every)
    assert clues(few, "", ()) == clues(every, "", ())


@given(texts)
def test_runs_of_figures(text: str) -> None:
    one = page(text)
    assert one.runs == [met.span() for met in re.finditer(r"[0-9][0-9AB .()/-]{7,28}[0-9]", one.text)]


@given(texts)
def test_towns(text: str) -> None:
    def slowly(text: str) -> Iterator[str]:
        for code in places._CODE.finditer(text):
            at = code.start()
            if not code[0].isdigit():
                if area := places._AREA.search(text, max(0, at - 3), at):
                    yield from places._before(text, area.start())
            elif town := places._FOLLOWS.match(text, code.end()):
                before = text[at - 1] if at else " "
                fits = not before.isalnum() and before not in "+.,/" and (before != "-" or text[at - 2] in "FD")
                if fits and town[1].partition(" ")[0].lower() not in places._UNITS:
                    yield town[1]
            elif state := places._STATE.search(text, max(0, at - 5), at):
                yield from places._before(text, state.start())

    one = page(text)
    assert list(places.towns(one)) == list(slowly(one.text))


@given(texts)
def test_addresses(text: str) -> None:
    one = page(text)
    french = places._FRENCH.finditer(one.text) if one.vocabulary & places._STREETS else ()
    english = places._ENGLISH.finditer(one.text) if one.vocabulary & places._ROADS else ()
    streets = [(" ".join(met[1].split()), met[2]) for met in french]
    assert list(places.addresses(one)) == [
        *(f"{street}, {town}" if town else street for street, town in streets), *(met[1] for met in english)
    ]  # fmt: skip


@given(texts)
def test_organisations(text: str) -> None:
    def slowly(one: Page) -> Iterator[str]:
        text, words = one.text, one.vocabulary
        if words & organisations._FORM_WORDS.keys() or any(form in text for form in ("S.A.", "B.V.", "N.V.")):
            yield from organisations._ended(text, organisations._FORM.finditer(text), organisations._BEFORE_FORM)
        if words & organisations._KIND_WORDS.keys():
            yield from (met[1] for met in organisations._AFTER_KIND.finditer(text))
        if words & organisations._OF_WORDS.keys():
            yield from (met[1] for met in organisations._OF.finditer(text))
            yield from organisations._ended(text, organisations._LAST.finditer(text), organisations._BEFORE_LAST)

    one = page(text)
    assert list(organisations._found(one)) == list(slowly(one))


@given(texts)
def test_people(text: str) -> None:
    one = page(text)
    if one.vocabulary & people._TITLES and people._TITLED.search(one.text):
        assert people._titled(one)
    for at in range(len(one.text) + 1):
        before = one.text[max(0, at - 24) : at]
        assert people._street(before) == bool(people._STREET.search(before))


@given(st.lists(st.sampled_from((*people._PLAIN, *people._OF, "d’", "1", "x", "True ", "ALLÉE ", "ſ", "K", "\u0131"))))
def test_streets(pieces: list[str]) -> None:
    before = "".join(pieces)[-24:]
    assert people._street(before) == bool(people._STREET.search(before))
    assert people._street(before.upper()) == bool(people._STREET.search(before.upper()))


_AS_READ = (
    (figures._FRENCH,
     r"(?<![\w+.,/-])(?:(?:\+|00)33[ .-]?(?:\(0\)[ ]?)?|0)([1-9])(([ .-]?)\d\d(?:\3\d\d){3})(?![\d]|[.,-]\d)"),
    (figures._ABROAD,
     r"(?<![\w+-])(?:\+|00)([1-9]\d{0,2}[ .-]?(?:\(0?\d{0,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){1,4})(?!\d)"),
    (figures._AMERICAN,
     r"(?<![\w+(.-])(?:\(\d{3}\)[ -]{0,2}|\d{3}[-.])\d{3}[-.]\d{4}(?![\d.-])"),
    (figures._BRITISH, r"(?<![\w+.,-])(0(?:20|1\d{2,3}|7\d{3}|800)[ ]\d{3,4}[ ]?\d{3,4})(?!\d)"),
    (figures._CARD, r"(?<![\w.,+-])([3-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7})(?![\d]|[.,-]\d)"),
    (figures._NIR,
     r"(?<![\d.,])([12])[ ]?(\d\d)[ ]?(0[1-9]|1[0-2]|[2-9]\d)[ ]?(\d\d|2[AB])[ ]?(\d{3})[ ]?(\d{3})[ ]?(?:/[ ]?)?(\d\d)"
     r"(?![\d]|[.,]\d)"),
)  # fmt: skip
"""The patterns of numbers with what may not stand before them in front, as one would write them."""


@given(texts | st.text("+0013 33 69()-./,\n", max_size=40))
def test_numbers_of_people(text: str) -> None:
    for fast, slow in _AS_READ:
        found = [(met.span(), met.groups()) for met in fast.finditer(text)]
        assert found == [(met.span(), met.groups()) for met in re.finditer(slow, text)]


@given(texts | st.text("+00123 33()-.", max_size=40))
def test_telephones(text: str) -> None:
    def asked(run: str) -> set[re.Pattern[str]]:
        needs = {
            figures._FRENCH: "+" in run or "0" in run, figures._ABROAD: "+" in run or "00" in run,
            figures._AMERICAN: "-" in run or "." in run, figures._BRITISH: "0" in run and " " in run,
        }  # fmt: skip
        return {pattern for pattern, wanted in needs.items() if not wanted}

    for pattern in asked(text):
        assert not pattern.search(text)


@given(st.text(" 0123456789.,:€$£a?", max_size=60) | texts)
def test_sums(text: str) -> None:
    one = page(text)
    assert traits._many_sums(one) == (len(traits._SUMS.findall(one.folded[: traits.SAMPLE])) >= 3)


@given(st.text("_._…☐□ a", max_size=80))
def test_blanks(text: str) -> None:
    slowly = re.findall(r"_{6}|\.{8}|…{3}|☐|□", text)
    assert ("blanks" in traits.traits(page(text))) == (len(slowly) >= 3)


@given(texts)
def test_blanks_of_every_kind(text: str) -> None:
    if any(blank in text for blank in "\u202f\u00a0\u2009\u2007"):
        text = text.translate(str.maketrans("\u202f\u2009\u2007\u00a0\u2028\u2029", "      "))
    assert page(text).text == text.replace("\r\n", "\n").replace("\r", "\n")


@given(texts)
def test_figures_of_a_sketch(text: str) -> None:
    digits, folded = re.compile(r"\d[\d.,'\xa0\u202f]*"), text.casefold()
    pieces = sketch._figured(folded)
    assert "0".join(pieces[::2]) == digits.sub("0", folded)
    assert pieces[1::2] == digits.findall(folded)


def test_a_folded_text_is_as_long_for_every_letter() -> None:
    every = "".join(map(chr, range(0x250)))
    assert len(page(every).shape) == len(fold(page(every).text))
