"""What a file says of itself, each field apart; where it was taken is never among it."""

from dataclasses import fields

from crible.model.files import Embedded, FileFacts, Mark
from crible.model.instant import Clock, Instant
from crible.model.pdf import PdfFacts
from crible.sift.said import LISTED, facts_line, said
from crible.words import LANGUAGES, keys

AT = Instant(1_489_000_000, 60, Clock.OFFICE)
FULL = FileFacts(
    title="Budget",
    author="A. Brun",
    last_author="B. Costa",
    created=AT,
    revision=0,
    fonts=tuple(f"Police {n:02}" for n in range(LISTED + 3)),
    place=(48.85, 2.35),
    embedded=(Embedded("file", "a.xlsx"), Embedded("link", "http://brun.example/x")),
    marks=(Mark("insertion", "B. Costa"), Mark("insertion", "B. Costa"), Mark("comment", "A. Brun")),
    pages=3,
    pages_without_text=(2,),
    pdf=PdfFacts(revisions=2, signatures=1),
)


def test_fields_stay_apart_and_keep_their_kinds() -> None:
    found = {one.key: one for one in said(FULL)}
    assert (found["author"].value, found["last_author"].value) == ("A. Brun", "B. Costa")
    assert found["created"].value is AT
    assert found["revision"].value == 0
    assert found["fonts"].more == 3
    assert found["changes"].value == "B. Costa (2)"
    assert found["comments"].value == "A. Brun (1)"
    assert (found["embedded"].value, found["links"].value) == ("a.xlsx", "http://brun.example/x")
    assert (found["revisions"].value, found["signatures"].value) == (2, 1)


def test_the_place_is_said_to_be_there_and_nothing_more() -> None:
    assert next(one for one in said(FULL) if one.key == "place").value == ""
    line = facts_line(FULL)
    assert line["place"] == "withheld"
    assert "48" not in str(line).replace("1489000000", "")
    assert line["created"] == "2017-03-08T20:06:40+01:00"
    assert len(line["fonts"]) == LISTED + 3


def test_a_file_that_says_nothing_gives_nothing() -> None:
    assert list(said(FileFacts())) == []
    assert facts_line(FileFacts()) == {}


def test_every_field_has_its_word_in_both_languages() -> None:
    shown = {one.key for one in said(FULL)} | {field.name for field in fields(FileFacts)} & keys("facts")
    for language in LANGUAGES:
        assert shown <= keys("facts", language)
