"""A second factor: set up, asked for at the door, lost, required by a case."""

import base64
import logging
import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from desk_people import PASSWORD, client, number, person
from desk_routes import routes
from django.db import connection
from django.test import Client
from inert import Page

from crible.review import factors, people, tokens, totp
from crible.review.models import Attempt, Entry, Factor, RecoveryCode, Requirement, User
from crible.review.rights import Right
from crible.store.case import Case
from crible.web import halfway, links
from crible.web.queries.squares import squares

FILLED = {"name": "ab" * 32, "other": "cd" * 32}
"""What addresses of documents are filled with."""
NEW = "quatre autres mots, encore"


class Clock:
    """What the desk takes for the time; it stands until it is moved."""

    def __init__(self) -> None:
        self.at = 1_800_000_000.0

    def time(self) -> float:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (factors, halfway):
        monkeypatch.setattr(module, "time", SimpleNamespace(time=made.time))
    return made


@pytest.fixture
def _team(settings: Any, _desk: None) -> None:
    settings.DESK_URL = "http://127.0.0.1"


@pytest.fixture
def lea(case: Case, _team: None, monkeypatch: pytest.MonkeyPatch) -> User:
    """A reviewer. Her password is compared as it is: what a hash costs is asked in the tests of accounts."""
    monkeypatch.setattr(User, "check_password", lambda one, given: one.name == "léa" and given == PASSWORD)
    monkeypatch.setattr("crible.review.passwords.check_password", lambda *_: False)
    made = person("léa", (case, "reviewer"))
    User.objects.filter(pk=made.pk).update(password="stands for a hash")
    return User.objects.get(pk=made.pk)


def held(user: User, clock: Clock) -> tuple[bytes, list[str]]:
    """A second factor in force, its secret and recovery codes; its first code is used, the next is due."""
    secret = factors.begin(user)
    assert secret
    codes = factors.confirm(user, totp.code(secret, totp.step_of(clock.at)), "")
    assert codes
    clock.at += totp.SECONDS
    return secret, codes


def shown(secret: bytes, clock: Clock, ahead: int = 0) -> str:
    """What the authenticator shows."""
    return totp.code(secret, totp.step_of(clock.at) + ahead)


def half(following: str = "/") -> Client:
    """Somebody who stated Léa's password."""
    browser = client()
    answer = browser.post("/login/", {"name": "léa", "password": PASSWORD, "next": following})
    assert (answer.status_code, answer["Location"][:12]) == (302, "/login/code/")
    return browser


def acts(case: str = "") -> list[str]:
    return list(Entry.objects.filter(case=case).order_by("number").values_list("act", flat=True))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_set_up_in_the_account_and_told_once(lea: User, clock: Clock, language: str) -> None:
    browser, elsewhere = client(lea), client(lea)
    browser.cookies["crible_language"] = language
    before = browser.get("/account/").content.decode()
    assert Page(before).problems == []
    assert {"en": "None. With one", "fr": "Aucun. Avec un second facteur"}[language] in Page(before).text
    assert browser.post("/account/second/", {"present": "wrong"}).status_code == 400
    assert not Factor.objects.exists()
    page = browser.post("/account/second/", {"present": PASSWORD}).content.decode()
    assert Page(page).problems == []
    typed = re.search(r'<code class="typed">([A-Z2-7 ]+)</code>', page)[1]  # type: ignore[index]
    secret = base64.b32decode(typed.replace(" ", ""))
    uri = unescape(re.search(r'id="uri" value="([^"]+)"', page)[1])  # type: ignore[index]
    assert f"secret={typed.replace(' ', '')}&issuer=crible" in uri
    assert f'<path d="{squares(uri).path}"' in page, "the same, for a camera"
    assert factors.of(lea) is None, "nothing is asked for before a code was right"
    wrong = browser.post("/account/second/confirm/", {"code": "000000"})
    assert wrong.status_code == 400
    assert typed not in wrong.content.decode()
    page = browser.post("/account/second/confirm/", {"code": shown(secret, clock)}).content.decode()
    assert Page(page).problems == []
    codes = re.findall(r"<li><code>([A-Z2-7 ]+)</code>", page)
    assert len(set(codes)) == 10
    assert browser.post("/account/second/confirm/", {"code": shown(secret, clock)}).status_code == 302
    account = browser.get("/account/").content.decode()
    assert Page(account).problems == []
    assert {"en": "10 recovery codes are left", "fr": "Il reste 10 codes de secours"}[language] in Page(account).text
    assert not any(word in account for word in (typed, *codes))
    assert elsewhere.get("/account/").status_code == 403, "that session was opened without it"
    assert browser.post("/account/second/", {"present": PASSWORD}).status_code == 302
    assert factors.of(lea) is not None, "setting up again does not take the first away"
    assert acts() == ["second-set-up"]


def test_a_secret_waits_a_quarter_of_an_hour_for_its_code(lea: User, clock: Clock) -> None:
    secret = factors.begin(lea)
    assert secret
    row = Factor.objects.get(user=lea)
    Factor.objects.update(made=row.made - factors.SET_UP)
    answer = client(lea).post("/account/second/confirm/", {"code": shown(secret, clock)})
    assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert factors.of(lea) is None


def test_the_door_asks_for_a_code_after_the_password(lea: User, clock: Clock, slug: str) -> None:
    secret, _ = held(lea, clock)
    browser = half(f"/{slug}/search/?q=devis")
    page = browser.get(f"/login/code/?next=/{slug}/search/?q=devis").content.decode()
    assert Page(page).problems == []
    before = browser.cookies["crible_desk"].value
    answer = browser.post("/login/code/", {"code": shown(secret, clock), "next": f"/{slug}/search/?q=devis"})
    assert (answer.status_code, answer["Location"]) == (302, f"/{slug}/search/?q=devis")
    assert browser.cookies["crible_desk"].value != before
    assert browser.get(f"/{slug}/").status_code == 200
    assert Entry.objects.get(case="", act="entered").params["how"] == "password, code"


def test_before_the_password_is_right_nothing_tells_who_has_one(lea: User, clock: Clock) -> None:
    def refused() -> tuple[int, str]:
        answer = client().post("/login/", {"name": "léa", "password": "wrong"})
        return answer.status_code, re.sub(r'value="\w{64}"', "", answer.content.decode())

    before = refused()
    held(lea, clock)
    assert refused() == before


def test_half_a_log_in_reaches_nothing(lea: User, clock: Clock, case: Case, slug: str) -> None:
    held(lea, clock)
    browser, ids = half(), {"slug": slug, **FILLED}
    kept = browser.session[halfway.KEY]
    assert {*kept} == {"who", "at", "by"}
    assert "_auth_user_id" not in browser.session
    for one in routes():
        if one.right == "outside":
            continue
        for answer in (browser.get(one.path(**ids)), browser.post(one.path(**ids))):
            assert answer.status_code == 403, one.name
            assert case.title.encode() not in answer.content, one.name
    assert browser.get(f"/api/1/cases/{slug}/").status_code == 403
    assert not lea.visits.exists()


def test_half_a_log_in_lasts_five_minutes_and_ends_with_the_password(lea: User, clock: Clock) -> None:
    secret, _ = held(lea, clock)
    late, other, closed = half(), half(), half()
    clock.at += halfway.LIFE - 1
    assert late.get("/login/code/").status_code == 200
    clock.at += 1
    answer = late.post("/login/code/", {"code": shown(secret, clock)})
    assert answer.status_code == 403
    assert "within five minutes" in answer.content.decode()
    clock.at -= halfway.LIFE
    User.objects.filter(pk=lea.pk).update(is_active=False)
    assert closed.post("/login/code/", {"code": shown(secret, clock)}).status_code == 403
    User.objects.filter(pk=lea.pk).update(is_active=True, password="stands for another hash")
    assert other.post("/login/code/", {"code": shown(secret, clock)}).status_code == 403
    assert client().post("/login/code/", {"code": shown(secret, clock)}).status_code == 403
    assert "entered" not in acts()


def test_stating_a_password_ends_the_session_that_was_there(lea: User, clock: Clock) -> None:
    held(lea, clock)
    browser = client(person("eve"))
    before = browser.cookies["crible_desk"].value
    assert browser.post("/login/", {"name": "léa", "password": PASSWORD})["Location"].startswith("/login/code/")
    assert browser.cookies["crible_desk"].value != before
    assert browser.get("/account/").status_code == 403
    planted = client()
    planted.cookies["crible_desk"] = before
    assert planted.get("/account/").status_code == 403


def test_once_the_factor_is_gone_half_a_log_in_is_worth_nothing(lea: User, clock: Clock) -> None:
    secret, _ = held(lea, clock)
    browser = half()
    factors.clear(lea)
    assert browser.get("/login/code/").status_code == 403
    assert browser.post("/login/code/", {"code": shown(secret, clock)}).status_code == 403


def test_a_code_is_accepted_once_and_none_older_after_it(lea: User, clock: Clock) -> None:
    secret, _ = held(lea, clock)
    clock.at += 10 * totp.SECONDS
    assert half().post("/login/code/", {"code": shown(secret, clock)}).status_code == 302
    for ahead in (0, -1):
        assert half().post("/login/code/", {"code": shown(secret, clock, ahead)}).status_code == 403
    spaced = shown(secret, clock, 1)
    assert half().post("/login/code/", {"code": f" {spaced[:3]} {spaced[3:]} "}).status_code == 302
    clock.at += 10 * totp.SECONDS
    for ahead in (-2, 2):
        assert half().post("/login/code/", {"code": shown(secret, clock, ahead)}).status_code == 403
    assert half().post("/login/code/", {"code": shown(secret, clock, -1)}).status_code == 302, "a clock that lags"


def test_of_two_at_once_with_one_code_one_is_in(lea: User, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    secret, codes = held(lea, clock)
    stale = Factor.objects.select_related("user").get(user=lea)
    monkeypatch.setattr(factors, "of", lambda _: stale)
    given = shown(secret, clock)
    assert [factors.proved(lea, given, "192.0.2.1") for _ in range(2)] == ["code", None]
    assert [factors.proved(lea, codes[0], "192.0.2.1") for _ in range(2)] == ["recovery", None]


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "0x1234", "١٢٣٤٥٦", "\x00" * 6, "a" * 5000, "-00001"])
def test_what_is_no_code_is_refused_in_a_sentence(lea: User, clock: Clock, typed: str) -> None:
    held(lea, clock)
    answer = half().post("/login/code/", {"code": typed})
    assert answer.status_code == 403
    assert "This code is not right" in answer.content.decode()
    assert Page(answer.content.decode()).problems == []


def test_five_wrong_codes_make_the_right_one_wait_whatever_the_password(
    lea: User, clock: Clock, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("crible.desk"), "propagate", True)
    secret, codes = held(lea, clock)
    for _ in range(5):
        assert half().post("/login/code/", {"code": "000000"}).status_code == 403
    assert "second factor of léa refused too often" in caplog.text
    for right in (shown(secret, clock), codes[0]):
        assert half().post("/login/code/", {"code": right}).status_code == 403
    elsewhere = Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR="192.0.2.7")
    elsewhere.post("/login/", {"name": "léa", "password": PASSWORD})
    assert elsewhere.post("/login/code/", {"code": shown(secret, clock)}).status_code == 403
    assert acts().count("second-refused") == 5, "what was not heard is not written down"
    Attempt.objects.all().delete()
    assert half().post("/login/code/", {"code": shown(secret, clock)}).status_code == 302
    assert not Attempt.objects.exists()


def test_a_recovery_code_stands_for_a_code_once(lea: User, clock: Clock) -> None:
    _, codes = held(lea, clock)
    typed = codes[3].lower().replace(" ", "-")
    browser = half()
    assert browser.post("/login/code/", {"code": typed}).status_code == 302
    assert "9 recovery codes are left" in Page(browser.get("/account/").content.decode()).text
    assert half().post("/login/code/", {"code": codes[3]}).status_code == 403
    assert half().post("/login/code/", {"code": codes[4]}).status_code == 302
    assert Entry.objects.filter(act="recovery-used").latest("number").params == {"left": 8}


def test_switching_it_off_takes_password_and_code_and_ends_other_sessions(lea: User, clock: Clock) -> None:
    secret, _ = held(lea, clock)
    here, there = client(lea), client(lea)
    for given in ({"present": "wrong", "code": shown(secret, clock)}, {"present": PASSWORD, "code": "000000"}):
        assert here.post("/account/second/off/", given).status_code == 400
        assert factors.of(lea)
    given = {"present": PASSWORD, "code": shown(secret, clock)}
    assert here.post("/account/second/off/", given)["Location"] == "/account/?done=second-off"
    assert factors.of(lea) is None
    assert not RecoveryCode.objects.exists()
    assert [one.get("/account/").status_code for one in (here, there)] == [200, 403]
    assert client().post("/login/", {"name": "léa", "password": PASSWORD})["Location"] == "/"


@pytest.mark.usefixtures("_team")
def test_the_terminal_s_link_stands_for_a_code(clock: Clock) -> None:
    owner = people.owner()
    held(owner, clock)
    browser = client()
    assert browser.get(f"/login/{links.issue()}/")["Location"] == "/", "no code is asked of who has the terminal"
    assert client(owner).post("/account/second/off/", {}).status_code == 400, "another session of theirs is no link"
    assert browser.post("/account/second/off/", {}).status_code == 302
    assert factors.of(owner) is None


def test_a_reset_link_takes_it_away_and_says_so(lea: User, clock: Clock, case: Case, slug: str) -> None:
    held(lea, clock)
    ana = client(person("ana", (case, "admin")))
    assert "set up" in Page(ana.get(f"/{slug}/team/").content.decode()).text
    page = ana.post(f"/{slug}/team/{number(lea, case)}/reset/").content.decode()
    assert "second factor, it is taken away" in page
    assert factors.of(lea), "not before the link is used"
    link = re.search(r'value="http://127\.0\.0\.1(/reset/[^"]+)"', page)[1]  # type: ignore[index]
    assert client().post(link, {"password": NEW}).status_code == 200
    assert not Factor.objects.exists()
    assert acts()[-2:] == ["password-reset", "second-cleared"]


def test_a_case_may_ask_for_one_and_opens_to_nobody_without(lea: User, clock: Clock, case: Case, slug: str) -> None:
    ana = person("ana", (case, "admin"))
    admin, member = client(ana), client(lea)
    text, _ = tokens.make(lea, case.uuid, "carnet", (Right.READ,), 30)
    program = Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {text}"})
    assert admin.post(f"/{slug}/team/second/", {"required": "1"}).status_code == 400, "it would shut her out"
    assert not Requirement.objects.exists()
    assert member.post(f"/{slug}/team/second/", {"required": "1"}).status_code == 403
    held(ana, clock)
    admin = client(ana)
    assert admin.post(f"/{slug}/team/second/", {"required": "1"}).status_code == 302
    assert "opens to nobody without" in Page(admin.get(f"/{slug}/team/").content.decode()).text
    for one in routes():
        if one.right in {*Right}:
            for answer in (member.get(one.path(slug=slug, **FILLED)), member.post(one.path(slug=slug, **FILLED))):
                assert answer.status_code in (403, 405), one.name
    page = member.get(f"/{slug}/").content.decode()
    assert 'href="/account/#second"' in page
    assert Page(page).problems == []
    assert f"/{slug}/queue/" not in member.get(f"/{slug}/nowhere/").content.decode()
    for path in ("", f"{slug}/", f"{slug}/documents/"):
        answer = program.get(f"/api/1/cases/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "api-second"), path
    assert client(person("eve")).get(f"/{slug}/").status_code == 404, "strangers learn nothing by it"
    held(lea, clock)
    assert client(lea).get(f"/{slug}/").status_code == 200
    assert program.get(f"/api/1/cases/{slug}/").status_code == 200
    factors.switch_off(lea, "")
    assert program.get(f"/api/1/cases/{slug}/").status_code == 403
    assert admin.post(f"/{slug}/team/second/", {}).status_code == 302
    assert client(lea).get(f"/{slug}/").status_code == 200
    assert acts(case.uuid)[-2:] == ["second-required", "second-waived"]
    log = Page(admin.get(f"/{slug}/log/", headers={"accept-language": "fr"}).content.decode()).text
    assert "a fait demander un second facteur" in log


@pytest.mark.usefixtures("_team")
def test_the_owner_without_a_password_has_the_terminal_for_a_second_factor(case: Case, slug: str) -> None:
    owner = people.owner()
    browser = client(owner)
    assert browser.post(f"/{slug}/team/second/", {"required": "1"}).status_code == 302
    assert browser.get(f"/{slug}/").status_code == 200
    User.objects.filter(pk=owner.pk).update(password="stands for a hash")
    browser = client(User.objects.get(pk=owner.pk))
    assert browser.get(f"/{slug}/").status_code == 403


def test_no_secret_and_no_code_stands_in_the_database_or_in_a_log(
    lea: User, clock: Clock, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret, codes = held(lea, clock)
    code = shown(secret, clock)
    assert half().post("/login/code/", {"code": codes[0]}).status_code == 302
    assert half().post("/login/code/", {"code": code}).status_code == 302
    half().post("/login/code/", {"code": "918273"})
    half().post("/login/code/", {"code": codes[0]})
    told = caplog.text + "".join(capfd.readouterr())
    lines = repr([*Entry.objects.values(), *Attempt.objects.values()])
    for word in (
        code,
        "918273",
        totp.typed_form(secret).replace(" ", ""),
        *codes,
        *(one.replace(" ", "") for one in codes),
    ):
        assert word not in told
        assert word not in lines
    connection.ensure_connection()
    dump = connection.connection.serialize()
    assert b"second-set-up" in dump
    for word in (
        secret,
        base64.b32encode(secret),
        secret.hex().encode(),
        *(one.replace(" ", "").encode() for one in codes),
    ):
        assert word not in dump


def test_under_another_secret_file_the_recovery_codes_still_work(
    lea: User, clock: Clock, settings: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("crible.desk"), "propagate", True)
    secret, codes = held(lea, clock)
    settings.SECRET_KEY = "made anew"
    assert half().post("/login/code/", {"code": shown(secret, clock)}).status_code == 403
    assert "the second factor of léa cannot be read" in caplog.text
    assert half().post("/login/code/", {"code": codes[0]}).status_code == 302
