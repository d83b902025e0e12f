"""Families, order, totals, facets and hits that need no other store."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from crible.index import search
from crible.index.record import Record
from crible.index.search import Searcher
from crible.index.writer import Writer
from crible.model.errors import CaseError, InputError

Make = Callable[..., Record]
Indexed = Callable[[Iterable[Record]], Searcher]


def family_of_three(make: Make) -> list[Record]:
    fam = make("zz").id
    return [
        make("a/in", "le budget est de 1 500 euros", family=fam, grade="unattested", kind="mail"),
        make("a/sent", "le budget est de 1 500 euros", family=fam, grade="proven", kind="mail"),
        make("a/altered", "le budget est de 15 000 euros", family=fam, grade="contradicted", kind="mail"),
        make("other", "un autre budget"),
    ]


def test_a_family_is_one_hit_shown_by_its_best_grade(make: Make, indexed: Indexed) -> None:
    results = indexed(family_of_three(make)).search("budget")

    assert (results.total_documents, results.total_families, results.exact) == (4, 2, True)
    shown = {hit.record.path: (hit.copies, hit.matching) for hit in results.hits}
    assert shown == {"a/sent": (2, 3), "other": (0, 1)}


def test_where_only_one_copy_matches_that_copy_is_shown(make: Make, indexed: Indexed) -> None:
    results = indexed(family_of_three(make)).search('"15 000"')

    assert [(hit.record.path, hit.copies, hit.matching) for hit in results.hits] == [("a/altered", 2, 1)]


def test_the_copies_are_one_step_away(make: Make, indexed: Indexed) -> None:
    searcher = indexed(family_of_three(make))
    hit = searcher.search('"15 000"').hits[0]

    assert [copy.record.path for copy in searcher.family(hit.record.family)] == ["a/sent", "a/in", "a/altered"]
    assert searcher.family("") == searcher.family("nobody") == ()


def test_pages_count_families_and_meet_without_gap(make: Make, indexed: Indexed) -> None:
    records = [make(f"m{n}-{copy}", "facture", family=make(f"m{n}").id) for n in range(7) for copy in range(2)]
    searcher = indexed(records)

    pages = [searcher.search("facture", offset=at, limit=3).hits for at in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert len({hit.record.family for page in pages for hit in page}) == 7


def test_beyond_the_cap_the_count_of_families_is_a_lower_bound(
    make: Make, indexed: Indexed, monkeypatch: pytest.MonkeyPatch
) -> None:
    searcher = indexed([make(f"m{n}", "facture") for n in range(12)])
    monkeypatch.setattr(search, "CAP", 10)

    results = searcher.search("facture")
    assert (results.total_documents, results.total_families, results.exact) == (12, 10, False)


def test_order_by_date_puts_the_undated_last_both_ways(make: Make, indexed: Indexed) -> None:
    dates = {"old": -86_400, "mid": 0, "new": 1_500_000_000, "none": None}
    searcher = indexed([make(name, "facture", date=date) for name, date in dates.items()])

    def order(sort: search.Sort) -> list[str]:
        return [hit.record.path for hit in searcher.search("facture", sort=sort).hits]

    assert order("date") == ["old", "mid", "new", "none"]
    assert order("-date") == ["new", "mid", "old", "none"]


def test_the_answer_does_not_depend_on_the_order_of_building(make: Make, tmp_path: Path) -> None:
    records = [make(f"m{n}", "facture " + "mot " * (n % 3), date=n % 2, grade="proven") for n in range(60)]
    answers = []
    for which, order in enumerate((records, records[::-1])):
        with Writer(tmp_path / str(which), heap=15_000_000) as writer:
            for one in order:
                writer.add(one)
        searcher = Searcher(tmp_path / str(which))
        orders: tuple[search.Sort, ...] = ("relevance", "date", "-date")
        answers.append([searcher.search("facture", sort=sort, limit=60).hits for sort in orders])
    assert answers[0] == answers[1]
    assert len(answers[0][0]) == 60


def test_a_hit_brings_the_whole_record_but_its_text(leak: Searcher) -> None:
    record = leak.search("evreux").hits[0].record

    assert record.text == ""
    assert record.recipients == ("Anne-Marie Keller amk@campagne.example", "Bob bob@campagne.example")
    assert (record.attachments, record.boxes, record.has_date, record.date) == (1, ("Boîte A",), True, 1_488_362_400)
    assert leak.get(record.id) == record
    assert leak.get("0" * 64) is None


def test_facets_count_documents_found(leak: Searcher) -> None:
    facets = leak.facets("devis OR quote")

    assert facets["grade"] == [("partly-proven", 1), ("proven", 1), ("questioned", 1), ("unattested", 1)]
    assert facets["kind"] == [("mail", 3), ("file", 1)]
    assert facets["box"] == [("B", 2), ("Boîte A", 1)]
    assert facets["check"] == [("mail.dkim", 2), ("mail.signer-clock", 1)]
    assert facets["month"] == [("2015-01", 1), ("2017-03", 1), ("2017-04", 1)]
    assert facets["to_domain"] == [("campagne.example", 1), ("mairie-exemple.example", 1)]
    assert facets["from_address"] == [("amk@campagne.example", 1), ("jean@mairie-exemple.example", 1)]
    assert leak.facets("devis", ["type"], size=1) == {"type": [("mail", 2)]}
    assert leak.facets("introuvable")["grade"] == []


def test_among_equal_counts_a_facet_keeps_the_first_of_the_alphabet(make: Make, indexed: Indexed) -> None:
    searcher = indexed([make(f"m{n}", "x", from_domain=f"d{n:03}.example") for n in reversed(range(300))])

    assert searcher.facets("x", ["from_domain"], size=2)["from_domain"] == [("d000.example", 1), ("d001.example", 1)]


def test_coverage_says_what_has_no_text(leak: Searcher) -> None:
    assert leak.coverage == search.Coverage(documents=5, unsearchable=1)


def test_hostile_strings_are_indexed_and_come_back_encodable(make: Make, indexed: Indexed) -> None:
    searcher = indexed(
        [make("x", "fac\u200bture \ud800 \x00 fin", subject="\udc80 objet", boxes=("\ud800",), from_address="\udc80@x")]
    )

    (hit,) = searcher.search("facture fin objet").hits
    assert hit.record.subject == "? objet"
    assert searcher.facets("facture")["box"] == [("?", 1)]


def test_dates_beyond_every_calendar_do_not_stop_a_build(make: Make, indexed: Indexed) -> None:
    searcher = indexed(
        [make("far", "x", date=1 << 80), make("late", "x", date=1 << 45), make("early", "x", date=-(1 << 45))]
    )

    assert searcher.search("x").total_documents == 3
    assert searcher.facets("x")["month"] == []
    assert {hit.record.path for hit in searcher.search("after:2017").hits} == {"late"}


def test_a_pattern_of_too_many_words_is_an_error_of_ours(make: Make, indexed: Indexed) -> None:
    words = " ".join(f"a{n}" for n in range(20_000))
    searcher = indexed([make("x", f"le {words}")])

    assert searcher.search("a*").total_documents == 1
    with pytest.raises(InputError) as caught:
        searcher.search('"le a*"')
    assert caught.value.code == "query-broad"


def test_several_threads_may_ask_at_once(leak: Searcher) -> None:
    with ThreadPoolExecutor(4) as pool:
        totals = list(pool.map(lambda _: leak.search("devis").total_documents, range(40)))
    assert totals == [3] * 40


def test_no_index_is_an_error_of_ours(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        Searcher(tmp_path)
    assert caught.value.code == "index-missing"
