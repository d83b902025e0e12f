"""Encrypted archives: opened with the password that fits, listed as encrypted without it."""

from dataclasses import replace

import pytest
from locked_samples import NOTE, PASSWORD, SEVENZIP, SEVENZIP_HEADER, WORD, ZIP_AES, ZIP_TRADITIONAL

from crible.intake.budget import Budget
from crible.intake.passwords import MOST, Passwords
from crible.model.errors import Unreadable
from crible.model.ledger import State

ARCHIVES = [("zip", ZIP_AES), ("zip", ZIP_TRADITIONAL), ("7z", SEVENZIP)]
GIVEN = Budget(passwords=("nothing", "Sésame", PASSWORD, "other"))


@pytest.mark.parametrize(("kind", "data"), [*ARCHIVES, ("7z", SEVENZIP_HEADER)])
def test_the_fitting_password_opens_every_member(take, kind, data):
    account = take(kind, data, budget=GIVEN)
    assert account.data == {"note.txt": NOTE, "b.txt": WORD}
    assert account.remainder is None


@pytest.mark.parametrize(("kind", "data"), ARCHIVES)
@pytest.mark.parametrize("passwords", [(), ("nothing", "Sesame")])
def test_without_it_members_are_listed_as_encrypted(take, kind, data, passwords):
    account = take(kind, data, budget=replace(GIVEN, passwords=passwords))
    assert {member.name: member.state for member in account.members} == {
        "note.txt": State.ENCRYPTED,
        "b.txt": State.ENCRYPTED,
    }


def test_an_encrypted_directory_makes_the_whole_archive_encrypted(take):
    with pytest.raises(Unreadable) as refused:
        take("7z", SEVENZIP_HEADER, budget=Budget(passwords=("nothing",)))
    assert refused.value.state is State.ENCRYPTED


@pytest.mark.parametrize(("kind", "data"), ARCHIVES)
def test_one_changed_byte_of_the_cipher_text_is_never_given_as_the_member(take, kind, data):
    at = data.index(b"note.txt") + 40 if kind == "zip" else 60
    broken = data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]
    account = take(kind, broken, budget=GIVEN)
    assert account.members[-1].data is None
    assert account.members[-1].reason in ("corrupt", "truncated", "encrypted")


def test_the_password_that_opened_last_is_tried_first():
    asked = []
    passwords = Passwords(("a", "b", "c", "b"))
    assert passwords.fitting(lambda one: asked.append(one) or one == "b") == "b"
    assert passwords.fitting(lambda one: asked.append(one) or one == "b") == "b"
    assert asked == ["a", "b", "b"]
    assert passwords.fitting(lambda one: False) is None


def test_no_more_passwords_are_tried_than_stated():
    asked = []
    assert Passwords(map(str, range(10 * MOST))).fitting(asked.append) is None
    assert len(asked) == MOST
