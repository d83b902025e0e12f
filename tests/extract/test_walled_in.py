"""The readers where they really run: behind Landlock, seccomp and 2 GB of address space."""

import io
import json
import multiprocessing
import os
import resource
import sys
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
import python_calamine

from crible.extract.ooxml import DOCX, PPTX, XLSX
from crible.model.ledger import Isolation
from crible.sandbox.pool import Done, Pool

CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "koi8-r")


@pytest.fixture
def ask(monkeypatch):
    """Read files in one walled-in child; (path, answer) each, or (path, Fault)."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parent)])

    def run(paths):
        with Pool("extract_tasks:run", size=1) as pool:
            for path in paths:
                descriptor = os.open(path, os.O_RDONLY)
                pool.submit(path, path.name.encode(errors="replace"), [descriptor])
                os.close(descriptor)
                for event in pool.events():
                    yield event.key, json.loads(event.payload) if isinstance(event, Done) else event
            assert pool.isolation is not Isolation.NONE

    return run


def test_nothing_is_opened_after_the_walls_are_up(ask, tmp_path, docx, xlsx, pptx, pdf):
    words = "Vous trouverez la facture du mois de mars, comme convenu."
    wide = "Где лежит счёт за март? 附件是发票。"
    samples = {
        "a.docx": docx(f"<w:p><w:r><w:t>{words} {wide}</w:t></w:r></w:p>"),
        "b.xlsx": xlsx([("F", "visible", f'<row><c t="inlineStr"><is><t>{words}</t></is></c></row>')]),
        "c.pptx": pptx([words]),
        "d.pdf": pdf([words, ""], "/CreationDate(D:2017)"),
        **{f"{codec}.txt": wide[:24].encode(codec) for codec in CODECS},
        "bom.html": b"\xef\xbb\xbf<p>" + wide.encode(),
        "e.html": '<meta charset="cp1251"><p>Где лежит счёт'.encode("cp1251"),
        "f.txt": f"{words} É".encode("cp1252"),
    }
    for name, data in samples.items():
        (tmp_path / name).write_bytes(data)
    for path, answer in ask(sorted(tmp_path.iterdir())):
        assert isinstance(answer, dict), (path, answer)
        assert answer["state"] == "read", (path, answer)
        assert any(word in answer["text"] for word in ("facture", "Где лежит")), (path, answer)


def xml_text(archive, part):
    """Running text of a part as the standard library sees it: elements named t, apart where lines or cells are."""
    root = ElementTree.fromstring(archive.read(part))
    for parent in list(root.iter()):
        for child in [each for each in parent if each.tag.endswith("}Fallback")]:
            parent.remove(child)
    apart = ("}p", "}br", "}cr", "}tab")
    return "".join(
        element.text or "" if element.tag.endswith("}t") else " " * element.tag.endswith(apart)
        for element in root.iter()
    )


def oracle(path, mime):
    """Words an independent reader finds, None where it cannot read the file either."""
    try:
        if mime == XLSX:
            book = python_calamine.load_workbook(io.BytesIO(path.read_bytes()))
            rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).iter_rows()]
            return " ".join(cell for row in rows for cell in row if isinstance(cell, str)).split()
        with zipfile.ZipFile(path) as archive:
            parts = [name for name in archive.namelist() if name.startswith(("word/document", "ppt/slides/slide"))]
            return " ".join(xml_text(archive, part) for part in parts).split() if parts else None
    except Exception:  # noqa: BLE001
        return None


def capped_oracle(path, mime, channel):
    resource.setrlimit(resource.RLIMIT_AS, (3 << 29, 3 << 29))
    channel.send(oracle(path, mime))


def independent(path, mime):
    """The oracle in a process of its own: calamine aborts on some of these."""
    near, far = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=capped_oracle, args=(path, mime, far))
    process.start()
    far.close()
    try:
        return near.recv()
    except EOFError:
        return None
    finally:
        process.join()


def files_below(unpack, cache, names):
    for name in names:
        target = unpack(name, cache / name)
        yield from sorted(path for path in target.rglob("*") if path.is_file() and path.suffix != ".uu")


@pytest.mark.corpora
def test_real_and_hostile_files(ask, unpack, tmp_path):
    """Every file ends; of those that an independent reader reads, 98 % are read, and its words are all there."""
    states, missed, short, judged = Counter(), [], [], 0
    for path, answer in ask(list(files_below(unpack, tmp_path, ("office", "pdf", "hostile")))):
        assert isinstance(answer, dict), f"{path.name} killed its reader: {answer}"
        states[answer.get("code", "read")] += 1
        mime = answer["mime"]
        if mime in {DOCX, XLSX, PPTX} and answer.get("code") != "encrypted":
            words = independent(path, mime)
            if words is not None:
                judged += 1
                if answer["state"] != "read":
                    missed.append((path.name, answer["params"]))
                elif len(lost := Counter(words) - Counter(answer["text"].split())) > max(3, len(set(words)) // 50):
                    short.append((path.name, lost.most_common(5)))
    assert set(states) <= {"read", "no-reader", "corrupt", "encrypted", "budget", "empty"}
    assert judged > 300
    assert len(missed) <= judged * 0.02, missed
    assert len(short) <= judged * 0.02, short
