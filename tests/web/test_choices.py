"""Light or dark, single keys or none: kept by a form, written into the page, leading nowhere else."""

import pytest
from django.test import Client


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_theme_is_kept_and_written_into_the_page(visitor: Client, slug: str, theme: str) -> None:
    answer = visitor.post("/theme/", {"theme": theme, "next": f"/{slug}/keys/"})
    assert (answer.status_code, answer["Location"]) == (302, f"/{slug}/keys/")
    cookie = answer.cookies["crible_theme"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    body = visitor.get(f"/{slug}/").content.decode()
    assert f'data-theme="{theme}"' in body
    assert f'value="{theme}" aria-pressed="true"' in body


def test_as_the_system_takes_the_choice_back(visitor: Client, slug: str) -> None:
    visitor.post("/theme/", {"theme": "dark"})
    visitor.post("/theme/", {"theme": ""})
    assert "data-theme=" not in visitor.get(f"/{slug}/").content.decode()


def test_a_theme_that_is_none_is_not_kept_nor_shown(visitor: Client, slug: str) -> None:
    assert visitor.post("/theme/", {"theme": '"><script>'}).cookies["crible_theme"].value == ""
    visitor.cookies["crible_theme"] = "sepia"
    assert "data-theme=" not in visitor.get(f"/{slug}/").content.decode()


def test_strangers_may_choose_a_theme_too(stranger: Client) -> None:
    assert stranger.post("/theme/", {"theme": "dark", "next": "/"}).status_code == 302
    assert 'data-theme="dark"' in stranger.get("/").content.decode()


def test_single_keys_are_turned_off_and_on_again(visitor: Client, slug: str) -> None:
    assert 'data-keys="off"' not in visitor.get(f"/{slug}/").content.decode()
    visitor.post("/keyboard/", {"keys": "off", "next": f"/{slug}/"})
    body = visitor.get(f"/{slug}/").content.decode()
    assert 'data-keys="off"' in body
    assert "Turn single keys on" in body
    visitor.post("/keyboard/", {"keys": "on"})
    assert 'data-keys="off"' not in visitor.get(f"/{slug}/").content.decode()


def test_what_keys_do_can_be_read_without_script(visitor: Client) -> None:
    assert "Hands on the keyboard" in visitor.get("/keyboard/").content.decode()
    assert "Les mains sur le clavier" in visitor.get("/keyboard/", headers={"accept-language": "fr"}).content.decode()


@pytest.mark.parametrize("path", ["/theme/", "/keyboard/"])
@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", ""])
def test_no_choice_leads_away(visitor: Client, path: str, away: str) -> None:
    assert visitor.post(path, {"next": away})["Location"] == "/"


@pytest.mark.parametrize("path", ["/theme/", "/keyboard/"])
def test_choices_need_the_token_of_their_form(visitor: Client, path: str) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "127.0.0.1"})
    strict.cookies = visitor.cookies
    assert strict.post(path, {"theme": "dark", "keys": "off"}).status_code == 403


def test_keys_are_nothing_to_strangers(stranger: Client) -> None:
    assert stranger.get("/keyboard/").status_code == 403
