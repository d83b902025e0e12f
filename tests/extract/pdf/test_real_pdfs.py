"""Real PDFs of others: read as an independent reader reads them, and left in peace by our questions."""

import contextlib
from itertools import chain

import pytest
from iscc_tika import Extractor

from crible.assess.checks import CHECKS
from crible.assess.relations import Relations
from crible.assess.run import weigh_corpus, weigh_local
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.model.errors import Unreadable
from crible.model.evidence import Says, Strength
from crible.sandbox.window import Window

OURS = frozenset(
    f"pdf.{name}"
    for name in (
        "dates", "producer-age", "editor", "fonts", "text-against-picture", "page-provenance", "hidden-text",
        "scan-marks",
    )
)  # fmt: skip
ODD_CIPHERS = ("issue19484_2.pdf",)
"""Opens in one other reader: a cipher named identity that is none."""


@pytest.fixture(scope="module")
def read(unpack, tmp_path_factory):
    """Path and Reading, or the reason, of every PDF of two corpora."""
    folder = tmp_path_factory.mktemp("pdf")
    for name in ("pdf", "invoices"):
        unpack(name, folder / name)
    found = []
    for path in sorted(chain(folder.rglob("*.pdf"), folder.rglob("*.PDF"))):
        with path.open("rb") as file:
            window = Window.whole(file.fileno())
            if sniff(window) == "application/pdf":
                try:
                    found.append((path, read_file(window, "application/pdf")))
                except Unreadable as error:
                    found.append((path, error))
    return found


@pytest.mark.corpora
def test_what_an_independent_reader_reads_is_read(read):
    """Of 683, the other finds text in one that we refuse; what it reads as empty is no miss."""
    extractor = Extractor()
    missed = []
    for path, answer in read:
        if isinstance(answer, Unreadable) and path.name not in ODD_CIPHERS:
            with contextlib.suppress(Exception):
                if str(extractor.extract_file_to_string(str(path))[0]).strip():
                    missed.append((path.name, answer.code))
    assert len(read) > 600
    assert len(missed) <= len(read) * 0.005, missed


@pytest.mark.corpora
def test_honest_files_are_left_in_peace(read):
    checks = [check for check in CHECKS if check.id in OURS]
    readings = [(path, answer) for path, answer in read if not isinstance(answer, Unreadable)]
    questioned = []
    for path, reading in readings:
        rows = weigh_local(reading, checks)[0] + weigh_corpus(reading, Relations(), checks)[0]
        counting = [row for row in rows if row.evidence.says is Says.QUESTIONS and row.strength is not Strength.WEAK]
        questioned += [(path.name, row.evidence.message) for row in counting]
        assert "check-failed" not in [row.evidence.message for row in rows], path.name
    assert len(checks) == len(OURS)
    assert len(readings) > 600
    assert questioned == []
