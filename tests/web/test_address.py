"""How a desk is reached: what is refused, and what Django and the server are told."""

from typing import Any

import pytest
from django.test import Client

from crible.model.errors import InputError
from crible.web.address import Address, address, apply, listening

TEAM = Address("127.0.0.1", "https://desk.example.org", "desk.example.org", "127.0.0.1")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"listen": "0.0.0.0"}, "serve-url-missing"),
        ({"url": "desk.example.org"}, "serve-url"),
        ({"url": "ftp://desk.example.org"}, "serve-url"),
        ({"url": "https://desk.example.org/crible"}, "serve-url"),
        ({"url": "https://user@desk.example.org"}, "serve-url"),
        ({"url": "https://desk.example.org:99999"}, "serve-url"),
        ({"url": "https://*"}, "serve-url"),
        ({"url": "https://"}, "serve-url"),
        ({"url": "https://[::1"}, "serve-url"),
        ({"url": "https://desk.example.org"}, "serve-proxy-missing"),
        ({"url": "https://desk.example.org", "proxy": "*"}, "serve-proxy"),
        ({"url": "http://desk.example.org"}, "serve-insecure"),
        ({"url": "http://127.0.0.1:8750", "listen": "0.0.0.0"}, "serve-insecure"),
        ({"url": "http://desk.example.org", "proxy": "127.0.0.1"}, "serve-insecure"),
    ],
)
def test_what_nobody_could_reach_or_everybody_could_read_is_refused(options: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as refused:
        address(**options)
    assert refused.value.code == code


def test_addresses_that_hold() -> None:
    assert address() == Address()
    assert address("https://Desk.Example.org/", proxy="127.0.0.1") == TEAM
    assert address("https://réd.example:8443", proxy="::1").url == "https://xn--rd-bja.example:8443"
    assert not address("http://localhost:8750").exposed
    assert not TEAM.exposed
    open_ = address("http://desk.example.org", "0.0.0.0", insecure=True)
    assert open_.exposed
    assert not open_.encrypted
    assert address("https://[2001:db8::1]", proxy="::1").host == "[2001:db8::1]"


def test_only_the_named_proxy_is_believed() -> None:
    assert "trusted_proxy" not in listening(Address())
    assert listening(Address())["clear_untrusted_proxy_headers"]
    told = listening(TEAM)
    assert (told["trusted_proxy"], told["trusted_proxy_count"]) == ("127.0.0.1", 1)
    assert told["trusted_proxy_headers"] == {"x-forwarded-for", "x-forwarded-proto"}


NAMES = (
    "DESK_URL", "DESK_EXPOSED", "DESK_HSTS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_SECURE",
    "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
)  # fmt: skip


@pytest.fixture
def _applied(settings: Any) -> None:
    """The team's address, for one test: assigning through the fixture has it put back afterwards."""
    for name in NAMES:
        setattr(settings, name, getattr(settings, name))
    apply(TEAM)


@pytest.mark.usefixtures("_desk", "_applied")
def test_by_https_cookies_are_the_hosts_own_and_the_browser_remembers() -> None:
    from crible.web import links

    browser = Client(headers={"host": "desk.example.org"})
    answer = browser.get(f"/login/{links.issue()}/", secure=True)
    assert answer.status_code == 302
    cookie = answer.cookies["__Host-crible_desk"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert answer["Strict-Transport-Security"] == "max-age=31536000"
    page = browser.get("/account/", secure=True)
    assert page.status_code == 200
    assert page.cookies["__Host-crible_csrf"]["secure"]
    assert "the desk’s server" in page.content.decode()
    left = browser.post("/logout/", secure=True)
    assert left.cookies["__Host-crible_desk"]["secure"], "a browser ignores a deletion that is not as strict"


@pytest.mark.usefixtures("_desk", "_applied")
def test_round_the_server_in_front_nothing_is_answered() -> None:
    from crible.web import links

    token = links.issue()
    answer = Client(headers={"host": "desk.example.org"}).get(f"/login/{token}/")
    assert answer.status_code == 403
    assert answer.content == b"By https only.\n"
    assert not answer.cookies
    assert Client(headers={"host": "127.0.0.1"}).get("/", secure=True).status_code == 400
    assert links.use(token) is links.Use.ENTERED, "the link was not spent"


@pytest.mark.usefixtures("_desk", "_applied")
def test_a_form_from_elsewhere_is_refused_though_the_token_fits() -> None:
    strict = Client(enforce_csrf_checks=True, headers={"host": "desk.example.org"})
    page = strict.get("/login/", secure=True).content.decode()
    token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    fields = {"csrfmiddlewaretoken": token, "name": "a", "password": "b"}
    for origin, seen in (("https://desk.example.org", "go together"), ("https://evil.example", "did not come from")):
        answer = strict.post("/login/", fields, secure=True, headers={"origin": origin})
        assert answer.status_code == 403
        assert seen in answer.content.decode()


@pytest.mark.usefixtures("_desk")
def test_without_encryption_every_page_says_so(settings: Any) -> None:
    settings.DESK_URL, settings.DESK_EXPOSED = "http://127.0.0.1", True
    for language, words in (("en", "reached without encryption"), ("fr", "sans chiffrement")):
        page = Client(headers={"host": "127.0.0.1", "accept-language": language}).get("/login/").content.decode()
        assert words in page
