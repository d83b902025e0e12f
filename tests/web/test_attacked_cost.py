"""Attacks on the desk's time: lists of searches that take long, queries hidden in what is chosen."""

from typing import Any

import pytest
from desk_people import person
from django.test import Client

from crible.review import searches
from crible.store.case import Case
from crible.web.queries import searched


def test_what_is_chosen_costs_no_more_than_a_query_may(visitor: Client, slug: str) -> None:
    chosen = {"in": ["(" + " ".join(f"{chr(97 + n)}*" for n in range(20)) + ")"] * 1}
    assert visitor.get(f"/{slug}/search/", chosen).status_code == 200
    many = {"in": [f"({one} OR b* OR c* OR d* OR e*)" for one in (f"{chr(97 + n)}x*" for n in range(24))]}
    answer = visitor.get(f"/{slug}/search/", many)
    assert answer.status_code == 400


def test_a_search_asks_for_so_many_marks_and_no_more(visitor: Client, slug: str) -> None:
    words = [f"{minus}{kind}:*" for minus in ("", "-") for kind in ("seen", "star", "noted", "tag", "assigned")]
    assert visitor.get(f"/{slug}/search/", {"q": " ".join(words[:8])}).status_code == 200
    assert visitor.get(f"/{slug}/search/", {"q": " ".join(words)}).status_code == 400


@pytest.mark.parametrize(("path", "said"), [("search/saved/", "not counted"), ("search/done/", "not counted")])
def test_a_list_of_searches_has_an_end(
    visitor: Client, case: Case, slug: str, monkeypatch: pytest.MonkeyPatch, path: str, said: str
) -> None:
    bo: Any = person("bo", (case, "reviewer"))
    searches.save(bo, case.uuid, "devis", "q=devis", shared=True)
    searches.ran(bo, case.uuid, "q=devis", found=3, searched=9, unread=0)
    assert said not in visitor.get(f"/{slug}/{path}").content.decode()
    monkeypatch.setattr(searched, "PATIENCE", -1.0)
    assert said in visitor.get(f"/{slug}/{path}").content.decode()
    rows = b"".join(visitor.get(f"/{slug}/search/done/csv/").streaming_content).decode().splitlines()
    assert rows[1].startswith("bo,devis,")
