"""Repairs that need other signed fields, another canonical form or other mails of the thread."""

HEAD = (
    b"From: Ana Castel <ana@press.example>\r\nTo: Bo Lind <bo@desk.example>\r\n"
    b"Cc: Cy Marsh <cy@desk.example>, Di Roe <di@desk.example>, Eli Port <eli@desk.example>\r\n"
    b"Subject: the hall\r\nDate: Thu, 20 Apr 2017 09:30:00 +0200\r\nMessage-ID: <1@press.example>\r\n"
)
BODY = b"\r\nHello Bo,\r\nthe hall is ours.\r\n-- \r\nAna\r\n"


def test_a_sender_that_the_list_put_in(mend):
    mended = mend(
        HEAD + BODY, lambda m: b"Sender: hall-bounces@lists.example\r\n" + m, signed=("from", "sender", "subject")
    )
    assert mended.said.whole
    assert mended.names == {"sender-restored"}
    assert not mended.said.neutral


def test_a_reply_to_that_the_list_put_in(mend):
    mended = mend(
        HEAD + BODY, lambda m: b"Reply-To: hall@lists.example\r\n" + m, signed=("from", "reply-to", "subject")
    )
    assert mended.said.whole
    assert mended.names == {"reply-to-restored"}


def test_a_list_field_that_was_signed_absent(mend):
    mended = mend(
        HEAD + BODY, lambda m: b"List-Id: <hall.lists.example>\r\n" + m, signed=("from", "list-id", "subject")
    )
    assert mended.said.whole
    assert mended.names == {"list-field-cut"}


def test_two_fields_in_another_order(mend):
    head = HEAD + b"X-Comment: one\r\nX-Comment: two\r\n"
    swapped = b"X-Comment: two\r\nX-Comment: one\r\n"
    mended = mend(
        head + BODY,
        lambda m: m.replace(b"X-Comment: one\r\nX-Comment: two\r\n", swapped),
        signed=("from", "x-comment", "x-comment", "subject"),
    )
    assert mended.said.whole
    assert mended.names == {"duplicate-order"}
    assert not mended.said.neutral


def test_recipients_as_another_mail_of_the_thread_lists_them(mend):
    people = (
        "Cy Marsh <cy@desk.example>, Di Roe <di@desk.example>, Fay Lund <fay@desk.example>, "
        "Eli Port <eli@desk.example>",
    )
    signed = HEAD.replace(b", Eli", b", Fay Lund <fay@desk.example>, Eli")
    stored = b"Cc: Eli Port <eli@desk.example>, Di Roe <di@desk.example>, Cy Marsh <cy@desk.example>\r\n"

    def alter(message: bytes) -> bytes:
        start, end = message.index(b"Cc: "), message.index(b"Subject: ")
        return message[:start] + stored + message[end:]

    mended = mend(signed + BODY, alter, people=people)
    assert mended.said.whole
    assert mended.names == {"recipients-elsewhere"}
    assert not mended.said.neutral


def test_blanks_at_line_ends_under_simple_canonicalization(mend):
    mended = mend(HEAD + BODY, lambda m: m.replace(b"-- \r\n", b"--\r\n"), how="relaxed/simple")
    assert mended.said.neutral
    assert mended.names == {"trailing-blanks"}


def test_a_body_signed_in_part_needs_no_repair_for_what_follows(mend):
    mended = mend(HEAD + BODY, lambda m: m + b"added\r\n", length=True)
    assert mended.said.neutral
    assert mended.said.steps == ()


def test_a_body_shorter_than_its_signed_length_is_none(mend):
    mended = mend(HEAD + BODY, lambda m: m[: m.index(b"the hall is")], length=True)
    assert not mended.said.body


def test_what_worked_for_the_container_is_tried_first_and_finds_the_same(mend):
    def alter(message: bytes) -> bytes:
        return message.replace(b"Subject: ", b"Subject: [Hall] ") + b"____________\r\nHall list\r\n"

    plain = mend(HEAD + BODY, alter)
    learnt = mend(HEAD + BODY, alter, order=("footer-cut", "subject-tag-cut", "no-such-step"))
    assert plain.said == learnt.said
    assert plain.message == learnt.message


def test_the_header_alone_is_said_where_the_body_is_out_of_reach(mend):
    mended = mend(HEAD + BODY, lambda m: m.replace(b"the hall is ours", b"nothing stands"))
    assert mended.said.headers
    assert not mended.said.body
    assert not mended.said.whole


def test_no_work_finds_nothing_but_what_stands_there(mend):
    mended = mend(HEAD + BODY, lambda m: m.replace(b"Subject: ", b"Subject: [Hall] "), work=0)
    assert not mended.said.headers
    assert not mended.said.body
