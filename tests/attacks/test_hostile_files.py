"""Files made to exhaust, hide or confuse: every member ends as a row, and the work stays within the file's size."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from attack_forge import attach, mail, multipart

from crible.extract.warm import package
from crible.intake.budget import Budget
from crible.model.entry import Begin
from crible.sift import worker
from crible.sift.wire import Job, Outcome, decode

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
NAMES = ("../../etc/passwd", "a/b", "\u202egpj.exe", "C:\\x\\y.txt", "con", "a" * 3000, ".", "\n", "x" + "/" * 50)


def nested_streams(number: int, pad: int) -> bytes:
    """A PDF whose attachments lie in one another: each stream runs over all that follow it to the end."""
    listed = b"".join(b"(f%d)%d 0 R" % (n, 1000 + n) for n in range(number))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[" + listed + b"]>>>>>>endobj\n",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n",
    }
    objects |= {1000 + n: b"<</Type/Filespec/F(f%d)/EF<</F %d 0 R>>>>endobj\n" % (n, 2000 + n) for n in range(number)}
    head = len(b"2000 0 obj<</Length %012d>>stream\n" % 0)
    for n in range(number):
        objects[2000 + n] = b"<</Length %012d>>stream\n" % ((number - 1 - n) * head + pad)
    data, table = b"%PDF-1.7\n", b"xref\n0 1\n0000000000 65535 f \n"
    for key, text in objects.items():
        table += b"%d 1\n%010d 00000 n \n" % (key, len(data))
        data += b"%d 0 obj" % key + text
    data += b"A" * pad + b"\nendstream endobj\n"
    return data + table + b"trailer<</Root 1 0 R/Size 9999>>\nstartxref\n%d\n%%%%EOF\n" % len(data)


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def pdf_with(files: dict[str, bytes]) -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    for name, data in files.items():
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def opened(data: bytes, name: str) -> tuple[Outcome, list[Any]]:
    """What a child makes of one file, outside of its walls."""
    emitted: list[Any] = []
    descriptor = os.memfd_create("hostile")
    try:
        with os.fdopen(os.dup(descriptor), "wb") as file:
            file.write(data)
        job = Job(1, 0, len(data), name)
        return worker._outcome(job, [descriptor], Budget(), lambda frame: emitted.append(decode(frame))), emitted
    finally:
        os.close(descriptor)


def test_streams_that_lie_in_one_another_give_no_more_than_the_file_holds() -> None:
    data = nested_streams(60, 100_000)
    outcome, emitted = opened(data, "nest.pdf")
    assert outcome.closed is not None
    assert outcome.closed.listed == 60
    assert sum(len(one) for one in emitted if isinstance(one, bytes)) <= len(data)
    assert sum(isinstance(one, Begin) for one in emitted) == 60


def test_a_zip_dressed_as_a_document_is_opened_as_a_zip() -> None:
    """Else two empty members with the right names would keep all the others from being listed."""
    dressed = zipped({"[Content_Types].xml": b"<Types/>", "_rels/.rels": b"<R/>", "comptes.txt": b"1 500 euros"})
    outcome, emitted = opened(dressed, "comptes.docx")
    assert (outcome.container, outcome.closed and outcome.closed.listed) == ("zip", 3)
    assert "comptes.txt" in {one.name for frame in emitted for one in (frame if isinstance(frame, tuple) else (frame,))
                             if hasattr(one, "name")}  # fmt: skip


def leak(folder: Path) -> None:
    folder.mkdir()
    core = b"Le mot de la fin, 1 500 euros.\n"
    for _ in range(7):
        core = pdf_with({"e.bin": zipped({"a.bin": core, "b.txt": b"%d" % len(core)})})
        inside = multipart(("Content-Type: text/plain", "Voir.\n"), attach("d.bin", core))
        core = mail(inside, kind='multipart/mixed; boundary="b"')
    (folder / "chain.eml").write_bytes(core)
    (folder / "names.pdf").write_bytes(pdf_with({f"{name}{n}": b"%d" % n for n, name in enumerate(NAMES)}))
    (folder / "nest.pdf").write_bytes(nested_streams(60, 100_000))
    (folder / "many.pdf").write_bytes(pdf_with({f"o{n}.txt": b"t%d" % n for n in range(300)}))


def crible(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "crible", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The leak's export by one child and by two."""
    folder = tmp_path_factory.mktemp("hostile")
    leak(folder / "leak")
    for jobs in ("1", "2"):
        crible(folder, "sift", "leak", "--case", f"case{jobs}", "--jobs", jobs)
    return [crible(folder, "export", "--case", f"case{jobs}") for jobs in ("1", "2")]


def test_hostile_files_are_told_alike_however_many_children_read_them(exports: list[str]) -> None:
    assert exports[0] == exports[1]


def test_nesting_ends_at_the_cap_and_no_name_leads_out(exports: list[str]) -> None:
    lines = [json.loads(line) for line in exports[0].splitlines()]
    paths = [path for line in lines for path in line["paths"]]
    chain = [path for path in paths if path.startswith("leak/chain.eml")]
    assert max(path.count(".bin") for path in chain) == 15
    assert not [path for path in paths if ".." in path.split("/") or any(letter in path for letter in "\u202e\n\0")]
    assert sum(path.startswith("leak/names.pdf/") for path in paths) == len(NAMES)
    assert sum(path.startswith("leak/many.pdf/") for path in paths) == 300


def test_a_file_packed_into_a_document_by_hand_is_a_member_of_it() -> None:
    """No relation names it and no program shows it: it must not be lost for that."""
    buffer = io.BytesIO(
        package({"word/document.xml": (WORD, '<document xmlns="w"><p><r><t>Lettre</t></r></p></document>')})
    )
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("_rels/.rels", "<Relationships/>")
        archive.writestr("word/comptes.pdf", pdf_with({}))
        archive.writestr("liste.dat", b"1 500 euros")
    outcome, emitted = opened(buffer.getvalue(), "lettre.docx")
    assert outcome.container == "file"
    assert {one.name for one in emitted if isinstance(one, Begin)} == {"comptes.pdf", "liste.dat"}
