import io
import lzma
import mailbox
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crible.intake import mbox
from crible.intake.budget import Budget
from crible.model.entry import Resume
from crible.sandbox.window import Window

STAMP = b"From ada@campagne.example Thu Jan  1 00:00:00 1970\n"
SMALL = replace(Budget(), chunk=1)  # the walker then reads as little at once as a From_ line allows

FROM_LINES = [
    b"From mboxrd@z Thu Jan  1 00:00:00 1970",
    b"From ada@campagne.example Thu Apr 20 09:30:00 2017",
    b"From ada@campagne.example Thu Apr 20 09:30 2017",
    b"From ada@campagne.example Thu Apr 20 09:30:00 CEST 2017",
    b"From ada@campagne.example Thu Apr 20 09:30:00 +0200 2017",
    b"From ada@campagne.example Thu Apr 20 09:30:00 2017 +0200",
    b"From ada@campagne.example Thu Apr 20 09:30:00 17",
    b"From ada@campagne.example Thu, 20 Apr 2017 09:30:00 +0200",
    b"From ada@campagne.example 20-Apr-2017 09:30:00",
    b"From ada@campagne.example 2017-04-20T09:30:00Z",
    b"From ada@campagne.example 2017-04-20 09:30:00+02:00",
    b"From 1565221863310843532@xxx Thu Apr 20 07:30:00 +0000 2017",
    b"From - Thu Apr 20 09:30:00 2017",
    b"From Thu Apr 20 09:30:00 2017",
    b"From ada at campagne.example  Thu Apr 20 09:30:00 2017",
    b'From "Ada L." Thu Apr 20 09:30:00 2017',
    b"From MAILER-DAEMON Thu Apr 20 09:30:00 2017   ",
    b"From uucp!ada Thu Apr 20 09:30:00 2017 remote from relay",
    b"From ???@??? Thu Apr 20 09:30:00 2017",
]
PROSE = [
    b"From the 12:30 train I saw nothing.",
    b"From 2015 to 2017 we paid 3,000 euros",
    b"From my point of view, yes.",
    b"From ada@campagne.example",
    b"From Thursday 20 April 2017 on the office is closed, see you at 09:30",
    b"From: Ada <ada@campagne.example>",
    b"From ",
    b"From x" + b" " * 3000 + b"Thu Apr 20 09:30:00 2017",
]


@pytest.mark.parametrize("line", FROM_LINES)
def test_a_dated_from_line_separates(take, line):
    account = take("mbox", STAMP + b"Subject: a\n\nx\n\n" + line + b"\nSubject: b\n\ny\n")
    assert [member.data for member in account.members] == [b"Subject: a\n\nx\n", b"Subject: b\n\ny\n"]


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_does_not_separate(take, line):
    body = b"Subject: a\n\nx\n\n" + line + b"\ny\n"
    assert [member.data for member in take("mbox", STAMP + body).members] == [body]


def test_a_from_line_needs_an_empty_line_before_it_except_eudoras(take):
    body = b"Subject: a\n\nx\n" + STAMP + b"y\n"
    assert len(take("mbox", STAMP + body).members) == 1
    eudora = b"From ???@??? Thu Apr 20 09:30:00 1997\n"
    account = take("mbox", eudora + b"Subject: a\n\nx\n" + eudora + b"Subject: b\n\ny\n")
    assert [member.data for member in account.members] == [b"Subject: a\n\nx\n", b"Subject: b\n\ny\n"]


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_framing_is_from_lines_and_the_empty_lines_that_part_mails(take, end):
    text = (STAMP + b"Subject: a\n\nx\n\n\n" + STAMP + b"Subject: b\n\n" + STAMP + b"\n").replace(b"\n", end)
    account = take("mbox", text)
    bodies = [b"Subject: a\n\nx\n\n", b"Subject: b\n", b""]
    assert [member.data for member in account.members] == [body.replace(b"\n", end) for body in bodies]
    assert account.closed.framing == 3 * len(STAMP.replace(b"\n", end)) + 3 * len(end)


def test_mails_are_named_by_ordinal_and_vouched_for_as_mails(take):
    account = take("mbox", (STAMP + b"Subject: a\n\nx\n\n") * 3)
    assert [member.name for member in account.members] == ["000000", "000001", "000002"]
    assert all(member.entry.mail and member.entry.quoted for member in account.members)


def test_bytes_before_the_first_from_line_are_a_remainder_unless_blank(take):
    mail = STAMP + b"Subject: a\n\nx\n"
    account = take("mbox", b"tail of a lost mail\n\n" + mail)
    assert (account.remainder, account.closed.remainder_bytes) == ("before-first", 20)
    for blank in (b"\n", b"\r\n\r\n", b"\n \n\n", mbox.BOM):
        account = take("mbox", blank + mail)
        assert (account.remainder, len(account.members)) == (None, 1)
    account = take("mbox", b"no mail at all\n\n")
    assert (account.closed.listed, account.closed.remainder_bytes) == (0, 16)


def test_a_mail_may_be_longer_than_many_reads_and_from_lines_may_lie_across_them(take):
    for shift in range(0, 9000, 7):
        first = b"Subject: a\n\n" + b"x" * shift + b"\n"
        account = take("mbox", STAMP + first + b"\n" + STAMP + b"Subject: b\n\n" + b"y\n" * 3000, budget=SMALL)
        assert [member.data for member in account.members] == [first, b"Subject: b\n\n" + b"y\n" * 3000]


def test_more_mails_than_the_budget_has_entries_are_said_to_be_left(take):
    text = (STAMP + b"Subject: a\n\nx\n\n") * 5
    account = take("mbox", text, budget=replace(Budget(), entries=3))
    assert (account.closed.listed, account.remainder) == (3, "budget")
    assert account.sliced + account.closed.framing + account.closed.remainder_bytes == len(text)
    assert take("mbox", text, budget=replace(Budget(), entries=5)).remainder is None


PIECES = st.one_of(
    st.sampled_from(
        [
            STAMP,
            STAMP.replace(b"\n", b"\r\n"),
            b"\n",
            b"\r\n",
            b"\r",
            b"From ",
            b"From ???@??? Thu Jan  1 00:00:00 1970\n",
        ]
    ),
    st.sampled_from(
        [b"Subject: a\n", b">From x\n", mbox.BOM, b"x" * 998, b"y" * 3990, b"From x " + b"1" * 991, STAMP[:-1]]
    ),
    st.binary(max_size=20),
)


@given(st.lists(PIECES, max_size=30).map(b"".join))
@example(b"")
@example(STAMP[:-1])
def test_no_byte_is_lost_whatever_the_bytes_and_whatever_the_reads(take, data):
    whole, small = take("mbox", data), take("mbox", data, budget=SMALL)
    assert whole.sliced + whole.closed.framing + whole.closed.remainder_bytes == len(data)
    assert whole.closed == small.closed
    assert [member.entry for member in whole.members] == [member.entry for member in small.members]


@given(st.lists(PIECES, max_size=30).map(b"".join))
@example(b"Subject: a\n" + b"From ???@??? Thu Jan  1 00:00:00 1970\n\n")
def test_a_walk_resumed_behind_any_mail_gives_the_rest_of_them(window, data):
    opened = window(data)
    *whole, undisturbed = mbox.walk(opened, "", Budget())
    for entry in whole:
        taken = sum(one.length for one in whole[: entry.ordinal + 1])
        resume = Resume(entry.ordinal + 1, entry.offset + entry.length, taken)
        *rest, closed = mbox.walk(opened, "", Budget(), resume)
        assert rest == whole[entry.ordinal + 1 :]
        assert closed == undisturbed


REAL = {
    "linux-serial-2020": 4253,
    "linux-serial-2021": 5004,
    "linux-serial-2022": 6319,
    "linux-serial-2023": 7540,
    "linux-serial-2024": 6147,
    "usrp-users-2019": 1581,
}


@pytest.mark.corpora
@pytest.mark.parametrize(("name", "mails"), REAL.items())
def test_real_archives_give_the_mails_that_the_standard_library_finds(corpora, tmp_path, name, mails):
    path = tmp_path / "box.mbox"
    with lzma.open(corpora / f"mail-{name}.mbox.xz") as source, path.open("wb") as copy:
        shutil.copyfileobj(source, copy, 1 << 20)
    descriptor = os.open(path, os.O_RDONLY)
    try:
        *slices, closed = mbox.walk(Window.whole(descriptor), "box.mbox", Budget())
    finally:
        os.close(descriptor)
    assert closed.listed == len(slices) == mails == _grepped(path)
    assert sum(entry.length for entry in slices) + closed.framing == path.stat().st_size
    with_library = mailbox.mbox(path, create=False)
    with_library._generate_toc()
    begins = [_after_line(path, start) for start, _ in with_library._toc.values()]
    assert [entry.offset for entry in slices] == begins
    assert [entry.offset + entry.length for entry in slices[:-1]] == [stop for _, stop in with_library._toc.values()][
        :-1
    ]


def _grepped(path: Path) -> int:
    with path.open("rb") as file:
        return sum(line.startswith(b"From mboxrd@z ") for line in file)


def _after_line(path: Path, start: int) -> int:
    with path.open("rb", buffering=io.DEFAULT_BUFFER_SIZE) as file:
        file.seek(start)
        return start + len(file.readline())
