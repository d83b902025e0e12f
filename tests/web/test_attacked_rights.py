"""Attacks on who may what: links that outlive the right they were made by, votes, numbers of other cases."""

import re
from typing import Any

import pytest
from desk_people import client, number, person

from crible.review import deciding
from crible.review.models import Decision, Invitation, Membership, User
from crible.store.case import Case
from crible.web import served

NEW = "quatre autres mots, encore"
REASON = "Deux sources concordent."


@pytest.fixture
def _two(case: Case, other: Case, _desk: None, settings: Any) -> None:
    """Both on a desk that teams reach by an address."""
    settings.DESK_URL = "http://127.0.0.1"
    served.serve([case, other])


@pytest.fixture
def ana(case: Case, _two: None) -> User:
    """Admin of the case."""
    return person("ana", (case, "admin"))


def link_in(answer: Any) -> str:
    return re.search(r'value="http://127\.0\.0\.1(/(?:invitation|reset)/[^"]+)"', answer.content.decode())[1]  # type: ignore[index]


@pytest.mark.parametrize("how", ["removed", "demoted", "deactivated"])
def test_an_admin_who_was_removed_does_not_come_back_by_a_link_of_their_own(
    ana: User, case: Case, slug: str, how: str
) -> None:
    eve = person("eve", (case, "admin"))
    link = link_in(client(eve).post(f"/{slug}/team/invite/", {"role": "admin"}))
    there = number(eve, case)
    if how == "removed":
        client(ana).post(f"/{slug}/team/{there}/remove/")
    elif how == "demoted":
        client(ana).post(f"/{slug}/team/{there}/role/", {"role": "reader"})
    else:
        User.objects.filter(pk=eve.pk).update(is_active=False)
    answer = (client() if how == "deactivated" else client(eve)).post(link, {"name": "eve2", "password": NEW})
    assert answer.status_code == 403
    assert "has been withdrawn" in answer.content.decode()
    admins = Membership.objects.filter(case=case.uuid, role="admin", user__is_active=True)
    assert [one.user.name for one in admins] == ["ana"]
    assert Invitation.objects.get().used is None


def test_a_reset_link_ends_where_its_person_joins_a_case_of_others(
    ana: User, case: Case, other: Case, slug: str
) -> None:
    bo = person("bo", (case, "reader"))
    link = link_in(client(ana).post(f"/{slug}/team/{number(bo, case)}/reset/"))
    Membership.objects.create(user=bo, case=other.uuid, role="editor")
    answer = client().post(link, {"password": NEW})
    assert answer.status_code == 403
    bo.refresh_from_db()
    assert not bo.has_usable_password()


def test_a_reset_link_ends_with_the_admin_who_made_it(ana: User, case: Case, slug: str) -> None:
    eve, bo = person("eve", (case, "admin")), person("bo", (case, "reader"))
    link = link_in(client(eve).post(f"/{slug}/team/{number(bo, case)}/reset/"))
    client(ana).post(f"/{slug}/team/{number(eve, case)}/remove/")
    assert client().post(link, {"password": NEW}).status_code == 403


def test_nobody_agrees_to_their_own_decision_whatever_is_undone_between(
    ana: User, case: Case, slug: str, ids: dict[str, str]
) -> None:
    document = ids["Devis de la salle"]
    eve, bo = person("eve", (case, "editor")), person("bo", (case, "editor"))
    here = f"/{slug}/document/{document}/decide"
    client(eve).post(f"{here}/decide/", {"decision": "publish", "reason": REASON, "two": "1"})
    made = Decision.objects.get(case=case.uuid)
    for _ in range(2):  # undone, and that undone, by another each time
        client(bo).post(f"/{slug}/undo/", {"line": made_line(case)})
        client(eve).post(f"{here}/second/", {"decision": made.pk, "agrees": "yes", "reason": REASON})
        made.refresh_from_db()
        assert made.second is None
        assert not deciding.counts(made)
    Membership.objects.filter(user=bo, case=case.uuid).update(role="reviewer")
    assert client(bo).post(f"{here}/second/", {"decision": made.pk, "agrees": "yes", "reason": REASON})


def made_line(case: Case) -> int:
    from crible.review.models import Entry

    return Entry.objects.filter(case=case.uuid, act__in=["decide", "undo"]).order_by("-number").first().number  # type: ignore[union-attr]
