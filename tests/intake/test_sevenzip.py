"""7z, made by py7zr with its own writer; 7-Zip's own archives are in test_locked.py."""

import contextlib
import io
import zlib

import py7zr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.intake.budget import Budget
from crible.intake.walk import walk
from crible.model.entry import Resume
from crible.model.errors import Unreadable

TEXT = b"Chere Ada, voici la facture.\n" * 2000
FILTERS = {
    "lzma2": py7zr.FILTER_LZMA2,
    "lzma": py7zr.FILTER_LZMA,
    "bzip2": py7zr.FILTER_BZIP2,
    "deflate": py7zr.FILTER_DEFLATE,
    "copy": py7zr.FILTER_COPY,
    "zstd": py7zr.FILTER_ZSTD,
}


def made(*members: tuple[str, bytes], method: str = "lzma2") -> bytes:
    file = io.BytesIO()
    preset = {"preset": 3} if method.startswith("lzma") else {"level": 3} if method == "zstd" else {}
    with py7zr.SevenZipFile(file, "w", filters=[{"id": FILTERS[method], **preset}]) as archive:
        archive.set_encoded_header_mode(False)
        for name, data in members:
            archive.writestr(data, name)
    return file.getvalue()


@pytest.mark.parametrize("method", FILTERS)
def test_members_of_each_method_in_their_order(take, method):
    account = take("7z", made(("b.txt", TEXT), ("a/é.txt", b"x"), ("c", TEXT[:40]), method=method))
    assert list(account.data.items()) == [("b.txt", TEXT), ("a/é.txt", b"x"), ("c", TEXT[:40])]
    assert account.remainder is None
    assert account.closed.listed == 3


def test_empty_files_and_folders_keep_their_places(take, tmp_path):
    (tmp_path / "dossier").mkdir()
    (tmp_path / "dossier" / "vide.txt").touch()
    (tmp_path / "dossier" / "plein.txt").write_bytes(TEXT)
    file = io.BytesIO()
    with py7zr.SevenZipFile(file, "w") as archive:
        archive.writeall(tmp_path / "dossier", "dossier")
    account = take("7z", file.getvalue())
    assert account.data["dossier/vide.txt"] == b""
    assert account.data["dossier/plein.txt"] == TEXT
    assert account.reasons == {"dossier": "directory"}
    assert [member.entry.ordinal for member in account.members] == [0, 1, 2]


def test_names_that_would_escape_are_cleaned_and_lose_nobody(take):
    honest = made(("xx/xx/etc/passwd", b"one"), ("ok.txt", b"two"))
    at = honest.index("xx/xx/etc".encode("utf-16-le"))
    hostile = honest[:at] + "../../etc".encode("utf-16-le") + honest[at + 18 :]
    size = int.from_bytes(hostile[20:28], "little")
    header = hostile[32 + int.from_bytes(hostile[12:20], "little") :][:size]
    start = hostile[12:28] + zlib.crc32(header).to_bytes(4, "little")
    hostile = hostile[:8] + zlib.crc32(start).to_bytes(4, "little") + start + hostile[32:]
    assert take("7z", hostile).data == {"%2E%2E/%2E%2E/etc/passwd": b"one", "ok.txt": b"two"}


def test_a_second_member_of_one_name_gets_a_name_of_its_own(take):
    assert list(take("7z", made(("a", b"1"), ("a", b"2"))).data.items()) == [("a", b"1"), ("a~2", b"2")]


def test_a_bomb_is_refused_by_its_ratio_and_the_walk_goes_on(take):
    account = take("7z", made(("zeros", bytes(40 << 20)), ("after", b"x")), budget=Budget(ratio=100))
    assert account.reasons["zeros"] == "budget"


def test_a_walk_that_broke_off_gives_the_rest_only(window, account):
    data = made(("a", b"1"), ("b", b"2"), ("c", b"3"))
    opened = window(data)
    rest = account(walk("7z", opened, "leak", Budget(), Resume(1, 0, 0)), opened, first=1)
    assert list(rest.data) == ["b", "c"]
    assert rest.closed.listed == 3


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_raises_anything_but_unreadable(take, data):
    honest = made(("a.txt", TEXT[:3000]), ("b.txt", b"y" * 300))
    at = data.draw(st.integers(0, len(honest) - 1))
    broken = honest[:at] + data.draw(st.binary(max_size=6)) + honest[at + data.draw(st.integers(0, 6)) :]
    with contextlib.suppress(Unreadable):
        account = take("7z", broken)  # which holds the entries to their contract
        assert account.closed.listed == len(account.members)
