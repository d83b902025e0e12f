"""A mail that was added to after signing opens with the text that was signed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_served import on_the_desk, owner_come_in
from django.test import Client
from pytest_django import DjangoDbBlocker

from crible.store.case import Case


@pytest.fixture
def page(demo_case: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Client, str]]:
    """Somebody who came in, and the address of the demo's mail with an added part."""
    case = Case.open(demo_case / "case")
    planted = json.loads((demo_case / "planted.json").read_text())
    added = next(plant["id"] for plant in planted if (plant["kind"], plant["case"]) == ("part-added", "mail"))
    with django_db_blocker.unblock(), on_the_desk(case):
        yield owner_come_in(), f"/{case.uuid[:8]}/document/{added}/"


def test_what_was_signed_opens_first(page: tuple[Client, str]) -> None:
    client, address = page
    first = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "The text that boitevive.example signed." in first
    assert "by nobody known" in first
    assert 'class="text vouched partly' in first


def test_what_is_stored_is_one_step_away_and_says_so(page: tuple[Client, str]) -> None:
    client, address = page
    stored = client.get(f"{address}?stored=1", headers={"accept-language": "fr"}).content.decode()
    assert "Le texte tel qu’il est conservé." in stored
    assert 'class="text vouched' not in stored
