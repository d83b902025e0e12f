"""Outlook's stores: every item in its folder, what no folder lists apart, and the real ones as readpst counts them."""

import pytest
from outlook_samples import LONG, TEXT
from pst_samples import letter, pst

from crible.extract.mail import read as mail
from crible.intake import pst as pst_
from crible.intake.budget import Budget
from crible.intake.walk import walk
from crible.model.entry import Begin, End, Refused, Resume
from crible.sandbox.window import Window

GONE = {(0x0E07, LONG): 1}
STORE = pst(
    {"Boîte/réception": [letter("Devis", "400 €"), letter("Deux", "b") | GONE], "..": [letter("Trois", "c")]},
    (letter("Perdu", "d"),),
)
NAMES = [
    "Boîte%2Fréception/000000.eml",
    "recovered/Boîte%2Fréception/000001.eml",
    "%2E%2E/000000.eml",
    "recovered/000000.eml",
]

# Of each real store: mails and their attachments, as readpst 0.6.76 (libpst) exports them.
REAL = {"testPST.pst": (7, 1), "testPST_variousBodyTypes.pst": (4, 0)}


def test_every_item_lies_in_its_folder_and_what_no_folder_lists_apart(take):
    account = take("pst", STORE)
    assert list(account.data) == NAMES
    assert account.remainder is None


def test_an_item_is_a_mail_with_the_fields_and_state_that_the_store_gives(take):
    data = take("pst", STORE).data
    first = mail.read(data[NAMES[0]])
    assert (first.mail.subject, first.text.strip()) == ("Devis", "400 €")  # without the mark of the prefix's length
    assert [(box.name, box.address) for box in first.mail.to] == [
        ("Karim Benali", ""), ("", "karim@campagne.example"),
    ]  # fmt: skip
    assert data[NAMES[0]].startswith(b"X-Crible-Rebuilt: pst/1\r\n")
    states = [b"X-Crible-Recovered: unlisted" in data[NAMES[1]], b"X-Crible-Recovered: orphan" in data[NAMES[3]]]
    assert states == [True, True]
    assert b"X-Crible-Recovered" not in data[NAMES[2]]


def test_a_walk_that_goes_on_gives_what_is_left_under_the_same_names(window):
    entries = [entry for entry in walk("pst", window(STORE), "", Budget(), Resume(2, 0, 0)) if isinstance(entry, Begin)]
    assert [(entry.ordinal, entry.name) for entry in entries] == [(2, NAMES[2]), (3, NAMES[3])]


def test_an_item_that_cannot_be_read_is_a_row_and_the_next_one_comes(take):
    at = STORE.index("Deux".encode("utf-16-le")) // 64 * 64
    damaged = STORE[: at - 64] + b"\xff" * 128 + STORE[at + 64 :]
    account = take("pst", damaged)
    assert [member.entry.ordinal for member in account.members] == [0, 1, 2, 3]
    assert len(account.reasons) == 1
    assert sum(data is not None for data in account.data.values()) == 3


def test_a_budget_of_entries_ends_the_walk_with_its_reason(window):
    *_, closed = pst_.walk(window(STORE), "", Budget(entries=2))
    assert (closed.listed, closed.remainder.code) == (2, "budget")


def test_what_is_no_store_says_so(take):
    for data in (b"!BDN", b"!BDN" + bytes(600), STORE[:600], STORE[:-5000]):
        account = take("pst", data)
        assert account.remainder == "corrupt" or account.members


def test_a_name_may_be_long_and_a_folder_may_come_twice(take):
    names = list(take("pst", pst({"é" * 900: [letter("a", "b")], "é" * 899 + "e": [letter("c", "d")]})).data)
    assert len(set(names)) == 2
    assert all(len(name.encode()) <= 1024 for name in names)


def test_items_of_any_class_are_kept(take):
    item = {(0x001A, TEXT): "IPM.Inconnu", (0x0037, TEXT): "Quoi", (0x1000, TEXT): "ceci"}
    (data,) = take("pst", pst({"a": [item]})).data.values()
    assert mail.read(data).mail.subject == "Quoi"
    assert b"X-Crible-Class: IPM.Inconnu\r\n" in data


@pytest.mark.corpora
def test_real_stores_hold_as_many_mails_and_attachments_as_another_reader_counts(unpack, tmp_path):
    unpack("outlook", tmp_path, only=".pst")
    met = set()
    for path in sorted(tmp_path.rglob("*.pst")):
        mails = _mails(path)
        parts = [part for data in mails for part in mail.read(data).mail.parts if part.name and part.name != "body.rtf"]
        assert (len(mails), len(parts)) == REAL[path.name]
        assert not any(b"X-Crible-Left-Out" in data for data in mails)
        met.add(path.name)
    assert met == set(REAL)


def _mails(path):
    mails = [b""]
    with path.open("rb") as file:
        for entry in walk("pst", Window.whole(file.fileno()), path.name, Budget()):
            assert not isinstance(entry, Refused)
            if isinstance(entry, bytes):
                mails[-1] += entry
            elif isinstance(entry, End):
                assert entry.produced == len(mails[-1])
                mails.append(b"")
    return mails[:-1]
