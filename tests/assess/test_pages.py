"""The committed pages are those the checks write today."""

from pathlib import Path

from crible.assess.checks import CHECKS
from crible.assess.pages import check_page, contents_page

DOCS = Path(__file__).parents[2] / "docs" / "checks"


def test_the_pages_are_not_stale() -> None:
    expected = {f"{check.id}.md": check_page(check) for check in CHECKS} | {"README.md": contents_page()}
    assert {path.name: path.read_text(encoding="utf-8") for path in DOCS.iterdir()} == expected


def test_a_page_shows_sentences_with_their_fields_by_name() -> None:
    page = check_page(next(check for check in CHECKS if check.id == "mail.copies"))
    assert "says “⟨theirs⟩” where this one says “⟨ours⟩”" in page
    assert "A draft was kept beside what was sent." in page
