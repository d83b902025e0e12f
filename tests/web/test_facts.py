"""The desk cannot change a case."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from desk_people import client
from desk_routes import Form, Forms
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from crible.review.people import owner
from crible.review.rights import Right
from crible.store.case import Case
from crible.store.models import Document, Source
from crible.web.served import Served, all_served, of_case


def test_a_view_cannot_write_facts(case: Case, stranger: Client, slug: str) -> None:
    before = (case.folder / "db.sqlite3").read_bytes()

    @of_case(Right.READ)
    def writes(request: HttpRequest, served: Served) -> HttpResponse:
        Document.objects.update(state="ignored")
        return HttpResponse()

    @of_case(Right.READ)
    def adds(request: HttpRequest, served: Served) -> HttpResponse:
        Source.objects.create(label="x", location="x", kind="file")
        return HttpResponse()

    for view in (writes, adds):
        request = HttpRequest()
        request.user = owner()
        with pytest.raises(OperationalError, match="readonly"):
            view(request, slug=slug)
    assert (case.folder / "db.sqlite3").read_bytes() == before


def test_facts_are_out_of_reach_outside_a_case(stranger: Client) -> None:
    with pytest.raises(LookupError):
        Document.objects.count()


KEPT_OUT = {"logout", "account-password", "language", "theme"}
"""Forms that would end the visit or change nothing but a cookie."""


SIDE = (".sqlite3-wal", ".sqlite3-shm")


def fingerprint(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a case: facts, blobs, index, custody. SQLite’s own side files come and go."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in SIDE)
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_every_page_opened_and_every_form_sent_changes_no_fact(case: Case, stranger: Client, slug: str) -> None:
    """A walk along the desk's own links, two pages of a kind, by somebody who may do everything."""
    browser, before = client(owner()), fingerprint(case.folder)
    waiting, seen = ["/", f"/{slug}/", "/account/", f"/{slug}/team/"], Counter[str]()
    forms: dict[str, list[Form]] = {}
    while waiting:
        path = waiting.pop(0)
        answer = browser.get(path)
        assert answer.status_code < 500, path
        if "text/html" not in answer.get("Content-Type", "") or answer.streaming:
            continue
        page = Forms(answer.content.decode())
        for link in page.links:
            if seen[kind(link)] < 2:
                seen[kind(link)] += 1
                waiting.append(link)
        for form in page.forms:
            action = form.action or path
            if form.post and kind(action) not in KEPT_OUT and len(forms.setdefault(kind(action), [])) < 2:
                forms[kind(action)].append(Form(action, form.post, form.fields))
    sent = [browser.post(form.action, form.fields).status_code for each in forms.values() for form in each]
    assert len(seen) > 20, "the walk found its way"
    assert len(forms) > 8
    assert max(sent) < 500
    assert min(sent) < 400
    assert fingerprint(case.folder) == before


def kind(link: str) -> str:
    """The name of an address's line in the table; empty where it leads nowhere or off the pages."""
    try:
        return resolve(link.partition("?")[0].partition("#")[0]).url_name or ""
    except Resolver404:
        return ""


def test_a_wrong_case_does_not_exist(visitor: Client) -> None:
    assert visitor.get("/00000000/").status_code == 404


def test_a_running_sift_makes_grades_provisional(case: Case, visitor: Client, slug: str) -> None:
    from crible.store.lock import locked

    assert "A sift is running" not in visitor.get(f"/{slug}/").content.decode()
    with locked(case.folder):
        assert all_served()[0].sifting()
        assert "A sift is running" in visitor.get(f"/{slug}/").content.decode()
    assert not all_served()[0].sifting()
