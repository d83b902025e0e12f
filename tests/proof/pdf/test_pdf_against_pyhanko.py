"""PDFs made by others: pyHanko's verdicts reproduced, shadow attacks questioned, honest files left in peace."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from crible.assess.checks.pdf import revisions, shadow, signature
from crible.assess.relations import Relations
from crible.extract.pdf_structure import structure
from crible.extract.readers import read_file
from crible.model.errors import Unreadable
from crible.model.evidence import Says, Strength
from crible.model.examined import Examined
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.proof.pdf.examine import examine
from crible.proof.pdf.signatures import COVERAGE, LEVELS
from crible.sandbox.window import Window

pytestmark = pytest.mark.corpora

ALARMS = {
    "doc_2_3_pages.pdf": "an update that puts “Document 2” for “Document 1” on three pages",
    "veraPDF test suite 6-1-12-t02-fail-b.pdf": "made to fail: the signed bytes were edited",
    "extensions-indirect-not-all-paths.pdf": "made for pyHanko to refuse",
    "form-update-ap-indirect-sneaky-trailer.pdf": "made for pyHanko to refuse",
    "form-update-no-override-appearance-stream-ap-indirect-sneaky.pdf": "made for pyHanko to refuse",
    "form-update-override-appearance-stream-ap-indirect-sneaky.pdf": "made for pyHanko to refuse",
    "form-update-override-appearance-stream-sneaky.pdf": "made for pyHanko to refuse",
    "one-byterange.pdf": "made to leave bytes uncovered",
    "signature-gap-too-big.pdf": "made to leave bytes uncovered",
    "tail-uncovered.pdf": "made to leave bytes uncovered",
    "weird-byterange.pdf": "made to leave bytes uncovered",
}
"""Every file outside the shadow attacks that a check of PDF histories questions, and what is odd about it."""


@pytest.fixture(scope="module")
def unpacked(unpack: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    for name in ("pdf", "invoices"):
        unpack(name, folder)
    return folder


def test_verdicts_are_those_of_pyhanko(unpacked: Path) -> None:
    compared = 0
    for path in sorted(unpacked.rglob("*.pdf")):
        data = path.read_bytes()
        expected = _oracle(data) if b"/ByteRange" in data else {}
        if not expected:
            continue
        with path.open("rb") as file:
            found = examine(Window.whole(file.fileno()))
        ours = {
            one.field: (one.word == "pass", one.coverage, one.modified or "none", one.fits)
            for one in found.signatures
            if one.word in {"pass", "altered"}
        }
        assert ours == expected | {name: ours[name] for name in ours if name not in expected}, path.name
        compared += len(expected)
    assert compared >= 50


def _oracle(data: bytes) -> dict[str, tuple[bool, str, str, bool]]:
    """What pyHanko says of each signature, run as its own documentation shows, without trust."""
    found = {}
    try:
        embedded = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
    except Exception:  # noqa: BLE001  not a file that pyHanko opens
        return {}
    for one in embedded:
        trust = ValidationContext(trust_roots=[], allow_fetching=False, revocation_mode="soft-fail")
        validate = validate_pdf_timestamp if one.sig_object_type == "/DocTimeStamp" else validate_pdf_signature
        try:
            status = validate(one, trust)
        except Exception:  # noqa: BLE001  it refuses to answer
            continue
        level = LEVELS[status.modification_level] if status.modification_level is not None else "none"
        fits = bool(one.summarise_integrity_info()["docmdp_ok"])
        found[one.field_name] = (status.intact and status.valid, COVERAGE.get(status.coverage, "part"), level, fits)
    return found


def test_shadow_attacks_are_questioned_and_honest_files_are_not(unpacked: Path) -> None:
    attacks, alarms, read = set(), set(), 0
    for path in sorted(unpacked.rglob("*.pdf")):
        questioned = _questioned(path)
        read += questioned is not None
        shadowed = "pdf-shadow-attacks" in path.parts
        if questioned:
            (attacks if shadowed else alarms).add(f"{path.parent.name}/{path.name}" if shadowed else path.name)
    signed = {f"{path.parent.name}/{path.name}" for path in unpacked.rglob("[34]_original*.pdf")}
    assert len(signed) == 7
    assert attacks == signed
    assert alarms == set(ALARMS)
    assert read > 600


def _questioned(path: Path) -> bool | None:
    """Whether our checks question a file at all; None where it cannot be read."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        window = Window.whole(descriptor)
        laid = structure(window)
        if len(laid.revisions) < 2 and not laid.signatures:
            return False
        read_file(window, "application/pdf")
        near = Relations(examined=Examined(pdf=examine(window)))
    except Unreadable:
        return None
    finally:
        os.close(descriptor)
    reading = Reading("application/pdf", file=FileFacts())
    for check in (revisions, signature, shadow):
        for answer in check.look_around(reading, near):
            if answer.says is Says.QUESTIONS and (answer.strength or check.CHECK.strength) is Strength.MODERATE:
                return True
    return False
