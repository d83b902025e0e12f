import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.intake import names

PLAIN = [
    "facture.pdf",
    "2017/avril/devis (2).docx",
    "Élysée – été.txt",
    "100%.txt",
    "日本.txt",
    "a~2",
    ".bashrc",
    "a b",
]
CLEANED = [
    (b"/etc/passwd", "%2F/etc/passwd"),
    (b"../../etc/passwd", "%2E%2E/%2E%2E/etc/passwd"),
    (b"a/../b", "a/%2E%2E/b"),
    (b"a//b", "a/%2F/b"),
    (b"./a.txt", "a.txt"),
    (b".", "%2E"),
    (b"/", "%2F"),
    (b"", "unnamed"),
    (b"folder/", "folder"),
    (b"C:/windows/system.ini", "C%3A/windows/system.ini"),
    (b"a\\b", "a%5Cb"),
    (b"a\0b\tc\nd", "a%00b%09c%0Ad"),
    ("gnp\u202efdp.exe".encode(), "gnp%E2%80%AEfdp.exe"),
    ("a\u200bb\ufeff\u2028".encode(), "a%E2%80%8Bb%EF%BB%BF%E2%80%A8"),
    (b"a%2Fb", "a%252Fb"),
    (b"caf\xe9.txt", "café.txt"),
]


@pytest.mark.parametrize("name", PLAIN)
def test_an_ordinary_name_stays_as_it_is(name):
    assert names.clean(name.encode()) == name


@pytest.mark.parametrize(("raw", "name"), CLEANED)
def test_what_could_escape_or_deceive_is_percent_escaped(raw, name):
    assert names.clean(raw) == name


def test_zip_names_are_utf8_or_cp437_and_may_have_windows_separators():
    assert names.clean("été.txt".encode("cp437"), encodings=names.ZIP) == "été.txt"
    assert names.clean("été.txt".encode(), encodings=names.ZIP) == "été.txt"
    assert names.clean(b"a\\..\\b", encodings=names.ZIP, backslash=True) == "a/%2E%2E/b"


def test_an_over_long_name_keeps_its_start_and_extension_and_differs_from_its_like():
    one, two = (names.clean(b"x" * 5000 + end + b".pdf", limit=100) for end in (b"1", b"2"))
    assert one != two
    assert re.fullmatch(r"x{79}~[0-9a-f]{16}\.pdf", one)


@given(st.binary(max_size=80) | st.text(alphabet="./\\C:%2\u202eé\0\n a", max_size=40).map(str.encode), st.booleans())
def test_no_name_can_leave_its_folder_or_hide_a_character(raw, backslash):
    for encodings in (names.UTF8, names.ZIP):
        name = names.clean(raw, encodings=encodings, backslash=backslash, limit=64)
        assert 0 < len(name.encode()) <= 64
        assert not {"", ".", ".."} & set(name.split("/"))
        assert not re.match(r"[A-Za-z]:", name)
        assert "\\" not in name
        hidden = {unicodedata.category(character) for character in name if character not in "\u200c\u200d"}
        assert not hidden & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_a_second_member_of_the_same_name_is_numbered_at_its_end():
    unique = names.Unique()
    assert [unique(name) for name in ("a.txt", "a.txt", "a.txt~2", "a.txt", "b")] == [
        "a.txt",
        "a.txt~2",
        "a.txt~2~2",
        "a.txt~3",
        "b",
    ]


@given(st.lists(st.sampled_from(["a", "a~2", "a~3", "a~2~2", "b"]), max_size=40))
def test_numbered_names_never_clash(given_names):
    unique = names.Unique()
    made = [unique(name) for name in given_names]
    assert len(set(made)) == len(made)


def test_a_hundred_thousand_members_of_one_name_are_numbered_without_searching_anew():
    unique = names.Unique()
    assert [unique("a") for _ in range(100_000)][-1] == "a~100000"
