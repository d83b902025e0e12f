"""Searches kept, searches run, lists of names."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crible.model.errors import InputError
from crible.review import searches
from crible.review.models import Entry, SavedSearch, SearchRun, User
from crible.review.rights import Role

CASE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def acts() -> list[str]:
    return list(Entry.objects.order_by("number").values_list("act", flat=True))


def test_a_search_is_ones_own_until_it_is_shared(people: dict[str, User]) -> None:
    searches.save(people["ines"], CASE, " Devis  louches ", "q=devis", shared=False)
    kept = searches.save(people["ines"], CASE, "Factures", "q=facture", shared=True)
    assert [one.name for one in searches.saved(people["ines"], CASE)] == ["Devis louches", "Factures"]
    assert [one.name for one in searches.saved(people["marc"], CASE)] == ["Factures"]
    assert not searches.saved(people["ines"], OTHER).exists()
    assert searches.change(people["ines"], Role.EDITOR, CASE, kept.pk, "Factures", shared=False)
    assert not searches.saved(people["marc"], CASE).exists()
    assert acts() == ["search-save", "search-save", "search-change"]


def test_a_name_stands_once_for_one_person(people: dict[str, User]) -> None:
    for query in ("q=a", "q=b"):
        searches.save(people["ines"], CASE, "Une", query, shared=False)
    other = searches.save(people["ines"], CASE, "Deux", "q=c", shared=False)
    assert searches.change(people["ines"], Role.EDITOR, CASE, other.pk, "Une", shared=False)
    searches.save(people["ines"], CASE, "Une", "q=d", shared=False)
    assert set(SavedSearch.objects.values_list("asked", flat=True)) == {"q=d", "q=c"}


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_is_short_and_not_empty(people: dict[str, User], name: str) -> None:
    with pytest.raises(InputError) as error:
        searches.save(people["ines"], CASE, name, "q=a", shared=False)
    assert error.value.code == "saved-name"
    assert acts() == []


def test_others_change_nothing_of_mine(people: dict[str, User]) -> None:
    mine = searches.save(people["ines"], CASE, "La mienne", "q=a", shared=False)
    shared = searches.save(people["ines"], CASE, "Partagée", "q=a", shared=True)
    assert not searches.remove(people["marc"], Role.EDITOR, CASE, shared.pk)
    assert not searches.remove(people["marc"], Role.ADMIN, CASE, mine.pk), "nobody sees it, so nobody manages it"
    assert not searches.remove(people["ines"], Role.EDITOR, OTHER, mine.pk)
    assert searches.remove(people["marc"], Role.ADMIN, CASE, shared.pk)
    assert [one.name for one in SavedSearch.objects.all()] == ["La mienne"]


def test_a_run_is_one_row_however_often(people: dict[str, User]) -> None:
    for found in (3, 4):
        searches.ran(people["ines"], CASE, "q=devis", found=found, searched=100, unread=2)
    searches.ran(people["marc"], CASE, "q=devis", found=4, searched=100, unread=2)
    row = SearchRun.objects.get(by=people["ines"])
    assert (row.times, row.found, row.searched, row.unread) == (1, 4, 100, 2)
    SearchRun.objects.update(last=timezone.now() - searches.APART - timedelta(seconds=1))
    searches.ran(people["ines"], CASE, "q=devis", found=5, searched=100, unread=0)
    row.refresh_from_db()
    assert (row.times, row.found, row.unread) == (2, 5, 0)
    assert searches.found_by(people["ines"], CASE, ["q=devis", "q=autre"]).keys() == {"q=devis"}


def test_what_found_nothing_is_told_apart(people: dict[str, User]) -> None:
    searches.ran(people["ines"], CASE, "q=devis", found=3, searched=100, unread=0)
    searches.ran(people["ines"], CASE, "q=zzz", found=0, searched=100, unread=0)
    searches.ran(people["ines"], OTHER, "q=yyy", found=0, searched=100, unread=0)
    assert [one.asked for one in searches.runs(CASE)] == ["q=zzz", "q=devis"]
    assert [one.asked for one in searches.runs(CASE, nothing=True)] == ["q=zzz"]


def test_a_list_keeps_each_line_once(people: dict[str, User]) -> None:
    kept = searches.keep_list(people["ines"], CASE, "Ada  Brun\r\n\nBo Costa\nAda Brun\n", queries=False)
    assert kept.lines == ["Ada Brun", "Bo Costa"]
    assert Entry.objects.get().params == {"list": kept.pk, "lines": 2, "queries": False}


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        (" \n ", "list-empty"),
        ("\n".join(f"nom {n}" for n in range(501)), "list-long"),
        ("a\n" + "x" * 101, "list-line"),
    ],
)
def test_a_list_has_bounds(people: dict[str, User], pasted: str, code: str) -> None:
    with pytest.raises(InputError) as error:
        searches.keep_list(people["ines"], CASE, pasted, queries=False)
    assert error.value.code == code
