"""Members of a case, invitations, links for forgotten passwords: who may what to whom."""

import re
from datetime import timedelta
from typing import Any

import pytest
from desk_people import PASSWORD, client, number, person
from django.test import Client
from django.utils import timezone
from inert import Page

from crible.review import people
from crible.review.models import Entry, Invitation, Membership, Reset, Star, Token, User
from crible.store.case import Case
from crible.web import served

NEW = "quatre autres mots, encore"


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
    """The path of the link that an answer shows."""
    return re.search(r'value="http://127\.0\.0\.1(/(?:invitation|reset)/[^"]+)"', answer.content.decode())[1]  # type: ignore[index]


def invited(ana: User, slug: str, role: str = "reviewer") -> str:
    return link_in(client(ana).post(f"/{slug}/team/invite/", {"role": role}))


def account(name: str, password: str = PASSWORD, **more: str) -> dict[str, str]:
    return {"name": name, "password": password, **more}


def test_an_invitation_makes_a_member_who_is_in_at_once(ana: User, case: Case, slug: str) -> None:
    link = invited(ana, slug)
    browser = client()
    page = browser.get(link).content.decode()
    assert "Essai" in page
    assert Page(page).problems == []
    answer = browser.post(link, account("Bo", shown="Bo Costa"))
    assert (answer.status_code, answer["Location"]) == (302, f"/{slug}/")
    assert browser.get(f"/{slug}/").status_code == 200
    assert Membership.objects.get(user__name="bo", case=case.uuid).role == "reviewer"
    acts = list(Entry.objects.filter(case=case.uuid).order_by("number").values_list("by", "act"))
    assert acts == [("ana", "invited"), ("bo", "joined")]
    assert "used by Bo Costa" in Page(client(ana).get(f"/{slug}/team/").content.decode()).text


def test_an_invitation_works_once_and_its_token_is_stored_nowhere(ana: User, slug: str) -> None:
    link = invited(ana, slug)
    assert client().post(link, account("bo")).status_code == 302
    again = client().post(link, account("mallory"))
    assert again.status_code == 403
    assert "This link has been used" in again.content.decode()
    assert not User.objects.filter(name="mallory").exists()
    token = link.split("/")[2]
    stored = repr([*Invitation.objects.values(), *Entry.objects.values(), *Membership.objects.values()])
    assert token not in stored
    assert token.encode() not in b"".join(bytes(one.digest) for one in Invitation.objects.all())


@pytest.mark.parametrize(("change", "said"), [("expired", "has expired"), ("withdrawn", "has been withdrawn")])
def test_expired_and_withdrawn_invitations_are_good_for_nothing(ana: User, slug: str, change: str, said: str) -> None:
    link = invited(ana, slug)
    one = Invitation.objects.get()
    if change == "expired":
        Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    else:
        assert client(ana).post(f"/{slug}/team/invitation/{one.pk}/withdraw/").status_code == 302
    for answer in (client().get(link), client().post(link, account("bo"))):
        assert answer.status_code == 403
        assert said in answer.content.decode()
    assert not User.objects.filter(name="bo").exists()


def test_guessing_links_has_an_end(ana: User, slug: str) -> None:
    link = invited(ana, slug)
    stranger = client()
    for kind in ("invitation", "reset") * 10:
        assert stranger.get(f"/{kind}/guess/").status_code == 403
    assert stranger.get(link).status_code == 429
    assert Client(headers={"host": "127.0.0.1"}, REMOTE_ADDR="192.0.2.9").get(link).status_code == 200


def test_who_is_logged_in_adds_the_case_and_loses_no_role(ana: User, case: Case, other: Case, slug: str) -> None:
    bo = person("bo", (other, "reader"))
    browser = client(bo)
    assert browser.get(f"/{slug}/").status_code == 404
    link = invited(ana, slug)
    assert "Add the case" in browser.get(link).content.decode()
    assert browser.post(link).status_code == 302
    assert browser.get(f"/{slug}/").status_code == 200
    assert client(ana).post(invited(ana, slug, "reader")).status_code == 302
    assert Membership.objects.get(user=ana).role == "admin"
    assert Membership.objects.get(user=bo, case=other.uuid).role == "reader"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "ana"}, "Somebody here has that log-in name"),
        ({"name": "\uff21na"}, "Somebody here has that log-in name"),
        ({"name": "b o"}, "A log-in name has"),
        ({"name": "<b>"}, "A log-in name has"),
        ({"name": "x" * 65}, "A log-in name has"),
        ({"name": ""}, "A log-in name has"),
        ({"password": "short"}, "too short"),
        ({"name": "bonaventure", "password": "bonaventure1"}, "too close to your name"),
    ],
)
def test_a_bad_name_or_password_makes_nobody_and_spends_nothing(
    ana: User, slug: str, fields: dict[str, str], said: str
) -> None:
    link = invited(ana, slug)
    answer = client().post(link, account("bo") | fields)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page
    assert Page(page).problems == []
    assert User.objects.count() == 1
    assert client().get(link).status_code == 200


def test_of_two_at_once_one_gets_the_name_and_the_other_no_account(
    ana: User, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = invited(ana, slug)
    monkeypatch.setattr("crible.review.people.faults", lambda *_: [])
    answer = client().post(link, account("ana"))
    assert answer.status_code == 400
    assert "Somebody here has that log-in name" in answer.content.decode()
    monkeypatch.setattr("crible.review.invitations.accept", lambda *_: False)
    client().post(link, account("bo"))
    assert list(User.objects.values_list("name", flat=True)) == ["ana"]


@pytest.mark.usefixtures("_two")
def test_one_sees_only_the_cases_one_has_a_part_in(case: Case, other: Case, slug: str) -> None:
    both, one = person("both", (case, "reader"), (other, "admin")), person("one", (case, "reader"))
    page = client(both).get("/").content.decode()
    assert "Essai" in page
    assert "Autre affaire" in page
    browser = client(one)
    assert browser.get("/")["Location"] == f"/{slug}/"
    assert browser.get(f"/{other.uuid[:8]}/").status_code == 404
    for address in ("/account/", f"/{slug}/"):
        assert "Autre affaire" not in browser.get(address).content.decode()
    assert client(person("nobody")).get("/").status_code == 200


def test_the_last_admin_stays_and_the_owner_counts(ana: User, case: Case, slug: str) -> None:
    own = number(ana, case)
    browser = client(ana)
    for path, fields in ((f"{own}/role/", {"role": "editor"}), (f"{own}/remove/", {})):
        answer = browser.post(f"/{slug}/team/{path}", fields)
        assert answer.status_code == 400
        assert "Nobody would be left" in answer.content.decode()
    assert Membership.objects.get(user=ana).role == "admin"
    people.owner()
    assert browser.post(f"/{slug}/team/{own}/role/", {"role": "editor"}).status_code == 302
    assert browser.get(f"/{slug}/team/").status_code == 403


def test_a_second_admin_is_enough(ana: User, case: Case, slug: str) -> None:
    bea = person("bea", (case, "admin"))
    assert client(bea).post(f"/{slug}/team/{number(ana, case)}/remove/").status_code == 302
    assert client(ana).get(f"/{slug}/").status_code == 404
    gone = person("gone", (case, "admin"))
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert client(bea).post(f"/{slug}/team/{number(bea, case)}/role/", {"role": "reader"}).status_code == 400, (
        "an admin whose account is closed manages nothing"
    )


def test_a_role_change_bites_at_the_next_request(ana: User, case: Case, slug: str) -> None:
    bo = person("bo", (case, "admin"))
    browser = client(bo)
    assert browser.get(f"/{slug}/team/").status_code == 200
    assert client(ana).post(f"/{slug}/team/{number(bo, case)}/role/", {"role": "reader"}).status_code == 302
    assert browser.get(f"/{slug}/team/").status_code == 403
    assert browser.get(f"/{slug}/").status_code == 200
    entry = Entry.objects.get(act="role-changed")
    assert entry.params == {"name": "bo", "was": "admin", "role": "reader"}
    assert client(ana).post(f"/{slug}/team/{number(bo, case)}/role/", {"role": "owner"}).status_code == 404


def test_who_is_removed_keeps_marks_and_loses_keys(ana: User, case: Case, slug: str) -> None:
    bo = person("bo", (case, "reviewer"))
    Star.objects.create(case=case.uuid, document="0" * 64, by=bo)
    Token.objects.create(digest=b"x", user=bo, case=case.uuid, name="n", expires=timezone.now() + timedelta(days=1))
    browser = client(bo)
    assert browser.get(f"/{slug}/").status_code == 200
    assert client(ana).post(f"/{slug}/team/{number(bo, case)}/remove/").status_code == 302
    assert browser.get(f"/{slug}/").status_code == 404
    assert Star.objects.filter(by=bo).exists()
    assert Token.objects.get().revoked


def test_a_reset_link_sets_a_password_once_and_ends_sessions(ana: User, case: Case, slug: str) -> None:
    bo = person("bo", (case, "reviewer"), password=PASSWORD)
    browser = client(bo)
    link = link_in(client(ana).post(f"/{slug}/team/{number(bo, case)}/reset/"))
    assert browser.get("/account/").status_code == 200, "making the link changes nothing yet"
    page = client().get(link).content.decode()
    assert Page(page).problems == []
    assert client().post(link, {"password": "short"}).status_code == 400
    assert client().post(link, {"password": NEW}).status_code == 200
    assert browser.get("/account/").status_code == 403
    assert client().post(link, {"password": NEW}).status_code == 403
    assert client().post("/login/", account("bo")).status_code == 403
    assert client().post("/login/", account("bo", NEW)).status_code == 302
    kept = repr([*Reset.objects.values(), *Entry.objects.values()])
    assert link.split("/")[2] not in kept
    assert NEW not in kept


def test_a_later_reset_link_takes_the_place_of_the_earlier(ana: User, case: Case, slug: str) -> None:
    bo = person("bo", (case, "reviewer"))
    first, second = (link_in(client(ana).post(f"/{slug}/team/{number(bo, case)}/reset/")) for _ in range(2))
    assert "withdrawn" in client().get(first).content.decode()
    Reset.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert "expired" in client().get(second).content.decode()


def test_no_admin_resets_the_way_into_a_case_of_others(ana: User, case: Case, other: Case, slug: str) -> None:
    both = person("both", (case, "reader"), (other, "admin"))
    browser = client(ana)
    assert f"/{slug}/team/{number(both, case)}/reset/" not in browser.get(f"/{slug}/team/").content.decode()
    assert browser.post(f"/{slug}/team/{number(both, case)}/reset/").status_code == 403
    Membership.objects.create(user=ana, case=other.uuid, role="admin")
    assert browser.post(f"/{slug}/team/{number(both, case)}/reset/").status_code == 200
    owner = people.owner()
    part = Membership.objects.create(user=owner, case=case.uuid, role="reader")
    assert browser.post(f"/{slug}/team/{part.pk}/reset/").status_code == 403
    assert client(owner).post(f"/{slug}/team/{number(both, case)}/reset/").status_code == 200


def test_admins_see_and_end_sessions_of_their_members_only(ana: User, case: Case, other: Case, slug: str) -> None:
    bo, eve = person("bo", (case, "reader")), person("evelina", (other, "reader"))
    in_bo, in_eve = client(bo), client(eve)
    browser = client(ana)
    page = Page(browser.get(f"/{slug}/team/").content.decode())
    assert page.problems == []
    assert "bo" in page.text
    assert "evelina" not in page.text
    assert browser.post(f"/{slug}/team/{number(bo, case)}/sessions/end/").status_code == 302
    assert in_bo.get("/account/").status_code == 403
    assert browser.post(f"/{slug}/team/{number(eve, other)}/sessions/end/").status_code == 404
    assert in_eve.get("/account/").status_code == 200


def test_numbers_of_another_case_lead_nowhere(ana: User, case: Case, other: Case, slug: str) -> None:
    eva = person("eva", (other, "admin"))
    eve = person("eve", (other, "reader"))
    invited(eva, other.uuid[:8])
    theirs, browser = Invitation.objects.get(), client(ana)
    assert browser.post(f"/{slug}/team/invitation/{theirs.pk}/withdraw/").status_code == 404
    for act in ("role", "remove", "reset", "sessions/end", "account"):
        answer = browser.post(f"/{slug}/team/{number(eve, other)}/{act}/", {"role": "admin"})
        assert answer.status_code == 404, act
    assert Invitation.objects.get().withdrawn is None
    assert Membership.objects.get(user=eve).role == "reader"


def test_only_the_owner_closes_an_account_which_keeps_its_marks(ana: User, case: Case, slug: str) -> None:
    bo = person("bo", (case, "reviewer"), password=PASSWORD)
    Star.objects.create(case=case.uuid, document="0" * 64, by=bo)
    path = f"/{slug}/team/{number(bo, case)}/account/"
    browser = client(bo)
    assert client(ana).post(path).status_code == 403
    owner = client(people.owner())
    assert owner.post(path).status_code == 302
    assert browser.get(f"/{slug}/").status_code == 403
    assert client().post("/login/", account("bo")).status_code == 403
    assert Star.objects.filter(by=bo).exists()
    assert "account closed" in owner.get(f"/{slug}/team/").content.decode()
    assert owner.post(path, {"open": "1"}).status_code == 302
    assert client().post("/login/", account("bo")).status_code == 302


@pytest.mark.parametrize("role", ["reader", "reviewer", "editor"])
def test_only_admins_see_and_manage_the_team(ana: User, case: Case, slug: str, role: str) -> None:
    browser = client(person("bo", (case, role)))
    assert browser.get(f"/{slug}/team/").status_code == 403
    assert f"/{slug}/team/" not in browser.get(f"/{slug}/").content.decode()
    own = number(ana, case)
    posts = ("invite", f"{own}/role", f"{own}/remove", f"{own}/reset", f"{own}/sessions/end", f"{own}/account")
    assert {browser.post(f"/{slug}/team/{path}/", {"role": "admin"}).status_code for path in posts} == {403}
    assert not Invitation.objects.exists()


HOSTILE = "<img src=x onerror=alert(1)>\u202egnp"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Who works on this case"), ("fr", "Qui travaille sur cette affaire")]
)
def test_the_team_page_is_inert_whatever_people_call_themselves(
    ana: User, case: Case, slug: str, language: str, words: str
) -> None:
    people.rename(person("bo", (case, "reader")), HOSTILE)
    invited(ana, slug)
    page = Page(client(ana).get(f"/{slug}/team/", headers={"accept-language": language}).content.decode())
    assert page.problems == []
    assert words in page.text
    assert "\u202e" not in page.text


def test_an_unserved_case_can_be_joined_and_is_not_named(ana: User, other: Case, slug: str) -> None:
    link = invited(ana, slug)
    served.serve([other])
    page = client().get(link).content.decode()
    assert "Essai" not in page
    assert "not on the desk" in page
    browser = client()
    assert browser.post(link, account("bo")).status_code == 302
    assert "Autre affaire" not in browser.get("/").content.decode()


def test_tokens_stand_in_no_log(ana: User, slug: str, capfd: pytest.CaptureFixture[str]) -> None:
    link = invited(ana, slug)
    client().get(link)
    client().post(link, account("bo"))
    client().get(link)
    assert link.split("/")[2] not in "".join(capfd.readouterr())


def test_an_admin_ends_sessions_of_who_works_on_other_cases_in_their_own_case_only(
    ana: User, case: Case, other: Case, slug: str
) -> None:
    both = person("both", (case, "reader"), (other, "reader"))
    theirs, browser = client(both), client(ana)
    assert "End sessions in this case" in browser.get(f"/{slug}/team/").content.decode()
    assert browser.post(f"/{slug}/team/{number(both, case)}/sessions/end/").status_code == 302
    french = theirs.get(f"/{slug}/", headers={"accept-language": "fr"})
    assert french.status_code == 403
    assert "Reconnectez-vous" in french.content.decode()
    for path in ("search/", "team/", "document/" + "0" * 64 + "/"):
        assert theirs.get(f"/{slug}/{path}").status_code == 403
    assert f"/{slug}/" not in theirs.get("/account/").content.decode()
    assert theirs.get(f"/{other.uuid[:8]}/").status_code == 200
    assert client(both).get(f"/{slug}/").status_code == 200, "a new log-in opens it"
    assert theirs.get(f"/{slug}/").status_code == 403, "the old session stays out"
    line = Entry.objects.get(case=case.uuid, act="sessions-ended-here")
    assert line.params == {"name": "both", "count": 1}


def test_who_manages_every_case_of_somebody_ends_their_sessions_wholly(
    ana: User, case: Case, other: Case, slug: str
) -> None:
    admin, both = (person(name, (case, role), (other, role)) for name, role in (("ada", "admin"), ("bob", "editor")))
    theirs = client(both)
    assert client(admin).post(f"/{slug}/team/{number(both, case)}/sessions/end/").status_code == 302
    assert theirs.get(f"/{other.uuid[:8]}/").status_code == 403
    assert theirs.get("/account/").status_code == 403
    again = client(both)
    assert client(people.owner()).post(f"/{slug}/team/{number(both, case)}/sessions/end/").status_code == 302
    assert again.get("/account/").status_code == 403


def test_links_of_who_does_not_manage_the_case_any_more_are_listed_as_void(ana: User, case: Case, slug: str) -> None:
    bea = person("bea", (case, "admin"))
    invited(bea, slug)
    browser = client(ana)
    assert "open until" in browser.get(f"/{slug}/team/").content.decode()
    browser.post(f"/{slug}/team/{number(bea, case)}/role/", {"role": "editor"})
    page = browser.get(f"/{slug}/team/").content.decode()
    assert "open until" not in page
    assert "void: who made it" in page
    browser.post(f"/{slug}/team/{number(bea, case)}/role/", {"role": "admin"})
    assert "open until" in browser.get(f"/{slug}/team/").content.decode()
    browser.post(f"/{slug}/team/{number(bea, case)}/remove/")
    assert "sans effet" in browser.get(f"/{slug}/team/", headers={"accept-language": "fr"}).content.decode()
