"""Which parts are a mail's own text, and how they are read."""

from collections.abc import Callable
from email.message import EmailMessage

import pytest

from crible.extract.mail import text
from crible.extract.mail.text import MailText
from crible.extract.mail.walker import walk


def read(data: bytes, how: str = "") -> MailText:
    return text.read(data, walk(data), how)


def mail(*headers: str, body: bytes = b"") -> bytes:
    return "\n".join(headers).encode() + b"\n\n" + body


def both(plain: str, html: str) -> EmailMessage:
    message = EmailMessage()
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    return message


def test_plain_is_preferred_and_html_compared() -> None:
    found = read(both("Total : 12 €\n", "<p>Total : 15 €</p>").as_bytes())
    assert found.text == "Total : 12 €\n"
    assert (found.alternatives.only_plain, found.alternatives.only_html) == (("12",), ("15",))
    assert found.alternatives.words == 3


def test_html_where_plain_is_blank_or_absent() -> None:
    assert read(both(" \n", "<p>Total</p>").as_bytes()).text == "Total"
    found = read(mail("Content-Type: text/html", body=b"<p>seul<img src=http://m.example/x>"))
    assert (found.text, found.remote) == ("seul", 1)
    assert not found.alternatives.compared


def test_a_list_footer_after_alternatives_belongs_to_the_text() -> None:
    inner = both("corps\n", "<p>corps</p>")
    inner.make_mixed()
    footer = EmailMessage()
    footer.set_content("-- \nliste de diffusion\n")
    inner.attach(footer)
    found = read(inner.as_bytes())
    assert found.text == "corps\n\n-- \nliste de diffusion\n"
    assert found.alternatives.only_plain == ()


def test_alternatives_nested_in_related_parts_are_one_text() -> None:
    message = both("corps\n", "<p>corps<img src=cid:a></p>")
    message.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<a>")
    assert read(message.as_bytes()).text == "corps\n"


def test_named_and_attached_texts_are_not_the_mails_own() -> None:
    message = EmailMessage()
    message.set_content("corps\n")
    message.add_attachment("a;b\n", subtype="csv", filename="a.csv")
    message.add_attachment("diff\n", filename="fix.patch", disposition="inline")
    message.add_attachment("note\n")
    assert read(message.as_bytes()).text == "corps\n"


def test_a_named_text_that_is_the_whole_mail_is_its_text() -> None:
    assert read(mail("Content-Type: text/plain; name=mail.txt", body=b"corps\n")).text == "corps\n"


@pytest.mark.parametrize(
    ("charset", "encoding", "body", "shown", "defects"),
    [
        ("iso-8859-1", "quoted-printable", b"=E9t=\n=E9", "été", []),
        ("utf-8", "base64", b"w6k=", "é", []),
        ("utf-8", "8bit", b"\xc3\xa9", "é", []),
        ("utf-8", "8bit", b"un\r\ndeux\r\n", "un\ndeux\n", []),
        ("x-odd", "8bit", b"\xe9", "é", ["charset-unknown"]),
        ("utf-8", "8bit", b"\xe9t\xe9", "été", ["charset-wrong"]),
        ("utf-8", "7bit", b"\xc3\xa9", "é", ["eight-bit-in-seven"]),
        ("utf-8", "base64", b"QUJ", "AB", ["base64-broken"]),
    ],
)
def test_encodings(charset: str, encoding: str, body: bytes, shown: str, defects: list[str]) -> None:
    head = (f"Content-Type: text/plain; charset={charset}", f"Content-Transfer-Encoding: {encoding}")
    found = read(mail(*head, body=body))
    assert (found.text, found.defects) == (shown, defects)


@pytest.mark.parametrize(
    ("header", "body", "shown", "defects"),
    [
        ("Subject: none", b"\xc3\xa9", "é", ["eight-bit-in-seven"]),
        ("Content-Type: multipart/mixed", b"tout est l\xc3\xa0", "tout est là", ["eight-bit-in-seven"]),
        ("Content-Type: text/html", b"<meta charset=koi8-r>\xd0", "п", ["eight-bit-in-seven"]),
    ],
)
def test_nothing_declared(header: str, body: bytes, shown: str, defects: list[str]) -> None:
    found = read(mail(header, body=body))
    assert (found.text, found.defects) == (shown, defects)


def test_from_quoting_is_undone_in_the_text() -> None:
    data = mail("Subject: x", body=b">From here\n")
    assert (read(data, "mboxo").text, read(data, "kept").text) == ("From here\n", ">From here\n")


def test_text_over_the_cap_is_cut_and_counted() -> None:
    found = read(mail("Subject: x", body=b"a" * 4_000_010))
    assert (len(found.text), found.truncated) == (4_000_000, 10)


def test_bytes_over_the_bound_are_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "READ", 10)
    found = read(mail("Subject: x", body=b"a" * 25))
    assert (found.text, found.truncated) == ("a" * 10, 15)


@pytest.mark.parametrize("count", [1, 40])
def test_every_alternative_of_many_is_grouped_apart(count: int) -> None:
    pieces: list[Callable[[], EmailMessage]] = [lambda n=n: both(f"p{n}\n", f"<p>h{n}</p>") for n in range(count)]
    message = EmailMessage()
    message.make_mixed()
    for piece in pieces:
        message.attach(piece())
    assert read(message.as_bytes()).text == "\n".join(f"p{n}\n" for n in range(count))
