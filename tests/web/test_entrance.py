"""Who gets in, how often, and what strangers learn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crible.web import links
from crible.web.models import LoginLink

ROUTES = (
    "/", "/words/", "/{slug}/", "/{slug}/search/", "/{slug}/documents/", "/{slug}/document/{id}/",
    "/{slug}/document/{id}/source/", "/{slug}/document/{id}/page/1.png", "/{slug}/copies/{id}/",
    "/{slug}/ledger/", "/{slug}/ledger/read/",
    "/{slug}/ledger/why/empty/", "/{slug}/keys/", "/{slug}/words/", "/{slug}/boxes/",
    "/{slug}/traces/", "/nowhere/", "/{slug}/nowhere/",
)  # fmt: skip


@pytest.mark.parametrize("route", ROUTES)
def test_a_stranger_sees_the_door_and_nothing_else(
    stranger: Client, slug: str, ids: dict[str, str], route: str
) -> None:
    answer = stranger.get(route.format(slug=slug, id=ids["Devis de la salle"]))
    body = answer.content.decode()
    assert answer.status_code == 403
    assert "crible serve" in body
    assert "Essai" not in body
    assert slug not in body.replace(f'value="{route.format(slug=slug, id=ids["Devis de la salle"])}"', "")


def test_a_link_works_once_and_says_so(stranger: Client) -> None:
    token = links.issue()
    assert stranger.get(f"/login/{token}/").status_code == 302
    again = Client(headers={"host": "127.0.0.1"}).get(f"/login/{token}/")
    assert again.status_code == 403
    assert "This link has been used" in again.content.decode()
    assert stranger.get("/", follow=True).status_code == 200


def test_a_previewer_does_not_spend_the_link(stranger: Client) -> None:
    token = links.issue()
    assert stranger.head(f"/login/{token}/").status_code == 405
    assert stranger.get(f"/login/{token}/").status_code == 302


def test_a_link_expires(stranger: Client) -> None:
    token = links.issue()
    LoginLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    answer = stranger.get(f"/login/{token}/")
    assert answer.status_code == 403
    assert "This link has expired" in answer.content.decode()


def test_a_guess_is_no_link(stranger: Client) -> None:
    links.issue()
    assert "This is no login link" in stranger.get("/login/guess/").content.decode()


def test_only_the_hash_of_a_link_is_kept(stranger: Client) -> None:
    token = links.issue()
    kept = b"".join(bytes(link.digest) for link in LoginLink.objects.all())
    assert token.encode() not in kept
    assert links.use(token) is links.Use.ENTERED


def test_the_session_changes_its_name_at_the_door(stranger: Client) -> None:
    stranger.cookies["crible_desk"] = "chosen-by-an-attacker"
    answer = stranger.get(f"/login/{links.issue()}/")
    cookie = answer.cookies["crible_desk"]
    assert cookie.value != "chosen-by-an-attacker"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_foreign_host_is_refused_everywhere(visitor: Client) -> None:
    for path in ("/", "/static/desk/built/style.css", "/login/x/"):
        answer = visitor.get(path, headers={"host": "evil.example"})
        assert answer.status_code == 400
        assert b"crible" not in answer.content


def test_language_is_switched_by_post_and_kept(visitor: Client, slug: str) -> None:
    assert visitor.get("/language/").status_code == 405
    answer = visitor.post("/language/", {"language": "fr", "next": f"/{slug}/ledger/"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/{slug}/ledger/"
    assert "Registre" in visitor.get(f"/{slug}/").content.decode()


def test_language_does_not_lead_away(visitor: Client) -> None:
    answer = visitor.post("/language/", {"language": "fr", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_forms_need_their_token(case: object, visitor: Client, slug: str, ids: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    strict.cookies = visitor.cookies
    assert strict.post(f"/{slug}/document/{ids['note.txt']}/source/").status_code == 403
