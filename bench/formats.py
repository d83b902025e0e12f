"""Reading alone, format by format: files and megabytes a CPU second beside Tika, the whole job beside recoll.

Ours is everything the sandboxed child does with a file (type, text, facts, class, entities, local checks, members),
without the sandbox; Tika's is `extract_file_to_string`. Each in one process at a time, on the same files, in one run.
"""

import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.material import CORPORA
from bench.measure import Cost, run
from crible.intake.budget import Budget
from crible.sift import worker
from crible.sift.wire import Job, Outcome, Request, decode, encode_request

CHUNK = 40
"""Files that one process reads: what kills it costs no more."""
GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "PDF": ("pdf", (".pdf",)),
    "OOXML": ("office", (".docx", ".xlsx", ".pptx", ".docm", ".xlsm")),
    "OLE2": ("office", (".doc", ".xls", ".ppt")),
    "other": ("office", (".odt", ".ods", ".odp", ".rtf", ".html", ".epub", ".xlsb")),
    "images": ("images", (".jpg", ".jpeg", ".png", ".tif", ".heif")),
}
"""Name, archive of the corpora, endings."""

Read = Callable[[Path], bool]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one program took for one group."""

    cpu: float
    read: int
    """Files that gave text or facts rather than an error."""


def main() -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory(prefix="crible-bench-") as folder:
        for line in table(Path(folder)):
            print(line, flush=True)  # noqa: T201


def table(work: Path) -> Iterator[str]:
    """A line a group: ours, Tika's and the ratio; then recoll and a whole sift on the same folder."""
    heads = f"{'ours/s':>7} {'MB/s':>6} {'read':>5} | {'tika/s':>7} {'read':>5}"
    yield f"{'':8} {'files':>6} {'MB':>6} | {heads} | ratio | sift recoll"
    for name, (archive, endings) in GROUPS.items():
        files = _files(work / name, archive, endings)
        count, size = len(files), sum(path.stat().st_size for path in files) / 1e6
        ours, tika = measured(ours_with(), files, CHUNK), measured(tika_with, files, count)
        whole, recoll = _sift(work / name, work), _recoll(work / name, work)
        alone = f"{count / ours.cpu:7.0f} {size / ours.cpu:6.1f} {ours.read:5} | {count / tika.cpu:7.0f} {tika.read:5}"
        ratio = tika.cpu / ours.cpu
        yield f"{name:8} {count:6} {size:6.1f} | {alone} | {ratio:5.1f} | {whole.cpu:4.0f} {recoll.cpu:6.0f}"


def ours_with() -> Read:
    """Our reader, loaded once; processes forked from here share it."""
    worker.prepare()

    def read(path: Path) -> bool:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            job = Job(0, 0, path.stat().st_size, path.name)
            answer = decode(
                worker.handle(encode_request(Request((job,), budget=Budget())), [descriptor], lambda _: None)
            )
            return isinstance(answer, Outcome) and (answer.reading is not None or bool(answer.container))
        finally:
            os.close(descriptor)

    return read


@cache
def _tika() -> Any:
    from iscc_tika import Extractor

    return Extractor()


def tika_with(path: Path) -> bool:
    """Tika as a native library; loaded where it is first asked, since it does not survive a fork."""
    try:
        text, metadata = _tika().extract_file_to_string(str(path))
    except Exception:  # noqa: BLE001 whatever it says, the file was not read
        return False
    return bool(text.strip() or metadata)


def measured(read: Read, files: Sequence[Path], chunk: int) -> Reading:
    """Read all files, `chunk` of them in a process; CPU seconds by the system's own account."""
    cpu, count = 0.0, 0
    for at in range(0, len(files), chunk):
        near, far = os.pipe()
        child = os.fork()
        if not child:
            _read_all(read, files[at : at + chunk], far)
        os.close(far)
        with open(near, "rb") as said:  # noqa: PTH123 a pipe's end
            count += len(said.read())
        _, _, usage = os.wait4(child, 0)
        cpu += usage.ru_utime + usage.ru_stime
    return Reading(cpu, count)


def _read_all(read: Read, files: Sequence[Path], out: int) -> None:
    import resource

    if read is not tika_with:  # its runtime reserves more address space than it uses
        resource.setrlimit(resource.RLIMIT_AS, (2500 << 20, 2500 << 20))
    for path in files:
        try:
            if read(path):
                os.write(out, b".")
        except Exception:  # noqa: BLE001, S112 a file that is not read
            continue
    os._exit(0)


def _files(folder: Path, archive: str, endings: tuple[str, ...]) -> list[Path]:
    """The archive's files with these endings, in a folder of their own."""
    folder.mkdir()
    with tarfile.open(CORPORA / f"{archive}.tar.xz") as packed:
        wanted = [one for one in packed if one.isfile() and one.name.lower().endswith(endings)]
        for number, member in enumerate(wanted):
            source = packed.extractfile(member)
            if source is not None:
                name = f"{number:04d}-{Path(member.name).name}"
                with (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
    return sorted(folder.iterdir())


def _sift(folder: Path, work: Path) -> Cost:
    program = str(Path(sys.executable).with_name("crible"))
    case = work / f"case-{folder.name}"
    return run([program, "sift", str(folder), "--no-ocr", "--case", str(case)], log=work / "crible.log")


def _recoll(folder: Path, work: Path) -> Cost:
    config = work / f"recoll-{folder.name}"
    config.mkdir()
    (config / "recoll.conf").write_text(f"topdirs = {folder}\ndbdir = {config}/xapiandb\nskippedNames =\n")
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return run(["recollindex", "-c", str(config), "-z"], env=environment, log=work / "recoll.log")


if __name__ == "__main__":
    main()
