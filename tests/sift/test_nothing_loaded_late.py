"""Behind the walls no file can be opened: whatever a reader needs must be loaded by `prepare`.

A lazy import once quarantined mails. Here the same code runs without walls, and Python's audit hooks say what it opens
or imports after `prepare`; libraries in C are watched by the sift itself, which ends without a quarantined document.
"""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from crible.store.case import Case
from crible.store.models import Document

WATCHED = """
import json, os, sys
from crible.intake.budget import Budget
from crible.sift import worker
from crible.sift.wire import Job, Request, encode_request

jobs = json.load(sys.stdin)
worker.prepare()
late = set()
def hook(event, arguments):
    if event == "import" or (event == "open" and isinstance(arguments[0], (str, bytes))):
        late.add(f"{event} {arguments[0]}")
descriptors = {}
for job in jobs:
    descriptors.setdefault(job["path"], None)
for path in descriptors:
    descriptors[path] = os.open(path, os.O_RDONLY)
sys.addaudithook(hook)
for n, job in enumerate(jobs):
    asked = Request((Job(n, job["offset"], job["size"], job["name"], job["mail"], job["quoted"]),), budget=Budget())
    worker.handle(encode_request(asked), [descriptors[job["path"]]], lambda frame: None)
print(json.dumps(sorted(late)))
"""


def late(case: Case, most: int) -> list[str]:
    """What was opened or imported while the case's documents were read again, at most so many mails."""
    with case.facts():
        rows = Document.objects.select_related("blob").order_by("mail", "pk")
        jobs = [
            {
                "path": str(case.blobs.path(bytes(row.blob.sha256))),
                "offset": row.offset,
                "size": row.size,
                "name": row.path.rpartition("/")[2],
                "mail": row.mail,
                "quoted": row.quoted,
            }
            for row in rows[:most]
        ]
    jobs = [job for job in jobs if Path(job["path"]).stat().st_size <= 8 << 20]
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], input=json.dumps(jobs), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return list(json.loads(done.stdout))


def test_nothing_is_loaded_after_prepare(demo_case: Path) -> None:
    assert late(Case.open(demo_case / "case"), 900) == []


@pytest.mark.corpora
@pytest.mark.parametrize("archive", ["office", "outlook", "images"])
def test_nothing_is_loaded_late_for_strangers_files(archive: str, corpora: Path, tmp_path: Path, sifted) -> None:
    case = sifted(tmp_path / "case", corpora / f"{archive}.tar.xz", recognise=False)
    with case.facts():
        lost = Document.objects.filter(state="quarantined")
        assert [(row.path, row.reason) for row in lost if "Error" in str(row.reason)] == []
    assert late(case, 800) == []


EXAMINED = """
import json, os, sys
import importlib
from crible.model.errors import Unreadable
from crible.sandbox.window import Window
from crible.sift.wire import Look

paths = json.load(sys.stdin)
module = importlib.import_module("crible.sift.examiners.pdf")
module.prepare()
late = set()
def hook(event, arguments):
    if event == "import" or (event == "open" and isinstance(arguments[0], (str, bytes))):
        late.add(f"{event} {arguments[0]}")
opened = [os.open(path, os.O_RDONLY) for path in paths]
sys.addaudithook(hook)
for descriptor in opened:
    try:
        module.examined(Window.whole(descriptor), Look(0, 0, 0, "application/pdf"))
    except Unreadable:
        pass
print(json.dumps(sorted(late)))
"""


@pytest.mark.corpora
def test_nothing_is_loaded_late_for_a_pdfs_history(corpora: Path, tmp_path: Path) -> None:
    """A codec that was not there behind the walls silenced every PDF signature."""
    with tarfile.open(corpora / "pdf.tar.xz") as archive:
        members = [one for one in archive if "pyhanko" in one.name and one.isfile() and one.size < 1 << 20][:150]
        for number, member in enumerate(members):
            (tmp_path / f"{number}.pdf").write_bytes(archive.extractfile(member).read())
    paths = sorted(str(path) for path in tmp_path.iterdir())
    command = [sys.executable, "-c", EXAMINED]
    done = subprocess.run(command, input=json.dumps(paths), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == []
