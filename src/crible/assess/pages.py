"""The page of a check in docs/checks, written from the check object and the catalogue; committed, tested for staleness.

To write them all: `from crible.assess.pages import write_pages; write_pages(Path("docs/checks"))`.
"""

from pathlib import Path

from crible.assess.check import Check
from crible.assess.checks import CHECKS
from crible.assess.sentences import render_innocent
from crible.model.evidence import Strength
from crible.words import render

FIELDS = (
    "bits", "boxes", "by", "check", "count", "domain", "error", "field", "fields", "first", "html", "issuer", "kinds",
    "last", "name", "names", "number", "of", "other", "ours", "page", "path", "plain", "selector", "sender", "signed",
    "source", "step", "stored", "theirs", "type", "when", "written",
)  # fmt: skip
"""Every field that a sentence of domain `evidence` may have."""


def check_page(check: Check, language: str = "en") -> str:
    """One check as Markdown: its question, what it can answer, how that may be innocent, what it rests on."""
    lines = [
        f"# {check.id}",
        "",
        f"**{check.question}**",
        "",
        f"- bears on: {check.bears_on}",
        f"- says at most: {_strength(check, language)}",
        f"- asked: {'of one document alone' if check.look else 'over ' + ', '.join(sorted(check.needs))}",
        f"- version: {check.version}",
        f"- source: {check.source}",
        "",
        "## What it can say",
        "",
        *(f"- `{key}`: {message_shown(key, language)}" for key in check.messages),
    ]
    innocent = render_innocent(check, language)
    if innocent:
        lines += ["", "## How that may be innocent", "", *(f"- {cause}" for cause in innocent)]
    return "\n".join(lines) + "\n"


def message_shown(key: str, language: str = "en") -> str:
    """A message's sentence with its fields by name, in the singular where it has two forms."""
    return render("evidence", key, {name: f"⟨{name}⟩" for name in FIELDS}, language)


def write_pages(folder: Path) -> list[Path]:
    """Write the page of every check of ours, and the list of them; the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / "README.md"]
    written[0].write_text(contents_page(), encoding="utf-8")
    for check in CHECKS:
        path = folder / f"{check.id}.md"
        path.write_text(check_page(check), encoding="utf-8")
        written.append(path)
    return written


def contents_page() -> str:
    """The list of all checks, in the order in which they are asked."""
    rows = [
        f"| [{check.id}]({check.id}.md) | {check.question} | {check.bears_on} | {check.strength} |" for check in CHECKS
    ]
    head = ["# The checks", "", "| check | question | bears on | at most |", "|---|---|---|---|"]
    return "\n".join([*head, *rows]) + "\n"


def _strength(check: Check, language: str) -> str:
    return (
        "a note" if check.strength is Strength.NONE else render("evidence", f"strength-{check.strength}", {}, language)
    )
