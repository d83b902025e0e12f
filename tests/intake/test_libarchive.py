"""rar, written here byte by byte as far as storing goes; packed ones of others are among the corpora."""

import binascii
import tarfile

import pytest
from archive_samples import RAR_MARK, cab, iso, lha, rar, rar_member

from crible.intake import libarchive
from crible.intake.budget import Budget
from crible.intake.detect import detect
from crible.intake.libarchive import rar_volume
from crible.model.errors import Unreadable
from crible.model.ledger import State

pytestmark = pytest.mark.skipif(not libarchive.available(), reason="this machine has no libarchive")

NOTE = b"Chere Ada, voici la facture.\n"


def test_members_names_and_folders(take):
    folder = rar_member(b"dossier", b"", 0x80E0, 0x10)
    account = take("rar", rar(rar_member(b"note.txt", NOTE), folder, rar_member(b"dossier\\b.txt", b"x")))
    assert account.data == {"note.txt": NOTE, "dossier": None, "dossier/b.txt": b"x"}
    assert account.reasons == {"dossier": "directory"}
    assert account.remainder is None


def test_an_encrypted_member_is_listed_as_such_whatever_the_passwords(take):
    account = take("rar", rar(rar_member(b"a", NOTE, 0x8004)), budget=Budget(passwords=("sesame",)))
    assert [member.state for member in account.members] == [State.ENCRYPTED]


def test_a_volume_says_that_others_belong_to_it(take):
    data = rar(rar_member(b"a", NOTE), volume=True)
    assert rar_volume(data)
    account = take("rar", data)
    assert account.data["a"] == NOTE
    assert account.remainder == "volume"


def test_what_is_cut_off_is_told_without_an_address_in_memory(take):
    account = take("rar", rar(rar_member(b"a", NOTE), rar_member(b"b", NOTE))[:-60])
    assert account.data["a"] == NOTE
    said = [str(account.closed.remainder), *(str(member.entry) for member in account.members)]
    assert not any("archive_p" in one for one in said)


def test_other_archives_of_the_library(take, window):
    for kind, make in (("cab", cab), ("lha", lha), ("iso9660", iso)):
        data = make(a=NOTE, b=b"x")
        opened = window(data)
        assert detect(data[:4096], data[-1024:], "x", opened) == kind
        found = {name: member for name, member in take(kind, data).data.items() if member is not None}
        assert found == {"a": NOTE, "b": b"x"}


def test_rubbish_after_the_mark_is_a_reason(take):
    with pytest.raises(Unreadable) as refused:
        take("rar", RAR_MARK + b"\xff" * 200)
    assert refused.value.code == "corrupt"


SIZES = {
    "test_read_format_rar5_arm.rar.uu": [90808],
    "test_read_format_rar5_solid.rar.uu": [1200, 4096, 4096, 4096, 4096, 4096, 4096],
    "test_read_format_rar_filter.rar.uu": [204288],
    "test_read_format_rar_compress_best.rar.uu": [20, 20111, 20111],
}
"""Of libarchive's own tests: RAR 4 and 5, solid, filtered, PPMd."""


@pytest.mark.corpora
def test_real_archives_of_both_generations(take, corpora):
    met = {}
    with tarfile.open(corpora / "hostile.tar.xz") as archive:
        for member in archive:
            name = member.name.rpartition("/")[2]
            if name in SIZES:
                account = take("rar", uudecoded(archive.extractfile(member).read()))
                met[name] = sorted(len(one.data) for one in account.members if one.data)
    assert met == SIZES


def uudecoded(text: bytes) -> bytes:
    return b"".join(binascii.a2b_uu(line) for line in text.splitlines()[1:] if line and line != b"end")
