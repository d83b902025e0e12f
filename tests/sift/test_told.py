"""What the index decodes alone is what decoding the whole reading gives."""

from dataclasses import fields

import msgspec
import pytest

from crible.model import files, grade, sorting
from crible.model.facts import Mailbox, MailFacts, Reading
from crible.model.grade import Grade, Level, Said
from crible.model.sorting import Entity, Finance, Sorting
from crible.sift import told
from crible.sift.packing import pack_reading

ANN, BOB, EVE = Mailbox("Ann É", "ann@a.example"), Mailbox("", "bob@b.example"), Mailbox("Eve", "")
SORTED = Sorting(
    "invoice", finance=Finance(number="F-12", total="3.00"), entities=(Entity("person", "Ann", 3), Entity("iban", "FR"))
)
MAIL = MailFacts("<1@a.example>", subject="Prix", senders=(ANN, EVE), to=(BOB,), cc=(EVE,), bcc=(ANN,), bulk=True)


@pytest.mark.parametrize(
    "reading",
    [
        Reading("message/rfc822", "texte", "fr", b"w" * 32, mail=MAIL, sorting=SORTED),
        Reading("text/plain", language="en", file=files.FileFacts(title="Un titre")),
        Reading("message/rfc822", mail=MailFacts(), sorting=Sorting(finance=Finance())),
    ],
)
def test_what_is_decoded_alone_is_what_is_decoded_whole(reading: Reading) -> None:
    alone = told.read(pack_reading(reading)[0])
    assert (alone.mime, alone.language, alone.wire) == (reading.mime, reading.language, reading.wire)
    assert _plain(alone.mail) == _plain(reading.mail, told.Mail)
    assert _plain(alone.file) == _plain(reading.file, told.File)
    assert _plain(alone.sorting) == _plain(reading.sorting, told.Sorting)


def _plain(value: object, kind: type[msgspec.Struct] | None = None) -> object:
    """As builtins; of a dataclass only what the partial type has."""
    return msgspec.to_builtins(msgspec.convert(msgspec.to_builtins(value), kind) if kind and value else value)


@pytest.mark.parametrize(
    ("alone", "whole"),
    [
        (told.Told, Reading),
        (told.Mail, MailFacts),
        (told.Mailbox, Mailbox),
        (told.File, files.FileFacts),
        (told.Sorting, sorting.Sorting),
        (told.Entity, sorting.Entity),
        (told.Finance, sorting.Finance),
        (told.Graded, grade.Grade),
    ],
)
def test_a_field_renamed_in_the_model_is_noticed_here(alone: type[msgspec.Struct], whole: type) -> None:
    assert set(alone.__struct_fields__) <= {field.name for field in fields(whole)}


def test_people_papers_and_grades_as_the_index_names_them() -> None:
    alone = told.read(pack_reading(Reading("x", mail=MAIL, sorting=SORTED))[0])
    assert alone.mail
    assert alone.sorting
    assert [str(one) for one in alone.mail.senders] == ["Ann É ann@a.example", "Eve"]
    assert (alone.mail.sender, told.Mail().sender) == ("ann@a.example", "")
    assert alone.sorting.named == (("person", "Ann"), ("iban", "FR"), ("number", "F-12"))
    said = Said("content-open")
    answer = Grade(Level.PROVEN, said, said, said, badges=("short-key",))
    found = told.graded(msgspec.json.encode(answer).decode())
    assert (found.level, found.badges) == ("proven", ("short-key",))
