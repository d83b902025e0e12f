"""Grades are told per class, so a class that changes must be stored again though the grade stays."""

from pathlib import Path

from leak_maker import mail, mbox

from crible.sift.tally import tally
from crible.store.case import Case
from crible.store.setup import ready


def classes(case: Path) -> dict[str, int]:
    ready()
    with Case.open(case).facts():
        return {row.kind: row.total for row in tally()}


def test_a_loose_file_that_a_later_source_carries_becomes_an_attached_one(
    crible, tmp_path: Path, django_db_blocker
) -> None:
    (tmp_path / "devis.txt").write_bytes(b"DEVIS 2450\n")
    box = mbox(tmp_path / "boite.mbox", [mail("Devis", "Ci-joint.\n", attach=b"DEVIS 2450\n", serial=1)])
    case = tmp_path / "case"
    with django_db_blocker.unblock():
        crible("sift", tmp_path / "devis.txt", "--case", case)
        assert classes(case) == {"loose": 1}
        crible("sift", box, "--case", case)
        assert classes(case) == {"sent": 1, "attached": 1}
