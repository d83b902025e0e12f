"""winmail.dat: its files as slices, its text, its messages; as tnef(1) lists the real ones."""

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.intake.budget import Budget
from crible.intake.walk import walk
from crible.model.entry import Begin, Closed, Refused, Slice
from crible.sandbox.window import Window

SIGNATURE = b"\x78\x9f\x3e\x22"


def _attribute(level, number, data):
    return struct.pack("<BII", level, number, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def _stream(*attributes):
    return SIGNATURE + b"\x01\0" + b"".join(attributes)


RENDERING = _attribute(2, 0x00069002, bytes(14))
FILE = RENDERING + _attribute(2, 0x00018010, b"a.txt\0") + _attribute(2, 0x0006800F, b"Bonjour")


def test_files_are_slices_with_the_names_that_the_stream_gives(take):
    account = take("tnef", _stream(FILE, FILE))
    assert account.data == {"a.txt": b"Bonjour", "a.txt~2": b"Bonjour"}
    assert all(isinstance(member.entry, Slice) for member in account.members)
    assert account.remainder is None


def test_a_body_of_the_old_kind_is_a_text(take):
    body = _attribute(1, 0x0002800C, "été".encode("cp1252"))
    assert take("tnef", _stream(_attribute(1, 0x00069007, struct.pack("<Q", 1252)), body)).data == {
        "body.txt": "été".encode()
    }


def test_a_stream_that_breaks_off_gives_what_stands_before(take):
    whole = _stream(FILE, FILE)
    account = take("tnef", whole[:-9])
    assert account.data["a.txt"] == b"Bonjour"
    assert account.remainder == "truncated"
    assert account.reasons == {"a.txt~2": "truncated"}


def test_what_gateways_put_behind_the_stream_is_no_fault(take):
    assert take("tnef", _stream(FILE) + b"\r\n\r\n").remainder is None
    assert take("tnef", _stream(FILE) + b"-- footer").remainder == "corrupt"


def test_a_count_that_nothing_can_hold_is_not_believed(take):
    properties = _attribute(1, 0x00069003, struct.pack("<I", 0xFFFFFFFF))
    assert take("tnef", _stream(properties)).remainder == "corrupt"


@given(st.binary(max_size=300), st.integers(0, 2))
@settings(max_examples=300)
def test_any_properties_end_as_an_account(take, data, where):
    level, number = ((1, 0x00069003), (1, 0x00069004), (2, 0x00069005))[where]
    take("tnef", _stream(_attribute(level, number, struct.pack("<I", 3) + data), FILE))


@pytest.mark.corpora
def test_real_streams_hold_what_their_authors_list(unpack, tmp_path):
    """The lists were written by tnef(1); texts lost their carriage returns in the authors' repository."""
    unpack("mail-tests", tmp_path, only="tnef")
    checked = 0
    for path in sorted(tmp_path.rglob("MimeKit/**/*.tnef")):
        listed = path.with_suffix(".list").read_text("utf-8", "replace").split("\n")
        found = _found(path)
        for name in filter(None, listed):
            if name not in ("body.rtf", "body.html", "Untitled Attachment"):
                assert name in found, path.name
                checked += 1
                held = path.with_suffix("") / name
                if held.is_file() and name != "Untitled_Attachment":  # listed with the name of its interface in front
                    assert found[name].replace(b"\r\n", b"\n") == held.read_bytes().replace(b"\r\n", b"\n")
        untitled = sum(name.startswith("Untitled Attachment") for name in found)
        assert untitled == (2 if path.stem in ("christmas", "winmail") else 0)
    assert checked >= 22


def _found(path: Path):
    found, name = {}, ""
    with path.open("rb") as file:
        window = Window.whole(file.fileno())
        for entry in walk("tnef", window, path.name, Budget()):
            if isinstance(entry, Slice):
                found[entry.name] = window.read(entry.offset, entry.length)
            elif isinstance(entry, Begin):
                name = entry.name
                found[name] = b""
            elif isinstance(entry, bytes):
                found[name] += entry
            else:
                assert isinstance(entry, (Closed, Refused)) or entry.produced == len(found[name])
    return found
