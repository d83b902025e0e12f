import io
import tarfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.intake import tar
from crible.intake.budget import Budget
from crible.intake.tar_header import is_header
from crible.model.entry import Begin, Resume, Slice

TEXT = b"Chere Ada, voici la facture.\n" * 50
FORMATS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]


def info(name: str, kind: bytes = tarfile.REGTYPE, **more: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type = kind
    for key, value in more.items():
        setattr(made, key, value)
    return made


def made(*members: tuple[str | tarfile.TarInfo, bytes], format_: int = tarfile.PAX_FORMAT, **more: object) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format_, **more) as archive:
        for member, data in members:
            member = info(member) if isinstance(member, str) else member
            if data:
                member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return file.getvalue()


def is_balanced(account, size: int) -> bool:
    spans = sum(m.entry.length for m in account.members if isinstance(m.entry, Begin))
    return account.sliced + spans + account.closed.framing + account.closed.remainder_bytes == size


@pytest.mark.parametrize("format_", FORMATS)
def test_regular_members_are_slices_of_the_archive(take, format_):
    long = "d/" * 60 + "facture.txt"
    blob = made(("a.txt", TEXT), (long, b"2"), ("empty", b""), format_=format_)
    account = take("tar", blob)
    assert account.data == {"a.txt": TEXT, long: b"2", "empty": b""}
    assert all(isinstance(member.entry, Slice) for member in account.members)
    assert account.remainder is None
    assert is_balanced(account, len(blob))


def test_what_holds_no_bytes_is_a_row_with_its_reason(take):
    blob = made(
        (info("folder", tarfile.DIRTYPE), b""),
        (info("link", tarfile.SYMTYPE, linkname="/etc/passwd"), b""),
        ("a", TEXT),
        (info("again", tarfile.LNKTYPE, linkname="a"), b""),
        (info("null", tarfile.CHRTYPE, devmajor=1, devminor=3), b""),
        (info("pipe", tarfile.FIFOTYPE), b""),
    )
    account = take("tar", blob)
    expected = {"folder": "directory", "link": "link", "again": "hard-link", "null": "device", "pipe": "device"}
    assert account.reasons == expected
    assert account.members[3].entry.reason.params == {"target": "a"}
    assert is_balanced(account, len(blob))


def test_names_that_escape_are_cleaned_and_doubles_numbered(take):
    account = take("tar", made(("../x", b"1"), ("/etc/passwd", b"2"), ("./a", b"3"), ("a", b"4")))
    assert list(account.data) == ["%2E%2E/x", "%2F/etc/passwd", "a", "a~2"]
    assert account.members[1].entry.raw_name == b"/etc/passwd"


@pytest.mark.parametrize("format_", FORMATS)
def test_the_time_of_a_member_is_the_file_systems(take, format_):
    (member,) = take("tar", made((info("a", mtime=1492680600), b"x"), format_=format_)).members
    assert [(i.iso(), i.clock) for i in member.entry.instants] == [("2017-04-20T09:30:00+00:00", "mtime")]


def test_the_last_member_of_a_cut_archive_is_kept_as_far_as_it_goes(take):
    blob = made(("a", TEXT), ("b", TEXT))
    start = blob.rindex(TEXT)
    account = take("tar", blob[: start + 100])
    assert account.data == {"a": TEXT, "b": TEXT[:100]}
    assert account.remainder == "truncated"
    assert take("tar", blob[:start]).reasons == {"b": "truncated"}
    assert take("tar", blob[: start - 100]).remainder == "truncated"


def test_a_damaged_header_ends_the_list_and_leaves_a_remainder(take):
    blob = bytearray(made(("a", TEXT), ("b", TEXT)))
    at = blob.index(b"b\0\0\0")
    blob[at + 1] = 0x41
    account = take("tar", bytes(blob))
    assert (list(account.data), account.remainder, account.closed.remainder_bytes) == (["a"], "corrupt", len(blob) - at)


def test_archives_joined_end_to_end_are_listed_whole(take):
    account = take("tar", made(("a", TEXT)) + made(("b", TEXT)))
    assert account.data == {"a": TEXT, "b": TEXT}


def test_bytes_after_the_end_that_are_no_header_are_a_remainder(take):
    blob = made(("a", TEXT))
    account = take("tar", blob + b"hidden" * 100)
    assert (account.remainder, account.closed.remainder_bytes) == ("after-last", 600)
    assert is_balanced(account, len(blob) + 600)


def test_more_members_than_the_budget_has_entries_are_said_to_be_left(take):
    blob = made(*((str(n), b"x") for n in range(5)))
    account = take("tar", blob, budget=replace(Budget(), entries=3))
    assert (account.closed.listed, account.remainder) == (3, "budget")
    assert is_balanced(account, len(blob))


def test_a_header_larger_than_the_budget_is_not_read(take):
    account = take("tar", made(("x" * 5000, b"1")), budget=replace(Budget(), header=4096))
    assert account.closed.remainder.params == {"which": "header", "limit": 4096}


def sparse_pax(**headers: str) -> tarfile.TarInfo:
    return info("holes", pax_headers={f"GNU.sparse.{key}": value for key, value in headers.items()})


def test_sparse_members_are_given_with_their_holes(take):
    whole = bytes(1000) + b"abc" + bytes(2000) + b"de" + bytes(95)
    map_ = b"2\n1000\n3\n3003\n2\n".ljust(512, b"\0")
    one = sparse_pax(major="1", minor="0", name="holes", realsize="3100")
    tenth = sparse_pax(size="3100", map="1000,3,3003,2")
    for member, stored in ((one, map_ + b"abcde"), (tenth, b"abcde")):
        blob = made((member, stored), ("after", TEXT))
        account = take("tar", blob)
        assert account.data == {"holes": whole, "after": TEXT}
        assert is_balanced(account, len(blob))


@pytest.mark.parametrize("runs", [2, 6, 40])
def test_sparse_members_of_the_old_gnu_format_are_given_with_their_holes(take, runs):
    """Four runs fit the header; more go to blocks of 21 between header and data."""
    header = bytearray(info("holes", b"S", size=3 * runs).tobuf(tarfile.GNU_FORMAT))
    fields = [b"%011o\0%011o\0" % (100 * n, 3) for n in range(runs)] + [bytes(24)] * 25
    header[386:482], header[482], header[483:495] = b"".join(fields[:4]), runs > 4, b"%011o\0" % (100 * runs)
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    more = [fields[at : at + 21] for at in range(4, runs, 21)]
    blocks = b"".join(b"".join(block) + bytes([block is not more[-1]]) + bytes(7) for block in more)
    blob = bytes(header) + blocks + (b"abc" * runs).ljust(512, b"\0") + made(("after", TEXT))
    account = take("tar", blob)
    assert account.data == {"holes": (b"abc" + bytes(97)) * runs, "after": TEXT}
    with tarfile.open(fileobj=io.BytesIO(blob)) as archive:
        assert archive.extractfile("holes").read() == account.data["holes"]
    assert is_balanced(account, len(blob))


def test_a_sparse_bomb_is_refused_by_its_ratio(take):
    account = take("tar", made((sparse_pax(size=str(1 << 60), map="0,5"), b"abcde"), ("after", TEXT)))
    assert account.reasons == {"holes": "budget"}
    assert account.data["after"] == TEXT


@pytest.mark.parametrize("map_", ["5,3,0,2", "0,99", "4,9223372036854775807", "x,1", "0,5,"])
def test_a_sparse_map_that_makes_no_sense_is_refused(take, map_):
    account = take("tar", made((sparse_pax(size="50", map=map_), b"abcde"), ("after", TEXT)))
    assert account.reasons.get("holes", "") == ("" if map_ == "0,5," else "corrupt")
    assert account.data["after"] == TEXT


@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=120).filter(lambda n: "\0" not in n), st.binary(max_size=900)),
        max_size=5,
    ),
    st.sampled_from([tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]),
)
@settings(max_examples=50)
def test_the_standard_library_agrees(take, members, format_):
    named = [(name.encode("utf-8", "replace").decode(), data) for name, data in members]
    blob = made(*named, format_=format_)
    with tarfile.open(fileobj=io.BytesIO(blob)) as archive:
        expected = [(i.offset_data, i.size) for i in archive.getmembers() if i.isreg()]
    account = take("tar", blob)
    assert [(m.entry.offset, m.entry.length) for m in account.members if isinstance(m.entry, Slice)] == expected
    assert account.remainder is None


def pax_block(payload: bytes) -> bytes:
    """A pax header with any payload, its checksum right."""
    header = info("pax", b"x", size=len(payload)).tobuf(tarfile.USTAR_FORMAT)
    return header + payload.ljust(-(-len(payload) // 512) * 512, b"\0")


RECORDS = st.sampled_from(
    b"0 path=a\n|11 path=abc\n|19 GNU.sparse.map=1,\n|9999 a=b\n|-1 a=b\n|99| |25 GNU.sparse.numbytes=9\n|12 size=400\n"
    b"|21 GNU.sparse.size=9\n|22 GNU.sparse.major=1\n|27 GNU.sparse.realsize=99\n|\0".split(b"|")
)


@given(st.lists(RECORDS | st.binary(max_size=30), max_size=5).map(b"".join))
def test_any_pax_header_is_taken_up_or_refused(take, payload):
    """A record of length zero made the standard library loop for ever (CVE-2019-20907)."""
    blob = pax_block(payload) + made(("a", TEXT))
    account = take("tar", blob)
    assert account.remainder in (None, "corrupt", "after-last", "truncated")
    assert is_balanced(account, len(blob))


@given(st.binary(max_size=600) | st.just(bytes(512)))
def test_a_block_without_its_checksum_is_no_header(block):
    try:
        tarfile.TarInfo.frombuf(block[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        assert not is_header(block[:512])


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_resumed_walk_gives_the_remaining_members_as_before(window, account, first):
    opened = window(
        made(("a", TEXT), (info("d", tarfile.DIRTYPE), b""), (sparse_pax(size="50", map="0,5"), b"abcde"), ("a", b"2"))
    )
    whole = account(tar.walk(opened, "", Budget()), opened)
    rest = account(tar.walk(opened, "", Budget(), Resume(first, 0, 0)), opened, first=first)
    assert rest.members == whole.members[first:]
    assert rest.closed == whole.closed


@pytest.mark.corpora
def test_the_standard_librarys_own_test_archive_gives_what_the_library_reads(corpora, take):
    with tarfile.open(corpora / "hostile.tar.xz") as hostile:
        blob = hostile.extractfile("hostile-archives-cpython/testtar.tar").read()
    with tarfile.open(fileobj=io.BytesIO(blob)) as archive:
        members = archive.getmembers()
        expected = [archive.extractfile(member).read() if member.isreg() else None for member in members]
    account = take("tar", blob)
    assert [member.data for member in account.members] == expected
    assert account.remainder is None
    assert is_balanced(account, len(blob))
