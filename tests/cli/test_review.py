"""crible review: the marks and the log of a desk, from the command line."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

MARK = """
import sys
from pathlib import Path
from crible.web.server import desk_folder, furnish
furnish(desk_folder())
from django.core.management import call_command
call_command("migrate", database="default", verbosity=0, interactive=False)
from crible.review import marks, people
from crible.store.case import Case
case = Case.open(Path(sys.argv[1])).uuid
for state in ("to-verify", "relevant", "cleared"):
    marks.set_state(people.owner(), case, "a" * 64, state)
marks.tag(people.owner(), case, "a" * 64, "salle")
"""


def run(desk: Path, *arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    """A process of its own: the desk's settings are loaded once a process."""
    environment = {**os.environ, "CRIBLE_DESK": str(desk), "CRIBLE_LANG": "en"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture
def desk(tmp_path: Path, case: Path) -> Path:
    run(tmp_path / "desk", "-c", MARK, case)
    return tmp_path / "desk"


def test_marks_and_log_are_written(desk: Path, case: Path, tmp_path: Path) -> None:
    run(desk, "-m", "crible", "review", "export", "--case", case, "--out", tmp_path / "marks.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "marks.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["kind"], row["value"]) for row in rows] == [("state", "cleared"), ("tag", "salle")]
    table = run(desk, "-m", "crible", "review", "export", "--case", case, "--log", "--format", "csv").stdout
    assert table.splitlines()[0] == "case,number,at,by,act,document,params,previous,hash"
    assert len(table.splitlines()) == 5


def test_a_log_that_somebody_wrote_in_is_told_from_a_whole_one(desk: Path, case: Path) -> None:
    whole = run(desk, "-m", "crible", "review", "check", "--case", case).stdout
    assert whole.startswith("4 lines, each following the one before unbroken.\nHead, line 4: ")
    with sqlite3.connect(desk / "desk.sqlite3") as database:
        database.execute("DROP TRIGGER review_entry_unchanged")
        database.execute("UPDATE review_entry SET by = 'nobody' WHERE number = 2")
    broken = run(desk, "-m", "crible", "review", "check", "--case", case, code=3)
    assert "Line 2 does not follow the one before" in broken.stderr
