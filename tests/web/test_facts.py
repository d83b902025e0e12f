"""The desk cannot change a case."""

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client

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


def test_a_wrong_case_does_not_exist(visitor: Client) -> None:
    assert visitor.get("/00000000/").status_code == 404


def test_a_running_sift_makes_grades_provisional(case: Case, visitor: Client, slug: str) -> None:
    from crible.store.lock import locked

    assert "A sift is running" not in visitor.get(f"/{slug}/").content.decode()
    with locked(case.folder):
        assert all_served()[0].sifting()
        assert "A sift is running" in visitor.get(f"/{slug}/").content.decode()
    assert not all_served()[0].sifting()
