"""What a header says, bounded; what is missing stays empty (cases.md F27: null addresses, mail without Received)."""

from crible.extract.mail.fields import split_header
from crible.extract.mail.header import REFERENCES, defects, facts, message_ids
from crible.model.facts import Mailbox


def read(*lines: bytes) -> dict:
    return facts(split_header(b"\n".join(lines) + b"\n\nbody\n"))


def odd(*lines: bytes) -> list[str]:
    header = split_header(b"\n".join(lines))
    return list(defects(header, facts(header)))


def test_a_whole_header() -> None:
    found = read(
        b"Received: by mx.example; Tue, 14 Mar 2017 09:12:40 +0100",
        b"Received: by client.example; Tue, 14 Mar 2017 09:12:35 +0100",
        b"From: =?utf-8?q?H=C3=A9l=C3=A8ne?= <h@m.example>",
        b"To: a@m.example,",
        b" b@m.example",
        b"Subject: Budget",
        b"Date: Tue, 14 Mar 2017 09:12:33 +0100",
        b"Message-ID: <1@m.example>",
        b"In-Reply-To: Your message of Monday <0@m.example>",
        b"References: <00@m.example>",
        b"\t<0@m.example>",
        b"List-Id: Annonces <annonces.m.example>",
        b"Precedence: Bulk",
        b"X-Mailer: Plume 2",
        b"Content-Type: text/plain;",
        b" charset=utf-8",
    )
    assert found["senders"] == (Mailbox("Hélène", "h@m.example"),)
    assert [box.address for box in found["to"]] == ["a@m.example", "b@m.example"]
    assert (found["message_id"], found["in_reply_to"]) == ("<1@m.example>", "<0@m.example>")
    assert found["references"] == ("<00@m.example>", "<0@m.example>")
    assert [moment.seconds for moment in found["received"]] == [1489479160, 1489479155]
    assert found["date"] is not None
    assert found["date"].iso() == "2017-03-14T09:12:33+01:00"
    assert (found["list_id"], found["bulk"], found["mailer"]) == ("annonces.m.example", True, "Plume 2")
    assert found["content_type"] == "text/plain; charset=utf-8"
    assert found["counts"] == {"from": 1, "to": 1, "subject": 1, "date": 1, "content-type": 1, "message-id": 1}


def test_nothing_but_a_subject() -> None:
    """Sent mail drawn from a PST has neither Received nor Message-ID (aleph #3895)."""
    found = read(b"Status: RO", b"Subject: x")
    assert (found["date"], found["received"], found["senders"], found["message_id"]) == (None, (), (), "")
    assert not found["bulk"]


def test_null_addresses() -> None:
    """A null address stopped the import of a whole mailbox in epadd #54."""
    found = read(b"From: <>", b"To: undisclosed-recipients:;", b"Cc: , ,")
    assert (found["senders"], found["to"], found["cc"]) == ((), (), ())


def test_fields_that_stand_twice_are_counted_and_the_first_is_shown() -> None:
    found = read(b"Subject: one", b"subject: two", b"From: a@m.example", b"From: b@m.example", b"Date: x", b"Date: y")
    assert found["subject"] == "one"
    assert found["counts"] == {"subject": 2, "from": 2, "date": 2}
    assert [box.address for box in found["senders"]] == ["a@m.example", "b@m.example"]


def test_message_ids_of_odd_programs() -> None:
    assert message_ids(b" <a b@x> <c@x> <c@x>") == ("<c@x>",)
    assert message_ids(b"a@x b@x") == ("<a@x>", "<b@x>")
    assert read(b"Message-ID: 1@x")["message_id"] == "<1@x>"
    assert read(b"Message-ID: <1@x y>")["message_id"] == "<1@xy>"


def test_references_keep_the_root_and_the_last() -> None:
    found = read(b"References: " + b" ".join(b"<%d@x>" % n for n in range(1000)))["references"]
    assert len(found) == REFERENCES
    assert (found[0], found[1], found[-1]) == ("<0@x>", "<801@x>", "<999@x>")


def test_received_is_cut_at_fifty() -> None:
    assert len(read(*[b"Received: x; Tue, 14 Mar 2017 09:12:40 +0100"] * 80)["received"]) == 50


def test_automatic_mail_is_bulk() -> None:
    assert read(b"Auto-Submitted: auto-replied")["bulk"]
    assert read(b"List-Unsubscribe: <mailto:x@m.example>")["bulk"]
    assert not read(b"Auto-Submitted: no")["bulk"]


def test_defects() -> None:
    assert odd(b"Subject: x", b"Date: Tue, 14 Mar 2017 09:12:33 +0100", b"", b"") == []
    assert odd(b"Subject: x", b"no field") == ["header-unseparated"]
    assert odd(b"Date: some day", b"", b"") == ["date-broken"]
    assert odd(b"Subject: \xe9", b"", b"") == ["header-not-utf8"]
    assert odd(b"Subject: \xc3\xa9", b"", b"") == []
    assert odd(b"To: " + b"a@x," * 20_000, b"", b"") == ["header-cut"]
