"""The search page: what its address asks for, facets, the chart, scopes, the list beside a document."""

import re
from html import unescape
from urllib.parse import parse_qs, quote

import pytest
from desk_cases import HOSTILE
from desk_people import client, person
from django.http import QueryDict
from django.test import Client
from inert import Page

from crible.index.syntax import parse
from crible.model.errors import InputError
from crible.review.models import SearchRun
from crible.store.case import Case
from crible.store.models import Document, Version
from crible.web import served
from crible.web.queries.asked import Asked
from crible.web.queries.examples import EXAMPLES
from crible.web.queries.marked import lift
from crible.web.queries.spread import chart, narrowed
from crible.web.queries.trees import parts


def read(visitor: Client, address: str, status: int = 200, language: str = "en") -> str:
    answer = visitor.get(address, headers={"accept-language": language})
    assert answer.status_code == status, answer.content[:300]
    page = Page(answer.content.decode())
    assert page.problems == []
    return page.text


def links(visitor: Client, address: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'href="([^"]*)"', visitor.get(address).content.decode())]


def total(visitor: Client, address: str) -> int:
    found = re.search(r"(\d+) (?:message or file|messages and files)", read(visitor, address))
    return int(found[1]) if found else 0


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.english[0])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_example_can_be_asked(example: object, language: str) -> None:
    for query in example.typed(language):  # type: ignore[attr-defined]
        words, marks = lift(query)
        parse(words)
        assert words or marks


@pytest.mark.parametrize("language", ["en", "fr"])
def test_examples_are_links_in_the_readers_language(visitor: Client, slug: str, language: str) -> None:
    text = read(visitor, f"/{slug}/search/?q=devis", language=language)
    assert ("de:martin" in text) == (language == "fr")
    assert "Comment demander" in text or "How to ask" in text
    assert ("facture OU devis" in text) == (language == "fr")


def test_values_of_a_facet_are_alternatives_and_facets_conditions(visitor: Client, slug: str) -> None:
    at = f"/{slug}/search/?q="
    mails, files = total(visitor, f'{at}&in=kind:"mail"'), total(visitor, f'{at}&in=kind:"file"')
    assert mails
    assert files
    assert total(visitor, f'{at}&in=kind:"mail"&in=kind:"file"') == mails + files
    assert total(visitor, f'{at}&in=-kind:"mail"') == files
    assert total(visitor, f'{at}&in=kind:"mail"&in=type:"txt"') == 0
    assert total(visitor, f'{at}&in=kind:"mail"&in=from:ada@brun.example') < mails


def test_a_chosen_facet_still_offers_its_other_values(visitor: Client, slug: str) -> None:
    offered = links(visitor, f'/{slug}/search/?q=&in=kind:"mail"')
    assert any(parse_qs(one[1:]).get("in") == ['kind:"mail"', 'kind:"file"'] for one in offered if one[:1] == "?")
    assert any(parse_qs(one[1:]).get("in") == ['kind:"mail"', '-type:"pdf"'] or "-" in one for one in offered)


def test_before_and_after_are_no_alternatives() -> None:
    asked = Asked(chosen=("after:2016-03-05", "before:2016-03-09"))
    wanted = parts(asked, served.UTC)
    assert wanted.groups == {}
    assert len(wanted.rest) == 2
    spans = parts(Asked(chosen=("date:2016", "date:2018", 'from:"a OR b"', "(from:x)")), served.UTC)
    assert set(spans.groups) == {"date", "from"}
    assert len(spans.rest) == 1


def test_two_months_in_fields_lead_to_the_address_of_their_span(visitor: Client, slug: str) -> None:
    answer = visitor.get(f"/{slug}/search/?q=devis&in=date:2015&since=2016-05&until=2016-03")
    assert answer.status_code == 302
    assert parse_qs(answer["Location"].partition("?")[2]) == {"q": ["devis"], "in": ["date:2016-03..2016-05"]}
    answer = visitor.get(f"/{slug}/search/?q=devis&since=//evil.example&until=")
    assert answer["Location"] == f"/{slug}/search/?q=devis"


def test_the_chart_shows_the_chosen_span_among_the_others() -> None:
    months = [(f"2016-{month:02}", month) for month in range(1, 13)]
    shown = chart(months, Asked("devis", ("date:2016-03..2016-05", 'kind:"mail"')))
    assert shown
    assert [one.bar.period for one in shown.spans if one.chosen] == ["2016-03", "2016-04", "2016-05"]
    assert (shown.first, shown.last) == ("2016-03", "2016-05")
    assert parse_qs(shown.base[1:]) == {"q": ["devis"], "in": ['kind:"mail"']}
    assert parse_qs(shown.spans[0].address[1:])["in"] == ['kind:"mail"', "date:2016-01"]
    assert shown.later.endswith("after%3A2017-01")


def test_of_many_years_a_chosen_one_is_shown_by_month() -> None:
    months = [(f"{year}-{month:02}", 5) for year in range(2000, 2012) for month in range(1, 13)]
    whole, one = chart(months, Asked("devis")), chart(months, Asked("devis", ("date:2005",)))
    assert whole
    assert one
    assert whole.when.by_year
    assert len(whole.spans) == 12
    assert one.narrowed
    assert next(span.bar.period for span in one.spans) == "2005-01"
    assert len(one.spans) == 12


def test_a_span_may_be_open() -> None:
    assert narrowed(Asked("a"), "2016-03", "").endswith("date%3A2016-03..")
    assert chart([("2016-01", 2), ("2016-02", 3)], Asked(chosen=("date:2016-02..",))).first == "2016-02"  # type: ignore[union-attr]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_chips_say_what_was_chosen_and_let_it_go(visitor: Client, slug: str, language: str) -> None:
    address = f'/{slug}/search/?q=&in=kind:"mail"&in=-grade:"proven"&in=date:2016-03&in=(devis)'
    text = read(visitor, address, language=language)
    wanted = ("Nature : message", "sauf", "mars 2016") if language == "fr" else ("Kind: mail", "not", "March 2016")
    assert all(one in text.replace("\u00a0", " ") for one in wanted[1:])
    let_go = [parse_qs(one[1:]).get("in", []) for one in links(visitor, address) if one.startswith("?")]
    assert ['-grade:"proven"', "date:2016-03", "(devis)"] in let_go


def test_a_scope_is_shown_by_a_name(visitor: Client, slug: str, case: Case, ids: dict[str, str]) -> None:
    with case.facts():
        thread = Document.objects.get(sha256=bytes.fromhex(ids["Re: Devis de la salle"])).weighing.thread
    text = read(visitor, f'/{slug}/search/?q=accord&in=thread:"{quote(thread)}"')
    assert "Thread of: Devis de la salle" in text
    assert "1 message or file" in text
    copies = next(one for one in links(visitor, f"/{slug}/search/?q=4200 OR 9900 OR euros") if "/copies/" in one)
    family = next(one for one in links(visitor, copies) if "in=family" in one)
    assert re.search(r"Copies of: Devis de la salle .* 1 message or file in 2 copies", read(visitor, family))


@pytest.mark.usefixtures("_desk")
def test_near_copies_are_a_scope_of_their_own(case: Case) -> None:
    with case.facts():
        known = Version.objects.values_list("cluster", "document__sha256").first()
        if known:
            wanted = parts(Asked(chosen=(f"cluster:{bytes(known[0]).hex()}",)), served.UTC)
            assert bytes(known[1]).hex() in repr(wanted.rest)
        with pytest.raises(InputError):
            parts(Asked(chosen=(f"cluster:{'0' * 64}",)), served.UTC)


def test_a_scope_that_leads_nowhere_is_a_sentence(visitor: Client, slug: str) -> None:
    read(visitor, f"/{slug}/search/?q=&in=cluster:{'0' * 64}", 400)
    assert "Not found" in read(visitor, f"/{slug}/search/?q=&in=thread:nobody")


def test_what_was_found_can_be_searched(visitor: Client, slug: str) -> None:
    body = visitor.get(f'/{slug}/search/?q=devis OR budget&in=kind:"mail"').content.decode()
    assert 'name="in" value="(devis OR budget)"' in body
    assert total(visitor, f'/{slug}/search/?q=euros&in=(devis OR budget)&in=kind:"mail"') == 1


def test_a_find_in_a_title_is_marked_and_nothing_of_it_is_markup(visitor: Client, slug: str) -> None:
    body = visitor.get(f"/{slug}/search/?q=urgent").content.decode()
    assert re.search(r'class="title"[^>]*><mark>Urgent</mark> &lt;script', body)
    assert Page(body).problems == []
    hostile = quote(HOSTILE)
    text = read(visitor, f"/{slug}/search/?q=a&in={hostile}&more={hostile}&sort={hostile}&page={hostile}")
    assert "\u202e" not in text


def test_all_values_of_a_facet_can_be_seen(visitor: Client, slug: str) -> None:
    assert Asked.of(QueryDict("more=nonsense")).more == ""
    body = visitor.get(f"/{slug}/search/?q=&more=type").content.decode()
    assert re.search(r'id="facet-type"(?:(?!</section>).)*</section>', body, re.DOTALL)


# ---- the list beside a document


def beside(visitor: Client, slug: str, document: str, given: str) -> tuple[str, dict[str, str]]:
    body = visitor.get(f"/{slug}/document/{document}/?from={quote(given)}").content.decode()
    return body, {key: unescape(one) for one, key in re.findall(r'href="([^"]+)" data-key="([jku])"', body)}


def test_a_hit_leads_to_its_document_with_the_list(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    hits = [one for one in links(visitor, f"/{slug}/search/?q=devis&sort=date") if "/document/" in one]
    assert len(hits) == 2
    body = visitor.get(hits[0]).content.decode()
    assert body.count('<li aria-current="true"><a') == 1
    keys = {key: unescape(one) for one, key in re.findall(r'href="([^"]+)" data-key="([jku])"', body)}
    assert keys["j"] == hits[1]
    assert keys["u"] == f"/{slug}/search/?q=devis&sort=date"
    assert "k" not in keys


@pytest.mark.usefixtures("_desk")
def test_the_next_document_may_stand_on_the_next_page(many: Case) -> None:
    served.serve([many])
    slug = many.uuid[:8]
    visitor = client(person("lea", (many, "reader")))
    hits = [one for one in links(visitor, f"/{slug}/search/?q=note&sort=date&page=2") if "/document/" in one]
    first, last = (visitor.get(one).content.decode() for one in (hits[0], hits[-1]))
    assert re.search(r'from=q%3Dnote%26sort%3Ddate" data-key="k"', first)
    assert re.search(r'from=q%3Dnote%26sort%3Ddate%26page%3D3" data-key="j"', last)


@pytest.mark.parametrize(
    "given", ["q=(devis", "q=devis&in=nofield:x", "//evil.example", "javascript:alert(1)", "&" * 500, "q=%FF", "q=zzz"]
)
def test_what_is_no_search_brings_no_list_and_no_harm(
    visitor: Client, slug: str, ids: dict[str, str], given: str
) -> None:
    body, keys = beside(visitor, slug, ids["Devis de la salle"], given)
    assert all(one.startswith(("/", "?", "#")) for one in re.findall(r'(?:href|src|action)="([^"]*)"', body))
    assert all(address.startswith(f"/{slug}/") for address in keys.values())


def test_marks_alone_are_no_query_beside_the_closed_shelf(visitor: Client, slug: str) -> None:
    for query in ("!!!", "-%22%22", "a OR !"):
        assert visitor.get(f"/{slug}/search/?q={quote(query, safe='%')}").status_code == (200 if "a" in query else 400)
    assert visitor.get(f"/{slug}/search/?q=devis&in=...").status_code == 400


# ---- what was searched is recorded


def test_a_search_is_recorded_once_and_pages_are_not(visitor: Client, slug: str) -> None:
    for address in ("?q=devis", "?q=devis&sort=date", "?q=devis&page=2", "?q=", "?q=*", "?q=(devis"):
        visitor.get(f"/{slug}/search/{address}")
    visitor.get(f"/{slug}/search/?q=autre", headers={"sec-fetch-site": "cross-site"})
    assert [(row.asked, row.found, row.times) for row in SearchRun.objects.all()] == [("q=devis", 2, 1)]
