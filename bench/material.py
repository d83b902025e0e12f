"""What the comparisons run on: the real corpora beside the checkout, laid out as each program wants them."""

import lzma
import mailbox
import shutil
import tarfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
SERIAL = tuple(f"mail-linux-serial-{year}.mbox.xz" for year in range(2020, 2025))
USRP = ("mail-usrp-users-2019.mbox.xz",)


@dataclass(frozen=True, slots=True)
class Material:
    """One task: the sources crible takes, a maildir of the same mails, a folder of the same files."""

    name: str
    sources: tuple[Path, ...]
    maildir: Path | None
    folder: Path
    mails: int
    size: int
    """Bytes, unpacked."""


def mail(name: str, archives: Sequence[str], work: Path) -> Material:
    """Mails only: crible takes the compressed archives as they are, recoll the mboxes, the others a maildir."""
    folder, maildir = work / f"{name}-mbox", work / f"{name}-maildir"
    folder.mkdir(parents=True, exist_ok=True)
    count = size = 0
    for archive in archives:
        target = folder / archive.removesuffix(".xz")
        with lzma.open(CORPORA / archive) as packed, target.open("wb") as plain:
            shutil.copyfileobj(packed, plain, 1 << 20)
        size += target.stat().st_size
        count += _split(target, maildir)
    return Material(name, tuple(CORPORA / archive for archive in archives), maildir, folder, count, size)


def mixed(work: Path) -> Material:
    """A folder of one mailbox, PDFs and Office files."""
    folder = work / "mixed"
    folder.mkdir(parents=True, exist_ok=True)
    with lzma.open(CORPORA / USRP[0]) as packed, (folder / "usrp.mbox").open("wb") as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
    for archive in ("pdf", "office"):
        unpack(archive, folder / archive)
    files = [path for path in folder.rglob("*") if path.is_file()]
    return Material("mixed", (folder,), None, folder, len(files), sum(path.stat().st_size for path in files))


def unpack(name: str, folder: Path) -> None:
    """One archive of the corpora into a folder."""
    with tarfile.open(CORPORA / f"{name}.tar.xz") as archive:
        # Set, not given to extractall: Debian 12's Python 3.11.2 knows no filters.
        archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _folder: member)
        archive.extractall(folder)  # noqa: S202  the filter is set above


def _split(mbox: Path, maildir: Path) -> int:
    """Copy each mail's raw bytes into a maildir; how many."""
    for part in ("cur", "new", "tmp"):
        (maildir / part).mkdir(parents=True, exist_ok=True)
    box = mailbox.mbox(mbox, create=False)
    for key in box.keys():  # noqa: SIM118
        (maildir / "cur" / f"{mbox.stem}-{key:06d}:2,S").write_bytes(box.get_bytes(key))
    return len(box)
