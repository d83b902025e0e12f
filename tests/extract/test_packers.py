"""Whose way of packing a zip fits, by archives that other programs made or that are laid out as they do."""

import io
import shutil
import subprocess
import zipfile

import pytest

from crible.extract.packers import packed, packer

NAMES = ("[Content_Types].xml", "_rels/.rels", "word/document.xml", "docProps/core.xml")
UNIX_TIMES = b"UT\x05\x00\x03\x00\x00\x00\x00"
NTFS_TIMES = b"\x0a\x00\x20\x00" + bytes(32)


def entries(names=NAMES, host=0, version=20, flags=0, extra=b"", date=(2017, 3, 27, 14, 5, 2)):
    made = []
    for name in names:
        one = zipfile.ZipInfo(name, date)
        one.create_system, one.create_version, one.flag_bits, one.extra = host, version, flags, extra
        made.append(one)
    return made


NEUTRAL = (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("laid_out", "name"),
    [
        ({"version": 45, "flags": 6, "date": NEUTRAL}, "microsoft"),
        ({"version": 45, "flags": 6}, ""),
        ({"version": 45, "flags": 6, "date": NEUTRAL, "names": tuple(reversed(NAMES))}, ""),
        ({"flags": 0x808}, "streamed"),
        ({"flags": 8}, ""),
        ({"version": 63, "extra": NTFS_TIMES}, "7-zip"),
        ({"host": 3, "version": 30, "extra": UNIX_TIMES}, "info-zip"),
        ({"extra": NTFS_TIMES, "flags": 2}, "archiver"),
        ({"host": 3}, "python"),
        ({}, ""),
        ({"host": 3, "names": NAMES[:2]}, ""),
    ],
)
def test_a_packer_is_told_by_all_entries_or_not_at_all(laid_out, name):
    assert packer(entries(**laid_out)) == name


def test_one_entry_of_another_manner_makes_it_nobodys():
    assert packer([*entries(version=45, flags=6, date=NEUTRAL), *entries(host=3, names=("word/a.xml",))]) == ""


def test_python_packs_as_python_does():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in NAMES:
            archive.writestr(name, "x" * 100)
    with zipfile.ZipFile(buffer) as archive:
        assert packer(archive.infolist()) == "python"


@pytest.mark.skipif(shutil.which("zip") is None, reason="needs Info-ZIP's zip")
def test_info_zip_packs_as_info_zip_does(tmp_path):
    for name in ("a.xml", "b.xml", "c.xml"):
        (tmp_path / name).write_text("x" * 100)
    subprocess.run(["zip", "-q", "made.zip", "a.xml", "b.xml", "c.xml"], cwd=tmp_path, check=True)
    with zipfile.ZipFile(tmp_path / "made.zip") as archive:
        assert packer(archive.infolist()) == "info-zip"


def test_times_of_entries_without_a_clock_do_not_count():
    made = [*entries(date=NEUTRAL), *entries(names=("a",)), *entries(names=("b",), date=(2017, 4, 1, 8, 0, 0))]
    assert packed(made) == ("2017-03-27T14:05:02", "2017-04-01T08:00:00")
    assert packed(entries(date=NEUTRAL)) is None
    impossible = entries(names=("a",))
    impossible[0].date_time = (2017, 15, 40, 31, 63, 62)
    assert packed(impossible) is None
