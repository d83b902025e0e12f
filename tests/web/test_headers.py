"""What every answer carries."""

import pytest
from django.test import Client
from inert import Page

PAGES = (
    "",
    "search/",
    "search/?q=(",
    "search/?q=devis",
    "ledger/",
    "ledger/unreadable/",
    "keys/",
    "words/",
    "documents/",
    "nowhere/",
)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_allows_a_script_within_it_or_another_site(visitor: Client, slug: str, page: str) -> None:
    answer = visitor.get(f"/{slug}/{page}")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", PAGES)
def test_pages_hold_nothing_that_the_policy_forbids(visitor: Client, slug: str, page: str) -> None:
    assert Page(visitor.get(f"/{slug}/{page}").content.decode()).problems == []


def test_the_style_sheet_is_served_to_all_and_frames_nothing(stranger: Client) -> None:
    answer = stranger.get("/static/desk/built/style.css")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in answer


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_page_takes_a_writing_method(visitor: Client, slug: str, ids: dict[str, str], method: str) -> None:
    for page in ("", "search/", "ledger/", "keys/", "words/", f"document/{ids['note.txt']}/"):
        assert getattr(visitor, method)(f"/{slug}/{page}").status_code == 405
