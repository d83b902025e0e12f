"""PDFs with a history through the whole machine: examined inside the walls, weighed, and one by itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pdf_history_made as made
import pytest

from crible.model.examined import PdfExamined
from crible.proof.pdf.examine import examine
from crible.sandbox.pool import Done, Fault, Pool
from crible.sandbox.window import Window
from crible.sift.wire import Look, Looked

ALTERED = made.rewritten(made.paper(), ("Devis no 17", "Total a payer 18214 EUR", made.LINES[2]))
HIDDEN = made.signed(made.paper(extra=made.OVER_TOTAL, objects=[made.picture()]))
FORM = made.with_field(made.paper(), "nom", "", (300, 300, 500, 330))
CALM = made.stamped(made.proved(made.signed(made.filled(made.signed(FORM), "Claire", 0), "Signature2")))


def test_inside_the_walls_the_same_is_found(tmp_path: Path) -> None:
    descriptors = []
    for number, data in enumerate((ALTERED, HIDDEN, CALM)):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        descriptors.append(os.open(path, os.O_RDONLY))
    found = {}
    with Pool("crible.sift.examiners.pdf:handle", size=1) as pool:
        for number, descriptor in enumerate(descriptors):
            look = Look(number, 0, os.fstat(descriptor).st_size, "application/pdf")
            pool.submit(number, msgspec.msgpack.encode((look,)), [descriptor])
        for event in pool.events():
            assert not isinstance(event, Fault)
            if isinstance(event, Done):
                looked = msgspec.msgpack.decode(event.payload, type=Looked)
                found[looked.document] = msgspec.msgpack.decode(looked.facts, type=PdfExamined)
    for number, descriptor in enumerate(descriptors):
        assert found[number] == examine(Window.whole(descriptor))
        os.close(descriptor)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """What `crible weigh` says of each file."""
    folder = tmp_path_factory.mktemp("weigh")
    files = {"altered.pdf": ALTERED, "hidden.pdf": HIDDEN, "calm.pdf": CALM, "plain.pdf": made.paper()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "crible", "weigh", "--json", *(str(folder / name) for name in files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    decoder, said, found = json.JSONDecoder(), done.stdout.lstrip(), []
    while said:
        answer, end = decoder.raw_decode(said)
        found.append(answer)
        said = said[end:].lstrip()
    return dict(zip(files, found, strict=True))


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("altered.pdf", "questioned"),
        ("hidden.pdf", "questioned"),
        ("calm.pdf", "unattested"),
        ("plain.pdf", "unattested"),
    ],
)
def test_a_file_by_itself_is_weighed_with_its_history(answers: dict[str, dict], name: str, level: str) -> None:
    assert answers[name]["grade"]["level"] == level


def test_both_sums_are_shown(answers: dict[str, dict]) -> None:
    (row,) = [row for row in answers["altered.pdf"]["evidence"] if row["message"] == "revision-replaced"]
    assert ("58214" in row["fact"], "18214" in row["fact"]) == (True, True)


def test_a_certificate_of_nobody_known_vouches_for_nothing(answers: dict[str, dict]) -> None:
    rows = [row for row in answers["calm.pdf"]["evidence"] if row["says"] == "supports"]
    assert {row["strength"] for row in rows} == {"weak"}
    assert [row["message"] for row in rows].count("pdf-signed-revision") == 2
