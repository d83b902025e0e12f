"""The notebook of docs/ runs, cell by cell, against a real desk over the fictional leak."""

import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebooks" / "case.ipynb"
SERVE = """
import sys
from pathlib import Path
from crible.store.case import Case
from crible.web.server import Desk
case = Case.open(Path(sys.argv[1]))
with Desk([case], 0) as desk:
    from crible.review import tokens
    from crible.review.people import owner
    print(desk.link.partition("/login/")[0], flush=True)
    print(tokens.make(owner(), case.uuid, "notebook", (), 1)[0], flush=True)
    desk.run()
"""


def test_the_notebook_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crible = Path(sys.executable).with_name("crible")
    environment = {"PATH": os.environ["PATH"], "CRIBLE_DESK": str(tmp_path / "desk"), "HOME": str(tmp_path)}
    subprocess.run([crible, "demo", tmp_path / "demo"], check=True, capture_output=True, env=environment, timeout=240)
    command = [sys.executable, "-c", SERVE, str(tmp_path / "demo" / "case")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        try:
            assert desk.stdout
            monkeypatch.setenv("CRIBLE_DESK_URL", desk.stdout.readline().strip())
            monkeypatch.setenv("CRIBLE_TOKEN", desk.stdout.readline().strip())
            said = run(json.loads(NOTEBOOK.read_text(encoding="utf-8")))
        finally:
            desk.terminate()
    account, checks, worst, shelf = said[1:]
    assert "provisional: False" in account
    assert "received {" in account
    assert "file.same-attachment" in checks or "mail." in checks
    assert "questions decisive" in worst or "questions strong" in worst
    assert int(shelf.split(" shown; ")[1].split()[0]) > 0


def run(notebook: dict) -> list[str]:
    """What each code cell prints, in one namespace."""
    names: dict = {}
    said = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            with redirect_stdout(StringIO()) as out:
                exec("".join(cell["source"]), names)
            said.append(out.getvalue())
    return said
