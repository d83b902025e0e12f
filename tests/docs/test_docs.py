"""The documentation is true: its sessions run, its reference is the program's, its links lead somewhere."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from doc_blocks import ROOT, agrees, blocks, pages, reference, run, steps

from crible.assess.checks import CHECKS
from crible.cli.main import app
from crible.cli.pages import commands
from crible.extract.readers import READERS
from crible.index.fields import FIELDS
from crible.intake.walk import CONTAINERS
from crible.model.grade import Level
from crible.model.ledger import FINAL, Isolation
from crible.sandbox.probe import probe
from crible.words import render

DOCS = ROOT / "docs"
WRITTEN = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


@pytest.mark.parametrize("page", pages(), ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_shows_what_its_commands_print(page: Path, demo_case: Path, programs: Path, tmp_path: Path) -> None:
    if page.name == "doctor.md" and probe().isolation is not Isolation.FULL:
        pytest.skip("the page shows a machine that isolates fully; this one does not")
    shutil.copytree(demo_case, tmp_path / "demo-leak")
    for session in blocks(page):
        for step, printed in zip(session, run(session, tmp_path, programs), strict=True):
            assert agrees(step.output, printed), f"{step.command}\n" + "\n".join(printed) + "\nRun scripts/docs."


def test_elisions_stand_for_what_is_left_out_and_for_nothing_else() -> None:
    assert agrees(("one", "…", "four"), ["one", "two", "three", "four"])
    assert agrees(("a … c",), ["a bb c"])
    assert not agrees(("one", "…", "four"), ["one", "two"])
    assert not agrees(("a … c",), ["a", "c"])
    assert not agrees((), ["said something"])
    assert [step.command for step in steps("$ cat <<E\n> a\n> E\na\n$ true")] == ["cat <<E\na\nE", "true"]


def test_a_session_that_fails_fails_the_test(tmp_path: Path, programs: Path) -> None:
    with pytest.raises(AssertionError, match="exit 1"):
        run(steps("$ crible show x --case nowhere"), tmp_path, programs)


def test_the_reference_is_what_help_prints() -> None:
    assert (DOCS / "cli.md").read_text(encoding="utf-8") == reference(), "run scripts/docs"


def test_the_reference_names_every_command_and_option() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in commands(typer.main.get_command(app), "crible"):
        _, _, section = text.partition(f"\n## {name}\n")
        section = section.partition("\n## ")[0]
        assert section, name
        for parameter in command.params:
            for written in parameter.opts if parameter.param_type_name == "option" else [parameter.metavar]:
                assert written in section, (name, written)


def test_every_command_is_used_in_a_guide_and_has_an_example() -> None:
    guides = "\n".join(page.read_text(encoding="utf-8") for page in WRITTEN if page.name != "cli.md")
    for name, command in commands(typer.main.get_command(app), "crible"):
        if not getattr(command, "commands", None):
            assert f"{name} " in guides, name
            assert f"Example: {name}" in command.help or f"Exemple : {name}" in command.help, name


def test_every_check_has_its_page() -> None:
    for check in CHECKS:
        assert (DOCS / "checks" / f"{check.id}.md").is_file(), check.id


def test_every_word_of_the_program_is_explained() -> None:
    ledger = (DOCS / "howto" / "ledger.md").read_text(encoding="utf-8")
    assert [state for state in FINAL if f"`{state}`" not in ledger] == []
    search = (DOCS / "howto" / "search.md").read_text(encoding="utf-8")
    assert [field for field in FIELDS if f"`{field}`" not in search] == []
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [level for level in Level if render("grades", level, {"domain": "DOMAIN"}) not in readme] == []
    formats = (DOCS / "formats.md").read_text(encoding="utf-8").lower()
    assert [name for name in CONTAINERS if name not in formats] == []
    assert [word for word in ("pdf", "docx", "xlsx", "pptx", "html", "csv") if word not in formats] == []
    assert len(READERS) > 10


def test_the_export_page_names_every_field(demo_case: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crible", "export", "--case", demo_case / "case"], capture_output=True, check=True
    )
    page = (DOCS / "export.md").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    names = {name for row in rows for name in row}
    names |= {name for row in rows for name in row["grade"] or ()}
    names |= {name for row in rows for one in row["evidence"] for name in one}
    assert sorted(name for name in names if f"`{name}" not in page) == []


def test_links_lead_somewhere() -> None:
    dead = [(page.name, link) for page in WRITTEN for link in _links(page) if not (page.parent / link).exists()]
    assert dead == []


def test_every_page_can_be_reached_from_the_index() -> None:
    seen, todo = set(), [DOCS / "README.md", ROOT / "README.md"]
    while todo:
        page = todo.pop().resolve()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            todo += [page.parent / link for link in _links(page)]
        elif page.is_dir():
            todo += page.glob("*.md")
    assert [page.name for page in WRITTEN if page.resolve() not in seen] == []


def test_nothing_in_the_pages_betrays_the_machine_they_were_written_on() -> None:
    for page in WRITTEN:
        assert not re.search(r"/(work|tmp|root|Users)/", page.read_text(encoding="utf-8")), page


def _links(page: Path) -> Iterator[str]:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    for link in re.findall(r"\]\(([^)#\s]+)", text):
        if "://" not in link:
            yield link
