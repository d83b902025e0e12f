"""Over every address of the desk: who gets in, by which method, with which headers, and that none leads away."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from desk_people import client, person
from desk_routes import Route, routes
from django.apps import apps
from django.http.response import HttpResponseBase
from django.test import Client

from crible.review import people
from crible.review.models import (
    CalendarDay,
    Invitation,
    Membership,
    Note,
    SavedSearch,
    SearchRun,
    TermList,
    Token,
    User,
)
from crible.review.rights import Right, Role
from crible.store.case import Case
from crible.store.models import Document
from crible.web import served
from crible.web.middleware.headers import HEADERS

ROUTES = routes()
OF_CASE = [one for one in ROUTES if one.right in {*Right}]
PASSING = {"Entry", "Head", "Seen", "SearchRun", "Look", "Visit", "Attempt", "Token"}
"""What even a reader leaves behind: lines of the log, what was seen and searched, sessions, keys of one's own."""
NUMBERED = {"line"}
"""Numbers of facts, which lie in the case's own database: those of another are no numbers here."""
FRAMED = {"html"}
"""Shown inside a page only, under a policy of its own."""
EVIL = (
    "//evil.example", "\\\\evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/",
    "javascript:alert(1)", "%2f%2fevil.example", "/%09/evil.example", "\t//evil.example", "///evil.example",
    "https:///evil.example", "http://127.0.0.1@evil.example/", "data:text/html,x", "/x\r\nSet-Cookie: a=b",
)  # fmt: skip
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
    "connect-src": "'self'", "frame-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'",
}  # fmt: skip


@pytest.fixture
def _both(case: Case, other: Case, _desk: None, settings: Any) -> None:
    settings.DESK_URL = "http://127.0.0.1"
    served.serve([case, other])


@pytest.fixture
def values(case: Case, _both: None) -> dict[str, Any]:
    """What addresses of the case are filled with."""
    with case.facts():
        mails = hashes(mail__isnull=False)
    return {"slug": case.uuid[:8], "name": mails[0], "other": mails[1]}


def hashes(**those: Any) -> list[str]:
    """Of the documents of the case at hand."""
    return [
        bytes(one).hex() for one in Document.objects.filter(**those).order_by("pk").values_list("sha256", flat=True)
    ]


def status(answer: HttpResponseBase) -> int:
    return answer.status_code


def test_every_view_says_whom_it_is_for() -> None:
    assert len(ROUTES) > 40
    wrong = [one.name for one in ROUTES if one.right not in {*Right, "entered", "outside"}]
    assert wrong == []
    assert [one.name for one in ROUTES if ("slug" in one.groups) != (one in OF_CASE)] == []
    outside = {one.name for one in ROUTES if one.right == "outside"}
    assert outside == {"enter", "login", "invitation", "reset", "language", "theme", "code"}
    assert [one.name for one in ROUTES if getattr(one.view, "csrf_exempt", False)] == []


def test_without_coming_in_there_is_the_door_alone(values: dict[str, Any]) -> None:
    stranger = client()
    for one in ROUTES:
        if one.right == "outside":
            continue
        for answer in (stranger.get(one.path(**values)), stranger.post(one.path(**values))):
            assert status(answer) == 403, one.name
            assert b"Essai" not in answer.content
            assert b"Autre affaire" not in answer.content


def test_a_case_one_has_no_part_in_does_not_exist(values: dict[str, Any], other: Case) -> None:
    eve = client(person("eve", (other, "admin")))
    for one in OF_CASE:
        for answer in (eve.get(one.path(**values)), eve.post(one.path(**values))):
            assert status(answer) in (404, 405), one.name
            assert b"Essai" not in answer.content
    for one in OF_CASE:
        absent, there = (eve.get(one.path(**(values | {"slug": slug}))) for slug in ("00000000", values["slug"]))
        assert status(absent) == status(there), f"{one.name}: whether a case exists can be told"


def test_a_reader_changes_nothing_of_a_case(values: dict[str, Any], case: Case) -> None:
    browser, before = client(person("bo", (case, "reader"))), stored()
    for one in OF_CASE:
        answer = browser.post(one.path(**values), {"role": "admin", "reason": "x", "state": "cleared", "tag": "x"})
        assert status(answer) in (403, 404, 405) or one.right == Right.READ, (one.name, status(answer))
    assert stored() == before


def stored() -> dict[str, list[Any]]:
    """All that people said of any case."""
    models = [one for one in apps.get_app_config("review").get_models() if one.__name__ not in PASSING]
    return {one.__name__: list(one._default_manager.order_by("pk").values()) for one in models}


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_a_role_reaches_what_it_may_and_no_more(values: dict[str, Any], case: Case, role: Role) -> None:
    from crible.review.rights import may

    browser = client(person("bo", (case, str(role))))
    for one in OF_CASE:
        answers = {status(browser.get(one.path(**values))), status(browser.post(one.path(**values)))}
        if may(role, Right(one.right)):
            assert 403 not in answers or one.name == "member-account", one.name
        else:
            assert answers <= {403, 405}, one.name
            assert 403 in answers, one.name


def test_what_has_a_number_or_a_name_in_another_case_is_not_here(
    values: dict[str, Any], case: Case, other: Case
) -> None:
    theirs = rows(other)
    numbers = {row.pk for row in theirs}
    with other.facts():
        names = hashes(mail__isnull=False)
    with case.facts():
        ours = hashes()
    foreign = next(name for name in names if name not in ours)
    browser = client(people.owner())
    for one in OF_CASE:
        tried: list[dict[str, Any]] = []
        if one.groups & {"number", "pk"} and one.name not in NUMBERED:
            tried = [{"number": number, "pk": number} for number in numbers]
        if "name" in one.groups:
            tried = [{"name": foreign}]
        for given in tried:
            told = {"role": "admin", "reason": "x"}
            absent = {"number": 999_999, "pk": 999_999, "name": "ab" * 32}
            there, nowhere = (one.path(**(values | which)) for which in (given, absent))
            found = (status(browser.get(there)), status(browser.post(there, told)))
            assert {*found} <= {400, 404, 405}, (one.name, found)
            assert found == (status(browser.get(nowhere)), status(browser.post(nowhere, told))), one.name
    assert [kept(row) for row in theirs] == [kept(type(row).objects.get(pk=row.pk)) for row in theirs]
    assert status(browser.get(f"/{other.uuid[:8]}/document/{foreign}/")) == 200, "in its own case it is there"


def rows(case: Case) -> list[Any]:
    """One of each thing that an address may name by a number, all of that case."""
    ben = person("ben", (case, "admin"))
    later = datetime.now(UTC) + timedelta(days=1)
    own = {"case": case.uuid, "by": ben}
    return [
        Membership.objects.get(user=ben),
        Invitation.objects.create(digest=b"i", role="reader", expires=later, **own),
        SavedSearch.objects.create(name="n", asked="q=x", shared=True, **own),
        SearchRun.objects.create(asked="q=x", found=0, searched=1, **own),
        TermList.objects.create(lines=["x"], **own),
        CalendarDay.objects.create(day="2017-01-01", label="x", **own),
        Note.objects.create(document="0" * 64, text="x", **own),
        Token.objects.create(digest=b"t", user=ben, case=case.uuid, name="n", expires=later),
    ]


def kept(row: Any) -> str:
    """All that is stored of it."""
    return repr({name: value for name, value in vars(row).items() if name != "_state" and "cache" not in name})


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_no_address_takes_another_method(values: dict[str, Any], method: str) -> None:
    browser = client(people.owner())
    taken = [one.name for one in ROUTES if status(getattr(browser, method)(one.path(**values))) != 405]
    assert taken == []


def test_asking_for_the_head_only_does_what_asking_for_the_page_does(values: dict[str, Any]) -> None:
    browser = client(people.owner())
    for one in ROUTES:
        got, head = browser.get(one.path(**values)), browser.head(one.path(**values))
        assert status(head) in (status(got), 405), one.name
        assert status(head) >= 300 or b"".join(head) == b"", one.name


def test_no_form_is_taken_without_its_token(values: dict[str, Any]) -> None:
    browser = client(people.owner(), enforce_csrf_checks=True)
    taken = [one.name for one in ROUTES if status(browser.post(one.path(**values), {"name": "x"})) != 403]
    assert taken == []


def test_every_answer_carries_the_same_headers(values: dict[str, Any]) -> None:
    browsers = {"owner": client(people.owner()), "stranger": client()}
    for who, browser in browsers.items():
        for one in ROUTES:
            answer = browser.get(one.path(**values)) if who == "owner" else browser.post(one.path(**values))
            assert {name for name in HEADERS if name not in answer} == set(), (who, one.name)
            assert "no-store" in answer["Cache-Control"], (who, one.name)
            assert "Access-Control-Allow-Origin" not in answer
            policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
            if one.name in FRAMED and status(answer) == 200:
                assert policy["default-src"] == "'none'"
                assert "sandbox" in policy
                assert "script-src" not in policy
            else:
                assert policy == POLICY, (who, one.name)
                assert answer["X-Frame-Options"] == "DENY"


def test_no_form_leads_away_whatever_it_is_told_to_go_back_to(values: dict[str, Any]) -> None:
    owner, strange = people.owner(), []
    browser = client(owner)
    for one in ROUTES:
        # Forms of a case know no way back but their own: two tries each.
        for evil in EVIL if one not in OF_CASE else EVIL[:2]:
            told = {"next": evil, "back": evil, "language": "fr", "theme": "dark"}
            for answer in (
                browser.post(one.path(**values), told),
                browser.get(one.path(**values) + "?" + urlencode(told)),
            ):
                place = answer.get("Location", "/")
                if not place.startswith(("/", "?")) or place[:2] in ("//", "/\\") or "Set-Cookie" in answer.headers:
                    strange.append((one.name, evil, place))
            if one.name == "logout":
                browser = client(owner)
    assert strange == []


@pytest.mark.usefixtures("_both")
def test_logging_in_leads_to_no_other_site(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    bo = person("bo", (case, "reader"))
    monkeypatch.setattr("crible.review.people.recognise", lambda *_: bo)
    for evil in EVIL:
        answer = client().post("/login/", {"name": "bo", "password": "x", "next": evil})
        assert status(answer) == 302
        assert answer["Location"] == "/" or answer["Location"].startswith(("/%", "/x")), evil


PATHS = (
    "//evil.example/", "///evil.example/%2e%2e", "/%2f%2fevil.example", "/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/",
    "/\\evil.example", "/{slug}/../{other}/", "/{slug}%00/", "/{slug}%0d%0aSet-Cookie:a=b/", "/{slug}/document/../",
    "/{slug}//search/", "/{slug};x/", "/{slug}/document/" + "0" * 65 + "/", "/🗝️/", "/%ff%fe/", "/static/../settings.py",
    "/static/%2e%2e/%2e%2e/settings.py", "/static/desk/built/%2e%2e/%2e%2e/%2e%2e/%2e%2e/settings.py",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_no_trick_in_a_path_gets_anywhere(values: dict[str, Any], case: Case, other: Case, path: str) -> None:
    browser = client(person("bo", (case, "reader")))
    answer = browser.get(path.format(slug=values["slug"], other=other.uuid[:8]))
    assert status(answer) in (301, 302, 400, 404), status(answer)
    assert answer.get("Location", "/x").startswith("/")
    assert not answer.get("Location", "/x").startswith(("//", "/\\"))
    assert "Set-Cookie" not in answer.headers
    assert b"Autre affaire" not in b"".join(answer)


def test_what_is_too_much_is_refused_before_it_is_read(values: dict[str, Any]) -> None:
    browser = client(people.owner(), enforce_csrf_checks=True)
    for one in ROUTES:
        answer = browser.post(one.path(**values), {"note": "x" * 3_000_000})
        assert status(answer) in (400, 403, 413), one.name


@pytest.mark.usefixtures("_both")
def test_cookies_cannot_be_read_by_scripts_nor_sent_from_elsewhere() -> None:
    from crible.web import links

    browser = client()
    browser.get(f"/login/{links.issue()}/")
    browser.get("/account/")
    for post, fields in (("/language/", {"language": "fr"}), ("/theme/", {"theme": "dark"})):
        browser.post(post, fields)
    assert {"crible_desk", "crible_csrf", "crible_language"} <= {*browser.cookies}
    for name, cookie in browser.cookies.items():
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert not cookie["domain"], name
    assert browser.cookies["crible_desk"]["max-age"] == "", "it goes when the browser is closed"


def test_programs_get_nothing_without_a_token(values: dict[str, Any]) -> None:
    within = f"{values['slug']}/"
    for browser in (client(), client(people.owner())):
        for path in ("", within, f"{within}documents/", f"{within}documents/{values['name']}/"):
            answer = browser.get(f"/api/1/cases/{path}")
            assert status(answer) in (401, 403), path
            assert b"Essai" not in answer.content


def test_nobody_is_made_by_looking_around(values: dict[str, Any]) -> None:
    bo = person("bo")
    browser: Client = client(bo)
    for one in ROUTES:
        if one.right == "entered":
            browser.get(one.path(**values))
    assert list(User.objects.values_list("name", flat=True)) == ["bo"]
    assert isinstance(ROUTES[0], Route)
