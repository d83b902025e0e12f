"""An item of Outlook as a mail: its fields, texts, files and messages, and what of its header may stay."""

import base64
from email import message_from_bytes, policy

import pytest
from outlook_samples import (
    ANSI,
    BYTES,
    FLAG,
    HEADERS,
    LONG,
    MOMENT,
    TEXT,
    attachment,
    file,
    letter,
    msg,
    packed,
)  # fmt: skip

from crible.extract.mail import read as mail
from crible.model.entry import Closed

APPOINTMENT, TASK, ADDRESS = (f"0006200{n}-0000-0000-C000-000000000046" for n in (2, 3, 4))


@pytest.fixture
def rebuilt(opened):
    """The bytes of the one mail that a .msg becomes."""

    def rebuild(tree):
        found = opened("msg", tree if isinstance(tree, bytes) else packed(tree))
        assert found.mails == {"objet.eml"}
        assert not found.refused
        return found.data["objet.eml"]

    return rebuild


def _stored(kind, body, *attachments, **more):
    """An item that travelled, with a Content-Type of `kind`."""
    properties = {(0x001A, TEXT): more.get("item", "IPM.Note"), (0x007D, TEXT): HEADERS.format(kind=kind)} | body
    return msg(properties, (), attachments)


def test_a_sent_mail_is_all_there(rebuilt):
    data = rebuilt(letter())
    reading = mail.read(data)
    said = reading.mail
    assert said.subject == "Budget été"
    assert [(box.name, box.address) for box in said.senders] == [("Ada Ferrand", "ada@horizon.example")]
    assert [box.address for box in said.to] == ["karim@campagne.example"]
    assert [(box.name, box.address) for box in said.cc] == [("Étienne", "/o=Horizon/cn=etienne")]
    assert (said.date.seconds, said.date.offset) == (1_492_673_400, None)  # UTC is kept, the writer's zone is not
    assert said.message_id == "<1@horizon.example>"
    assert "le budget arrête 400 €" in reading.text
    assert said.defects == ("rebuilt",)
    names = [(part.number, part.mime, part.name) for part in said.parts if part.number.isdigit()]
    assert names == [
        ("1", "multipart/alternative", ""), ("2", "application/pdf", "devis n° 7.pdf"),
        ("3", "image/png", "logo.png"), ("4", "message/rfc822", "Dedans"),
    ]  # fmt: skip
    assert next(entry for entry in mail.children(data, reading) if isinstance(entry, Closed)).listed == 3


def test_the_standard_library_reads_it_alike(rebuilt):
    message = message_from_bytes(rebuilt(letter()), policy=policy.default)
    assert message["subject"] == "Budget été"
    assert message["cc"].startswith("Étienne")
    pdf, logo, inner = message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content()) == ("devis n° 7.pdf", b"%PDF-1.4 rien")
    assert (logo["content-id"], logo.get_content()) == ("<logo@horizon.example>", b"\x89PNG" * 3000)
    assert inner.get_content()["subject"] == "Dedans"
    assert inner.get_content()["X-Crible-Rebuilt"] == "msg/1"
    assert not message.defects
    assert message.get_body(("plain",)).get_content() == "Bonjour,\r\nle budget arrête 400 €.\r\n"


def test_the_same_item_gives_the_same_bytes(rebuilt):
    assert rebuilt(letter()) == rebuilt(letter())
    assert rebuilt(letter()).split(b"boundary=")[1][:40] != rebuilt(letter(attachments=[])).split(b"boundary=")[1][:40]


def test_our_field_stands_first_and_the_stored_ones_follow_unchanged(rebuilt):
    data = rebuilt(_stored('text/plain; charset="us-ascii"', {(0x1000, TEXT): "Bonjour,\r\n400.\r\n"}))
    head, body = data.split(b"\r\n\r\n", 1)
    assert head.startswith(b"X-Crible-Rebuilt: msg/1\r\n")
    assert head.endswith(HEADERS.format(kind='text/plain; charset="us-ascii"').strip().encode())
    assert body == b"Bonjour,\r\n400.\r\n"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_single_text_is_encoded_as_announced(rebuilt, encoding):
    kind = f"text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: {encoding}"
    data = rebuilt(_stored(kind, {(0x1000, TEXT): "été à 400 €\r\n"}))
    message = message_from_bytes(data, policy=policy.default)
    assert message["content-transfer-encoding"] == encoding
    assert message.get_content() == "été à 400 €\r\n"


def test_a_multipart_keeps_its_field_and_so_its_boundary(rebuilt):
    kind = 'multipart/mixed; boundary="--=_frontiere"'
    data = rebuilt(
        _stored(kind, {(0x1000, TEXT): "----=_frontiere\r\nfausse\r\n"}, file("a.txt", b"joint", tag="text/plain"))
    )
    assert f"Content-Type: {kind}\r\n".encode() in data
    assert data.count(b"Content-Type: multipart") == 1
    message = message_from_bytes(data, policy=policy.default)
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/plain"]
    assert [part.get_content() for part in message.iter_attachments()] == ["joint"]


def test_a_boundary_of_the_senders_is_not_used_around_a_message(rebuilt):
    inner = msg({(0x0037, TEXT): "x", (0x1000, TEXT): "--=_p--\r\n", (0x001A, TEXT): "IPM.Note"}, head=24)
    outer = attachment({(0x3705, LONG): 5, (0x3001, TEXT): "x"}, inner)
    data = rebuilt(_stored('multipart/mixed; boundary="=_p"', {(0x1000, TEXT): "a"}, outer, file("b", b"b")))
    assert b'boundary="=_p"' not in data
    assert [part.mime for part in mail.read(data).mail.parts][1:] == [
        "text/plain", "message/rfc822", "application/octet-stream",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["multipart/signed; boundary=b", "multipart/mixed", "text/plain; charset=x-none", "a"])
def test_an_announcement_that_does_not_fit_gives_way(rebuilt, kind):
    data = rebuilt(_stored(kind, {(0x1000, TEXT): "Bonjour"}, file("a.bin", b"a")))
    assert f"Content-Type: {kind}\r\n".encode() not in data
    assert mail.read(data).text.strip() == "Bonjour"
    assert b"Message-ID: <1@horizon.example>" in data


def test_a_signed_message_comes_out_as_it_was_sent(rebuilt):
    entity = b'Content-Type: multipart/signed;\r\n\tboundary="s"\r\n\r\n--s\r\n\r\nBonjour\r\n--s\r\n\r\n--s--\r\n'
    held = file("smime.p7m", b"MIME-Version: 1.0\r\nX-MimeOLE: a\r\n" + entity, tag="multipart/signed")
    data = rebuilt(_stored("multipart/signed; boundary=x", {}, held, item="IPM.Note.SMIME.MultipartSigned"))
    assert data.endswith(b"MIME-Version: 1.0\r\n" + entity)


def test_a_header_that_did_not_travel_is_not_the_message_s(rebuilt):
    later = {(0x007D, TEXT): "MIME-Version: 1.0\r\nX-Mailer: Schmoutlook 15\r\nContent-Type: text/plain\r\n\r\n"}
    data = rebuilt(letter(properties=later))
    assert b"X-Mailer" not in data
    assert mail.read(data).mail.subject == "Budget été"


def test_a_program_that_only_saved_the_item_is_not_the_message_s(rebuilt):
    saved = HEADERS.format(kind="text/plain").partition("\r\n")[2].replace("MIME", "X-Mailer: Schmoutlook 15\r\nMIME")
    data = rebuilt(msg({(0x007D, TEXT): saved, (0x1000, TEXT): "a"}))
    assert b"X-Mailer" not in data
    assert b"Date: Thu, 20 Apr 2017 09:30:00 +0200\r\n" in data


def test_the_layout_is_no_habit_of_the_sender(rebuilt):
    assert mail.read(rebuilt(letter())).mail.traits == {"message-id": "other"}
    assert "order" in mail.read(rebuilt(letter()).partition(b"\r\n")[2]).mail.traits


def test_what_outlook_keeps_behind_the_header_is_not_of_it(rebuilt):
    more = HEADERS.format(kind="text/plain") + "--b\r\nX-Inner: 1\r\nSubject: autre\r\n"
    data = rebuilt(msg({(0x007D, TEXT): "Microsoft Mail Internet Headers Version 2.0\r\n" + more, (0x1000, TEXT): "a"}))
    assert b"X-Inner" not in data
    assert data.count(b"Subject:") == 1
    assert b"Microsoft Mail" not in data


def test_fields_cannot_be_smuggled_in(rebuilt):
    nasty = "a\r\nX-Evil: 1\r\n\r\nb"
    properties = {(number, TEXT): nasty for number in (0x001A, 0x0037, 0x0C1A, 0x0C1F, 0x1035, 0x1042, 0x0070, 0x0E04)}
    data = rebuilt(msg(properties, ({(0x3001, TEXT): nasty, (0x3003, TEXT): nasty},), (file(nasty, b"x"),)))
    assert b"\nX-Evil" not in data
    assert len(mail.read(data).mail.parts) == 3


def test_rtf_that_is_only_a_wrapping_is_taken_off_and_genuine_rtf_stays_a_file(rebuilt):
    html = b"{\\rtf1\\ansi\\fromhtml1 {\\*\\htmltag64 <p>}Bonjour{\\*\\htmltag72 </p>}}"
    genuine = b"{\\rtf1\\ansi\\deff0 Bonjour\\par}"
    head = b"\xff\0\0\0%b\0\0\0MELA\0\0\0\0"
    wrapped = mail.read(rebuilt(msg({(0x1009, BYTES): head % bytes([len(html)]) + html})))
    assert [part.mime for part in wrapped.mail.parts] == [
        "text/html",
        "text/html",
    ]
    assert wrapped.text.strip() == "Bonjour"
    kept = rebuilt(msg({(0x1009, BYTES): head % bytes([len(genuine)]) + genuine, (0x1000, TEXT): "Bonjour"}))
    assert base64.b64encode(genuine) in kept
    assert b'name="body.rtf"' in kept


@pytest.mark.parametrize(("locale", "codepage", "shown"), [(1049, 0, "а"), (1036, 0, "à"), (1036, 1251, "а")])
def test_eight_bit_strings_are_read_in_the_item_s_code_page(rebuilt, locale, codepage, shown):
    numbers = {(0x3FF1, LONG): locale} | ({(0x3FFD, LONG): codepage} if codepage else {})
    assert mail.read(rebuilt(msg({(0x0037, ANSI): b"\xe0"} | numbers))).mail.subject == shown


def test_binary_html_keeps_its_bytes_and_names_their_character_set(rebuilt):
    data = rebuilt(msg({(0x1013, BYTES): b"<p>\xef\xf0\xe8\xe2\xe5\xf2</p>", (0x3FDE, LONG): 1251}))
    assert b"charset=windows-1251" in data
    assert mail.read(data).text.strip() == "привет"


def test_what_cannot_be_taken_over_is_left_out_and_said_to_be(rebuilt):
    linked = attachment({(0x3705, LONG): 2, (0x3708, TEXT): "\\\\srv\\a.doc"})
    empty = attachment({(0x3705, LONG): 1, (0x3707, TEXT): "perdu.pdf"})
    data = rebuilt(msg({(0x0037, TEXT): "a", (0x1000, TEXT): "b"}, (), (linked, empty, file("là.txt", b"ici"))))
    assert b"X-Crible-Left-Out: reference \\\\srv\\a.doc\r\nX-Crible-Left-Out: missing perdu.pdf\r\n" in data
    assert mail.read(data).mail.defects == ("rebuilt", "rebuilt-incomplete")
    assert [part.name for part in mail.read(data).mail.parts if part.name] == ["là.txt"]


def test_messages_within_messages_are_followed_so_far(rebuilt):
    inner = msg({(0x0037, TEXT): "fond", (0x1000, TEXT): "x"}, head=24)
    for level in range(20):
        held = attachment({(0x3705, LONG): 5, (0x3001, TEXT): f"niveau {level}"}, inner)
        inner = msg({(0x0037, TEXT): f"{level}", (0x1000, TEXT): "x"}, (), (held,), head=24 if level < 19 else 32)
    data = rebuilt(inner)
    assert data.count(b"X-Crible-Rebuilt") == 13
    assert data.count(b"X-Crible-Left-Out: depth niveau 7") == 1


def test_a_drawing_is_a_file_of_its_own(rebuilt):
    drawing = attachment({(0x3705, LONG): 6, (0x3001, TEXT): "dessin"}, {"CONTENTS": b"x" * 5000, "\x01Ole": b"y"})
    data = rebuilt(msg({(0x0037, TEXT): "a"}, (), (drawing,)))
    part = next(message_from_bytes(data, policy=policy.default).iter_attachments())
    assert part.get_content().startswith(b"\xd0\xcf\x11\xe0")
    assert b"x" * 5000 in part.get_content()


@pytest.mark.parametrize(
    ("item", "named", "properties", "lines"),
    [
        (
            "IPM.Appointment", [(APPOINTMENT, 0x8208), (APPOINTMENT, 0x820D)],
            {(0x8000, TEXT): "Salle 3", (0x8001, MOMENT): 1_492_673_400},
            ["Location: Salle 3", "AppointmentStartWhole: 2017-04-20 07:30:00 UTC"],
        ),
        (
            "IPM.Contact", [(ADDRESS, 0x8083)],
            {(0x8000, TEXT): "ada@horizon.example", (0x3A06, TEXT): "Ada", (0x3A1C, TEXT): "+33 6 00 00 00 00"},
            ["GivenName: Ada", "MobileTelephoneNumber: +33 6 00 00 00 00", "Email1EmailAddress: ada@horizon.example"],
        ),
        (
            "IPM.Task", [(TASK, 0x811C)], {(0x8000, FLAG): 1}, ["TaskComplete: yes"],
        ),
    ],
)  # fmt: skip
def test_items_that_are_no_mails_say_what_they_hold(rebuilt, item, named, properties, lines):
    tree = msg({(0x001A, TEXT): item, (0x0037, TEXT): "Sujet", (0x1000, TEXT): "Note"} | properties, named=named)
    reading = mail.read(rebuilt(tree))
    assert reading.mail.subject == "Sujet"
    assert reading.text.endswith("Note")
    assert all(line in reading.text.splitlines() for line in lines)
