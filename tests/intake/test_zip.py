import io
import random
import struct
import warnings
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.intake.budget import Budget
from crible.model.entry import Begin, Resume, Slice
from crible.model.ledger import State

TEXT = b"Chere Ada, voici la facture.\n" * 200
METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


def made(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # doubled names are what some tests are about
        for name, data in members:
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize("method", METHODS)
def test_members_come_in_directory_order_stored_ones_as_slices(take, method):
    account = take("zip", made(("b.txt", TEXT), ("a/é.txt", b""), ("c", TEXT[:1]), method=method))
    assert list(account.data.items()) == [("b.txt", TEXT), ("a/é.txt", b""), ("c", TEXT[:1])]
    assert account.remainder is None
    kind = Slice if method == zipfile.ZIP_STORED else Begin
    assert all(isinstance(member.entry, kind) for member in account.members)


# A name that ends in "\\" is a folder's on Windows, and for us; the standard library follows the machine it runs on.
_NAMES = st.text(max_size=8).filter(lambda name: "\0" not in name and not name.endswith("\\"))


@given(st.lists(st.tuples(_NAMES, st.binary(max_size=300)), max_size=6))
@settings(max_examples=50)
def test_the_standard_library_agrees(take, members):
    names = [(name.encode("utf-8", "replace").decode() or "x", data) for name, data in members]
    blob = made(*names)
    with zipfile.ZipFile(io.BytesIO(blob)) as archive:
        listed = [(info.is_dir() and not info.file_size, archive.read(info)) for info in archive.infolist()]
    account = take("zip", blob)
    assert [(member.reason == "directory", member.data or b"") for member in account.members] == listed


def test_folders_links_and_encrypted_members_are_rows_with_reasons(take):
    link = zipfile.ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    pipe = zipfile.ZipInfo("pipe")
    pipe.create_system, pipe.external_attr = 3, 0o010644 << 16
    blob = bytearray(made(("folder/", b""), (link, b"/etc/passwd"), (pipe, b""), ("secret", TEXT)))
    local, central = blob.index(b"secret") - 30, blob.rindex(b"secret") - 46
    blob[local + 6] |= 1
    blob[central + 8] |= 1
    account = take("zip", bytes(blob))
    assert account.reasons == {"folder": "directory", "link": "link", "pipe": "device", "secret": "encrypted"}
    assert [member.state for member in account.members] == [State.IGNORED] * 3 + [State.ENCRYPTED]


def test_a_folder_entry_that_holds_bytes_is_a_file(take):
    assert take("zip", made(("folder/", TEXT))).data == {"folder": TEXT}


def test_names_that_escape_are_cleaned_and_doubles_numbered(take):
    account = take("zip", made(("../../x", b"1"), ("/etc/passwd", b"2"), ("a", b"3"), ("a", b"4")))
    assert list(account.data) == ["%2E%2E/%2E%2E/x", "%2F/etc/passwd", "a", "a~2"]
    assert account.members[0].entry.raw_name == b"../../x"


def test_names_made_on_windows_have_backslashes_for_separators(take):
    info = zipfile.ZipInfo("x")
    info.filename, info.create_system = "2017\\avril\\..\\devis.doc", 0
    assert list(take("zip", made((info, TEXT))).data) == ["2017/avril/%2E%2E/devis.doc"]


def test_the_unicode_name_counts_only_for_the_name_it_was_made_for(take):
    def named(about: bytes) -> zipfile.ZipInfo:
        info = zipfile.ZipInfo("ete.txt")
        body = b"\1" + struct.pack("<I", zlib.crc32(about)) + "été.txt".encode()
        info.extra = struct.pack("<2H", 0x7075, len(body)) + body
        return info

    assert list(take("zip", made((named(b"ete.txt"), b"x"))).data) == ["été.txt"]
    assert list(take("zip", made((named(b"other"), b"x"))).data) == ["ete.txt"]


def test_both_clocks_of_a_member_are_kept_apart(take):
    info = zipfile.ZipInfo("a", (2017, 4, 20, 11, 30, 0))
    info.extra = struct.pack("<2HBi", 0x5455, 5, 1, 1492680600)
    (member,) = take("zip", made((info, b"x"))).members
    assert [instant.iso() for instant in member.entry.instants] == ["2017-04-20T09:30:00+00:00", "2017-04-20T11:30:00"]


@pytest.mark.parametrize("method", METHODS)
def test_a_wrong_checksum_refuses_the_member_and_only_it(take, method):
    blob = bytearray(made(("a", TEXT), ("b", TEXT), method=method))
    central = blob.index(b"PK\1\2")
    blob[central + 16] ^= 0xFF
    account = take("zip", bytes(blob))
    assert account.reasons == {"a": "corrupt"}
    assert account.data["b"] == TEXT


@pytest.mark.parametrize("size", [0, 1, len(TEXT) - 1, len(TEXT) + 1])
def test_a_member_of_another_size_than_declared_is_refused(take, size):
    blob = bytearray(made(("a", TEXT)))
    central = blob.index(b"PK\1\2")
    blob[central + 24 : central + 28] = struct.pack("<I", size)
    assert take("zip", bytes(blob)).reasons["a"] in ("corrupt", "truncated")


def test_a_method_without_decoder_is_named(take):
    blob = bytearray(made(("a", TEXT)))
    for at in (8, blob.index(b"PK\1\2") + 10):
        blob[at] = 9
    (member,) = take("zip", bytes(blob)).members
    assert (member.reason, member.entry.reason.params) == ("method", {"method": 9})


def test_a_bomb_of_members_that_share_their_bytes_is_refused_but_for_one(take):
    """The quoted-overlap construction of D. Fifield, "A better zip bomb": every local header lies in one kernel."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(1_000_000)) + kernel.flush()
    crc, names = zlib.crc32(bytes(1_000_000)), [b"%03d" % n for n in range(100)]
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, len(packed), 1_000_000, 3, 0)
    body = local + names[0] + packed
    directory = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, len(packed), 1_000_000, 3, 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 100, 100, len(directory), len(body), 0)
    account = take("zip", body + directory + end)
    assert [member.reason for member in account.members] == [""] + ["overlap"] * 99


def test_a_member_that_reaches_into_the_next_is_refused(take):
    blob = bytearray(made(("a", TEXT), ("b", TEXT)))
    central = blob.index(b"PK\1\2")
    packed = struct.unpack_from("<I", blob, central + 20)[0]
    blob[central + 20 : central + 24] = struct.pack("<I", packed + 1)
    account = take("zip", bytes(blob))
    assert account.reasons == {"a": "overlap"}
    assert account.data["b"] == TEXT


@pytest.mark.parametrize(
    ("which", "budget"),
    [
        ("ratio", replace(Budget(), ratio=100)),
        ("member", replace(Budget(), member=11_000_000)),
        ("produced", replace(Budget(), produced=11_000_000)),
    ],
)
def test_a_member_over_budget_is_refused_with_the_limit_that_was_hit(take, which, budget):
    account = take("zip", made(("a", TEXT), ("bomb", bytes(12_000_000)), ("c", b"x")), budget=budget)
    reason = account.members[1].entry.reason
    assert (reason.code, reason.params) == ("budget", {"which": which, "limit": getattr(budget, which)})
    assert account.data["a"] == TEXT


def test_ten_megabytes_may_pack_at_any_ratio(take):
    assert take("zip", made(("a", bytes(9_000_000))), budget=replace(Budget(), ratio=2)).reasons == {}


def test_a_dictionary_larger_than_the_budget_is_not_allocated(take):
    blob = bytearray(made(("a", TEXT), method=zipfile.ZIP_LZMA))
    at = blob.index(b"a", 30) + 1 + 5
    blob[at : at + 4] = b"\xff\xff\xff\xff"
    assert take("zip", bytes(blob)).members[0].entry.reason.params["which"] == "memory"


def test_more_members_than_the_budget_has_entries_are_said_to_be_left(take):
    account = take("zip", made(*((str(n), b"x") for n in range(5))), budget=replace(Budget(), entries=3))
    assert (account.closed.listed, account.remainder) == (3, "budget")


def test_a_program_before_the_archive_shifts_it(take):
    assert take("zip", b"MZ" + bytes(1000) + made(("a", TEXT))).data == {"a": TEXT}


@pytest.mark.parametrize("prefix", [b"", b"MZ" + bytes(1000)])
def test_a_zip64_archive_is_read(take, prefix):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, archive.open("a", "w", force_zip64=True) as member:
        member.write(TEXT)
    blob = file.getvalue()
    start, end = blob.index(b"PK\1\2"), blob.index(b"PK\5\6")
    wide = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, end - start, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    full = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    account = take("zip", prefix + blob[:end] + wide + locator + full)
    assert (account.data, account.remainder) == ({"a": TEXT}, None)


def test_sizes_in_the_zip64_field_replace_those_that_do_not_fit(take):
    blob = bytearray(made(("a", TEXT)))
    central = blob.index(b"PK\1\2")
    packed, size = struct.unpack_from("<2I", blob, central + 20)
    blob[central + 20 : central + 28] = b"\xff" * 8
    extra = struct.pack("<2H2Q", 1, 16, size, packed)
    blob[central + 30] = len(extra)
    blob[central + 47 : central + 47] = extra
    end = blob.index(b"PK\5\6")
    blob[end + 12 : end + 16] = struct.pack("<I", end - central)
    assert take("zip", bytes(blob)).data == {"a": TEXT}


def test_without_its_directory_an_archive_is_listed_by_local_headers(take):
    blob = made(("a", TEXT), ("b", b""), ("c", TEXT))
    account = take("zip", blob[: blob.index(b"PK\1\2")])
    assert account.data == {"a": TEXT, "b": b"", "c": TEXT}
    assert account.remainder == "corrupt"


def test_a_cut_archive_keeps_its_whole_members(take):
    noise = random.Random(5).randbytes(5000)
    blob = made(("a", TEXT), ("b", noise))
    account = take("zip", blob[: blob.index(b"PK\1\2") - 100])
    assert account.data["a"] == TEXT
    assert account.reasons == {"b": "truncated"}


class _Pipe(io.RawIOBase):
    """Cannot seek, so that zipfile writes sizes behind the data."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.data += bytes(data)
        return len(data)


def test_sizes_behind_the_data_are_found_by_decompressing(take):
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", TEXT)
        archive.writestr("b", TEXT * 2)
    assert take("zip", pipe.data).data == {"a": TEXT, "b": TEXT * 2}
    cut = bytearray(pipe.data[: pipe.data.index(b"PK\1\2")])
    assert take("zip", bytes(cut)).data == {"a": TEXT, "b": TEXT * 2}
    cut[cut.index(b"PK\7\x08") + 4] ^= 1
    assert take("zip", bytes(cut)).reasons == {"a": "corrupt"}


def test_a_directory_that_breaks_off_keeps_what_it_listed(take):
    blob = bytearray(made(("a", TEXT), ("b", TEXT)))
    blob[blob.rindex(b"PK\1\2")] = 0
    account = take("zip", bytes(blob))
    assert (list(account.data), account.remainder) == (["a"], "corrupt")


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_resumed_walk_gives_the_remaining_members_as_before(window, account, first):
    from crible.intake import zip as zip_

    opened = window(made(("a", TEXT), ("a", b"2"), ("b", b"3"), method=zipfile.ZIP_DEFLATED))
    whole = account(zip_.walk(opened, "", Budget()), opened)
    rest = account(zip_.walk(opened, "", Budget(), Resume(first, 0, 0)), opened, first=first)
    assert rest.members == whole.members[first:]
    assert rest.closed == whole.closed
