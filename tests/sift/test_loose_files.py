"""Files beside the boxes from source to evidence: where they lie, when they say they were saved, who saved them."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from leak_maker import mail, mbox

from crible.demo.paper.docx import docx
from crible.demo.paper.ooxml import Origin
from crible.demo.story.loose import loose_files
from crible.demo.tamper import tables
from crible.sift.export import lines
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case


def note(words: str, saved: str = "2017-03-02T09:30:00Z") -> bytes:
    origin = Origin(words, "Nadia Amsellem", "Nadia Amsellem", "2017-03-01T08:00:00Z", saved)
    return docx([words, "La réunion est reportée à jeudi, la salle reste la même."], origin)


def packed(data: bytes, moment: tuple[int, int, int, int, int, int]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("dossier/note.docx", moment), data)
    return buffer.getvalue()


def nested() -> bytes:
    """An archive in an archive; each holds a file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("dehors.docx", note("dehors"))
        archive.writestr("f.zip", packed(note("dedans"), (2017, 3, 3, 8, 0, 0)))
    return buffer.getvalue()


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """A box with one attached file and one in an attached archive; loose files, some in an archive; three batches."""
    root = tmp_path_factory.mktemp("loose") / "leak"
    root.mkdir()
    mails = [
        mail("Note", "Voici.", attach=note("attachée"), name="note.docx", serial=1),
        mail("Dossier", "Voici.", attach=packed(note("emballée"), (2017, 3, 3, 8, 0, 0)), name="d.zip", serial=2),
        mail("Dossiers", "Voici.", attach=nested(), name="e.zip", serial=3),
    ]
    mbox(root / "boite.mbox", mails)
    (root / "avant.zip").write_bytes(packed(note("remballée", "2017-04-20T10:00:00Z"), (2017, 4, 2, 8, 0, 0)))
    (root / "tard.docx").write_bytes(note("tardive", "2017-05-03T10:00:00Z"))
    for path, data in loose_files().items() | {(deed.where.path, deed.where.data) for deed in tables.play()}:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    made = Case.create(root.parent / "case")
    sift(made, [root], Options(jobs=2), Watch())
    made.record("custody", {"claimed_last": "2017-04-24"})
    sift(made, [], Options(jobs=1), Watch())  # what the case's owner states is weighed anew
    return made


@pytest.fixture(scope="module")
def exported(case: Case) -> list[dict]:
    with case.facts():
        return list(lines())


def messages(exported: list[dict], ending: str) -> set[str]:
    line = next(line for line in exported if any(path.endswith(ending) for path in line["paths"]))
    return {row["message"] for row in line["evidence"]}


def test_what_no_mail_carries_is_said_to_lie_outside(exported: list[dict]) -> None:
    outside = {"leak/tard.docx", "leak/avant.zip/dossier/note.docx", "salles.xlsx"}
    assert all("outside-mail" in messages(exported, path) for path in outside)
    carried = ("2~note.docx", "d.zip/dossier/note.docx", "e.zip/dehors.docx", "f.zip/dossier/note.docx")
    assert not any("outside-mail" in messages(exported, path) for path in carried)


def test_the_archives_own_time_is_a_note_where_it_comes_first(exported: list[dict]) -> None:
    assert "archive-earlier" in messages(exported, "leak/avant.zip/dossier/note.docx")
    assert "archive-earlier" not in messages(exported, "d.zip/dossier/note.docx")


def test_what_is_later_than_the_publishers_claim_is_questioned(exported: list[dict]) -> None:
    late = {line["paths"][0] for line in exported for row in line["evidence"] if row["message"] == "later-than-claim"}
    assert late == {"leak/tard.docx"}
    (line,) = (line for line in exported if line["paths"] == ["leak/tard.docx"])
    assert line["grade"]["level"] == "questioned"


def test_the_batch_is_questioned_and_the_innocent_ones_are_calm(exported: list[dict]) -> None:
    levels: dict[str, set[str]] = {}
    for line in exported:
        folder, _, _ = line["paths"][0].rpartition("/")
        if line["grade"]:
            levels.setdefault(folder.removeprefix("leak/pieces/tableaux/"), set()).add(line["grade"]["level"])
    assert levels["divers"] == {"questioned"}
    assert levels["suivi-2016"] == levels["northbridge"] == {"unattested"}


def test_no_one_is_named_as_whoever_did_it(exported: list[dict]) -> None:
    """The name stands in sentences only as what the files say."""
    facts = [row["fact"] for line in exported for row in line["evidence"] if tables.STRANGER in row["fact"]]
    assert facts
    assert all("names no one" in fact and re.search(r"\b(?:says? that|gives?)\b", fact) for fact in facts)


def test_a_claim_that_is_no_date_is_said_to_be_none(case: Case, tmp_path: Path) -> None:
    from crible.model.errors import CaseError
    from crible.sift.standings import claimed_last

    other = Case.create(tmp_path / "case")
    assert claimed_last(other) is None
    other.record("custody", {"claimed_last": "un jour"})
    with pytest.raises(CaseError, match="case-broken"):
        claimed_last(other)
    assert claimed_last(case) == 1_493_078_399
