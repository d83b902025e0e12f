"""Logging in by name, one's own account, sessions that end."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from desk_people import HOST, PASSWORD, client, person
from django.test import Client
from django.utils import timezone
from inert import Page

from crible.review import sessions
from crible.review.models import Attempt, Entry, User, Visit
from crible.store.case import Case

OTHER = "une tout autre phrase, longue"


@pytest.fixture
def _team(settings: Any, _desk: None) -> None:
    """A desk that a team reaches by an address."""
    settings.DESK_URL = "http://127.0.0.1"


@pytest.fixture
def lea(case: Case, _team: None) -> User:
    return person("léa", (case, "reviewer"), password=PASSWORD)


def log_in(browser: Client, name: str, password: str, **more: str) -> int:
    return browser.post("/login/", {"name": name, "password": password, **more}).status_code


def test_a_name_in_any_letters_and_its_password_let_in(lea: User, slug: str) -> None:
    browser = client()
    assert "password" in browser.get(f"/{slug}/search/?q=devis").content.decode()
    answer = browser.post("/login/", {"name": " LÉA ", "password": PASSWORD, "next": f"/{slug}/search/?q=devis"})
    assert (answer.status_code, answer["Location"]) == (302, f"/{slug}/search/?q=devis")
    assert browser.get(f"/{slug}/").status_code == 200
    assert Entry.objects.get(case="", act="entered").by == "léa"


@pytest.mark.usefixtures("_desk")
def test_alone_no_password_opens_the_door(case: Case) -> None:
    person("léa", (case, "reviewer"), password=PASSWORD)
    assert log_in(client(), "léa", PASSWORD) == 403
    assert "password" not in client().get("/login/").content.decode()


def test_an_unknown_name_and_a_wrong_password_are_answered_alike(lea: User) -> None:
    answers = [
        client().post("/login/", {"name": name, "password": password})
        for name, password in (("léa", "not this one"), ("nobody", PASSWORD), ("léa", ""), ("", ""))
    ]
    assert {answer.status_code for answer in answers} == {403}
    pages = {Page(answer.content.decode()).text for answer in answers}
    assert len(pages) == 1
    assert "do not go together" in pages.pop()


def test_who_has_no_password_is_asked_as_long(lea: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in hashes, not seconds: a machine at work has no steady second."""
    from django.contrib.auth.hashers import ScryptPasswordHasher

    person("mute")
    gone = person("gone", password=PASSWORD)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    hashed: list[str] = []
    encode = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, password: str, salt: str, *rest: int) -> str:
        hashed.append(password)
        return encode(self, password, salt, *rest)

    log_in(client(), "warming up", "the hash that stands for nobody")
    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)
    for name in ("léa", "nobody", "mute", "gone"):
        hashed.clear()
        assert log_in(client(), name, "wrong") == 403
        assert hashed == ["wrong"], name


def test_ten_wrong_tries_make_the_right_one_wait_and_waiting_grows(
    lea: User, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crible.review.passwords.check_password", lambda *_: False)
    monkeypatch.setattr(User, "check_password", lambda _, password: password == PASSWORD)
    monkeypatch.setattr(logging.getLogger("crible.desk"), "propagate", True)
    for _ in range(10):
        assert log_in(client(), "léa", "wrong, wrong") == 403
    assert log_in(client(), "léa", PASSWORD) == 403
    assert "log-in as léa refused too often" in caplog.text
    assert "wrong, wrong" not in caplog.text
    later = timezone.now() - timedelta(seconds=61)
    Attempt.objects.update(at=later)
    assert log_in(client(), "léa", "wrong, wrong") == 403
    Attempt.objects.filter(at__gt=later).update(at=later)
    assert log_in(client(), "léa", PASSWORD) == 403, "the second wait is longer than the first"
    Attempt.objects.update(at=timezone.now() - timedelta(minutes=3))
    assert log_in(client(), "léa", PASSWORD) == 302
    assert not Attempt.objects.filter(key__startswith="name:").exists()


def test_one_address_trying_many_names_waits_too(lea: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crible.review.passwords.check_password", lambda *_: False)
    for number in range(30):
        assert log_in(client(), f"name-{number}", "x") == 403
    assert log_in(client(), "léa", PASSWORD) == 403
    elsewhere = Client(headers=HOST, REMOTE_ADDR="192.0.2.7")
    assert log_in(elsewhere, "léa", PASSWORD) == 302


def test_the_session_gets_another_name_at_the_door(lea: User) -> None:
    browser = client()
    browser.force_login(person("other"))
    before = browser.cookies["crible_desk"].value
    assert log_in(browser, "léa", PASSWORD) == 302
    assert browser.cookies["crible_desk"].value != before
    stale = client()
    stale.cookies["crible_desk"] = before
    assert stale.get("/account/").status_code == 403


def test_no_stored_row_holds_the_key_of_a_session(lea: User) -> None:
    from django.contrib.sessions.models import Session

    browser = client(lea)
    key = browser.cookies["crible_desk"].value
    assert browser.get("/account/").status_code == 200
    assert not Session.objects.filter(session_key=key).exists()
    stored = Session.objects.get(session_key=sessions.hashed(key)[:40])
    thief = client()
    thief.cookies["crible_desk"] = stored.session_key
    assert thief.get("/account/").status_code == 403


def test_logging_out_is_a_form_and_ends_the_session_on_the_server(lea: User) -> None:
    browser = client(lea)
    key = browser.cookies["crible_desk"].value
    assert browser.get("/logout/").status_code == 405
    assert browser.post("/logout/").status_code == 302
    again = client()
    again.cookies["crible_desk"] = key
    assert again.get("/account/").status_code == 403
    assert Visit.objects.get(user=lea).ended


@pytest.mark.parametrize(
    ("field", "age"), [("last", timedelta(hours=12, minutes=1)), ("since", timedelta(days=7, minutes=1))]
)
def test_idle_and_old_sessions_end(lea: User, field: str, age: timedelta) -> None:
    browser = client(lea)
    assert browser.get("/account/").status_code == 200
    Visit.objects.filter(user=lea).update(**{field: timezone.now() - age})
    assert browser.get("/account/").status_code == 403
    Visit.objects.filter(user=lea).update(**{field: timezone.now()})
    assert browser.get("/account/").status_code == 403, "what has ended does not come back"


def test_a_session_that_was_ended_is_refused_at_the_next_request(lea: User) -> None:
    here, there = client(lea), client(lea)
    page = here.get("/account/").content.decode()
    other = Visit.objects.get(session=sessions.hashed(there.cookies["crible_desk"].value))
    assert f"/account/sessions/{other.pk}/end/" in page
    assert there.get("/account/").status_code == 200
    assert here.post(f"/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/account/").status_code == 403
    assert here.get("/account/").status_code == 200


def test_nobody_ends_the_session_of_another_by_its_number(lea: User) -> None:
    mallory = client(person("mallory"))
    client(lea)
    assert mallory.post(f"/account/sessions/{Visit.objects.get(user=lea).pk}/end/").status_code == 404


def test_all_other_sessions_end_at_once(lea: User) -> None:
    here, *others = (client(lea) for _ in range(3))
    assert here.post("/account/sessions/others/end/").status_code == 302
    assert [one.get("/account/").status_code for one in (here, *others)] == [200, 403, 403]


def test_a_changed_password_ends_all_other_sessions(lea: User) -> None:
    here, there = client(lea), client(lea)
    before = here.cookies["crible_desk"].value
    wrong = here.post("/account/password/", {"present": "no", "password": OTHER})
    assert wrong.status_code == 400
    assert "not right" in wrong.content.decode()
    assert here.post("/account/password/", {"present": PASSWORD, "password": OTHER}).status_code == 302
    assert here.cookies["crible_desk"].value != before
    assert [one.get("/account/").status_code for one in (here, there)] == [200, 403]
    assert log_in(client(), "léa", PASSWORD) == 403
    assert log_in(client(), "léa", OTHER) == 302


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("eleven char", "too short"),
        ("x" * 129, "too long"),
        ("123456QWERTY", "tried first"),
        ("aaaaaaaaaaaaaa", "tried first"),
        ("léa.léa.léa", "too short"),
    ],
)
def test_weak_passwords_are_refused_in_a_sentence(lea: User, password: str, said: str) -> None:
    answer = client(lea).post("/account/password/", {"present": PASSWORD, "password": password})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    lea.refresh_from_db()
    assert lea.check_password(PASSWORD)


def test_any_letters_make_a_password_and_none_is_cut_off(lea: User) -> None:
    long = "mot de passe 🗝️ é " * 6 + "fin"
    assert client(lea).post("/account/password/", {"present": PASSWORD, "password": long}).status_code == 302
    assert log_in(client(), "léa", long[:-1]) == 403
    assert log_in(client(), "léa", long.replace("é", "e\u0301")) == 302, "another keyboard composes it otherwise"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("My sessions", "Firefox on Linux", "this one")),
        ("fr", ("Mes sessions", "Firefox sous Linux", "celle-ci")),
    ],
)
def test_the_account_page_says_who_and_where(lea: User, language: str, words: tuple[str, ...]) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
    browser = Client(headers={**HOST, "user-agent": agent})
    assert log_in(browser, "léa", PASSWORD) == 302
    page = Page(browser.get("/account/", headers={"accept-language": language}).content.decode())
    assert page.problems == []
    for word in (*words, "127.0.0.1"):
        assert word in page.text


def test_a_browser_that_calls_itself_markup_does_no_harm(lea: User) -> None:
    browser = Client(headers={**HOST, "user-agent": "<script>alert(1)</script>\u202e" + "x" * 500})
    assert log_in(browser, "léa", PASSWORD) == 302
    assert Page(browser.get("/account/").content.decode()).problems == []


def test_a_shown_name_is_one_line_without_tricks(lea: User) -> None:
    browser = client(lea)
    browser.post("/account/name/", {"shown": "  Léa\n\u202e <b>Brun</b> " + "x" * 200})
    lea.refresh_from_db()
    assert lea.shown.startswith("Léa <b>Brun</b> xxx")
    assert len(lea.shown) == 80
    page = browser.get("/account/").content.decode()
    assert "&lt;b&gt;Brun" in page
    assert Page(page).problems == []


def test_no_password_stands_in_any_log(
    lea: User, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    browser = client()
    log_in(browser, PASSWORD, "typed in the wrong field")
    log_in(browser, "léa", PASSWORD)
    browser.post("/account/password/", {"present": PASSWORD, "password": OTHER})
    told = caplog.text + "".join(capfd.readouterr())
    kept = (
        repr(list(Entry.objects.values())) + repr(list(Attempt.objects.values())) + repr(list(Visit.objects.values()))
    )
    for word in (PASSWORD, OTHER, "typed in the wrong field", browser.cookies["crible_desk"].value):
        assert word not in told
        assert word not in kept
