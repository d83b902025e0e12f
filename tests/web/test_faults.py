"""What a page says when it cannot be had, and the way back that it leaves."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from inert import Page

from crible.review.models import Membership, User
from crible.review.rights import RIGHTS, Right, Role
from crible.store.case import Case
from crible.web import served
from crible.web.served import Served, of_case
from crible.web.views import faults


@pytest.fixture
def reader(case: Case, _desk: None) -> Client:
    """Somebody who may only read."""
    user, _ = User.objects.get_or_create(name="reads-only")
    Membership.objects.get_or_create(user=user, case=case.uuid, role=Role.READER)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    return client


def shown(answer: Any) -> str:
    page = Page(answer.content.decode())
    assert page.problems == []
    return page.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "It takes the role “admin” in this case; yours is “reader”. An admin of the case can give it."),
        ("fr", "Il faut pour cela le rôle « administration » dans cette affaire ; le vôtre"),
    ],
)
def test_a_role_that_does_not_reach_is_told_which_does(
    reader: Client, slug: str, language: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crible.web import urls

    @of_case(Right.MANAGE)
    def managed(request: HttpRequest, served: Served) -> HttpResponse:
        raise AssertionError("let in")

    pattern = next(one for one in urls.urlpatterns if getattr(one, "name", "") == "keys")
    monkeypatch.setattr(pattern, "callback", managed)
    answer = reader.get(f"/{slug}/keys/", headers={"accept-language": language})
    assert answer.status_code == 403
    assert sentence in shown(answer)
    assert f'href="/{slug}/"' in answer.content.decode()


def test_each_right_has_a_least_role() -> None:
    from crible.web.templatetags.roles import least_role

    assert {right: least_role(right) for right in Right} == {
        Right.READ: "reader",
        Right.REVIEW: "reviewer",
        Right.DECIDE: "editor",
        Right.MANAGE: "admin",
    }
    assert least_role("../etc") == ""
    assert set(RIGHTS) == set(Role)


def test_another_case_is_no_case(reader: Client, many: Case, case: Case) -> None:
    served.serve([case, many])
    answer = reader.get(f"/{many.uuid[:8]}/")
    assert answer.status_code == 404
    assert "There is no such page" in shown(answer)
    assert "Beaucoup" not in answer.content.decode()


def test_a_page_that_is_not_leads_back_into_the_case_it_was_sought_in(reader: Client, case: Case, many: Case) -> None:
    served.serve([case, many])
    assert f'href="/{case.uuid[:8]}/">Back to the overview' in reader.get(f"/{case.uuid[:8]}/nowhere/").content.decode()
    other = f"/{many.uuid[:8]}/nowhere/"
    assert many.uuid[:8] not in reader.get(other).content.decode().replace(other, "")


def test_a_forms_address_opened_as_a_page_says_so(visitor: Client) -> None:
    answer = visitor.get("/language/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing to read at this address" in shown(answer)


def test_a_case_that_holds_nothing_yet_says_what_to_do(visitor: Client, tmp_path: Path) -> None:
    empty = Case.create(tmp_path / "empty", title="Vide")
    served.serve([empty])
    answer = visitor.get(f"/{empty.uuid[:8]}/")
    assert answer.status_code == 503
    text = shown(answer)
    assert "This case cannot be shown yet" in text
    assert "Sift a source into it first." in text
    assert "Try again" in text
    assert "<nav" not in answer.content.decode(), "every way into it would lead here again"


def test_a_defect_is_said_even_where_its_page_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> HttpResponse:
        raise RuntimeError

    monkeypatch.setattr(faults, "render", broken)
    answer = faults.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"Something broke here" in answer.content


def test_the_list_of_cases_says_what_is_in_each(visitor: Client, case: Case, many: Case, tmp_path: Path) -> None:
    empty = Case.create(tmp_path / "empty", title="Vide <b>")
    served.serve([case, many, empty])
    answer = visitor.get("/")
    text = shown(answer)
    line = r"Essai \d+ .*UTC.* admin Beaucoup \d\d\d? .* admin Vide <b> The case in .* holds nothing yet"
    assert re.search(line, text), text
    assert "Other cases" in text
    link = re.search(r'"(/[^"]+/documents/)">(\d+)<', answer.content.decode())
    assert link
    assert f"{link[2]} documents" in shown(visitor.get(link[1]))


def test_the_list_of_cases_holds_ones_own_only(reader: Client, case: Case, many: Case) -> None:
    served.serve([case, many])
    assert reader.get("/")["Location"] == f"/{case.uuid[:8]}/"
    assert "Other cases" not in reader.get(f"/{case.uuid[:8]}/").content.decode()
    Membership.objects.all().delete()
    assert "You have no part in any case here." in shown(reader.get("/"))
