"""What the pages say of a real case."""

import hashlib
import re

import pytest
from desk_cases import HOSTILE
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from inert import Page

from crible.store.case import Case
from crible.web import served


def read(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    """The words of a page; markup that would run or fetch fails the test."""
    answer = client.get(path, headers={"accept-language": language})
    page = Page(answer.content.decode())
    assert answer.status_code == status, page.text
    assert page.problems == []
    return page.text


def test_the_overview_counts_what_is_there(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/")
    assert "4 mails and 1 file from one source" in text
    assert "Everything listed is accounted for: 10 in, 10 out" in text
    assert "A detail needs explaining" in text
    assert "9 900" in text
    assert "Sent copies and drafts" in text
    assert "March 2016" in text


def test_the_overview_speaks_french(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/", language="fr-FR,fr;q=0.9,en;q=0.8")
    assert "4 messages et 1 fichier d’une source" in text
    assert "À regarder d’abord" in text
    assert "mars 2016" in text
    assert "Look at" not in text


@pytest.mark.parametrize(
    "page",
    [
        "",
        "search/?q=devis",
        "search/?q=zzz",
        "ledger/",
        "ledger/unreadable/",
        "keys/",
        "words/",
        "documents/?class=sent",
    ],
)
def test_no_english_is_left_in_french_pages(case: Case, visitor: Client, slug: str, page: str) -> None:
    text = read(visitor, f"/{slug}/{page}", language="fr").replace(str(case.folder.parent), "")
    found = re.findall(
        r"\b(?:the|of|and|with|not|which|this|these|from:|documents were|what)\b", text.replace("from:moreau", "")
    )
    assert found == []


def test_every_link_of_a_page_leads_somewhere(visitor: Client, slug: str) -> None:
    seen, todo = set(), [f"/{slug}/"]
    while todo and len(seen) < 150:
        path = todo.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        if answer.streaming:  # a table that leaves the desk as CSV
            continue
        for link in re.findall(r'href="([^"#]+)', answer.content.decode()):
            link = link.replace("&amp;", "&")
            target = path.partition("?")[0] + link if link.startswith("?") else link
            if target.startswith(f"/{slug}/") and target not in seen:
                todo.append(target)
    assert len(seen) > 40


def test_a_search_shows_why_and_how_often(visitor: Client, slug: str) -> None:
    answer = visitor.get(f"/{slug}/search/?q=devis")
    body = answer.content.decode()
    assert "<mark>devis</mark>" in body
    assert re.search(r"2 messages and files</strong>\s*in 3 copies", body)
    assert "1 other copy" in body


def test_facets_narrow_and_let_go(visitor: Client, slug: str) -> None:
    body = visitor.get(f"/{slug}/search/?q=").content.decode()
    link = re.search(r'href="(\?[^"]*kind[^"]*file[^"]*)"', body)
    assert link
    narrowed = visitor.get(f"/{slug}/search/" + link[1].replace("&amp;", "&")).content.decode()
    assert "note.txt" in narrowed
    assert "Devis" not in narrowed
    assert 'aria-current="true"' in narrowed


def test_a_query_with_or_keeps_its_meaning_under_a_facet(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/search/?q=budget OR devis&in=kind:mail")
    assert "note.txt" not in text
    assert "Devis de la salle" in text


def test_a_bad_query_is_a_sentence(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/search/?q=(devis", 400)
    assert "The parenthesis opened at character 1 is never closed." in text
    assert "How to ask" in text
    read(visitor, f"/{slug}/search/?q=devis&in=nofield:x", 400)


def test_nothing_found_says_what_was_searched(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/search/?q=introuvable")
    assert "Not found in what was searched" in text
    assert re.search(r"\d+ documents were searched; \d of them have no readable text", text)
    assert "does not show that it does not exist" in text


@pytest.mark.parametrize(
    "page", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "page=²", "sort=evil", "q=" + "a" * 3000]
)
def test_odd_addresses_do_no_harm(visitor: Client, slug: str, page: str) -> None:
    for path in ("search/", "ledger/", "ledger/read/", "keys/", "documents/"):
        assert visitor.get(f"/{slug}/{path}?{page}").status_code in (200, 400, 404)


def test_a_document_shows_its_evidence_in_order(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    text = read(visitor, f"/{slug}/document/{ids['Devis de la salle']}/")
    order = [
        "A detail needs explaining", "Content", "Origin", "Time", "Delivery", "Truth", "Not examined.",
        "questions, moderate", "How could this be innocent?", "A draft was kept beside what was sent.",
        "What would change this?", "What is not covered?", "Check it yourself", "sha256sum FILE", "crible weigh FILE",
    ]  # fmt: skip
    found = text[text.index("Thread of") :]
    places = [found.index(one) for one in order]
    assert places == sorted(places)


def test_a_difference_is_shown_in_place_and_beside(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    body = visitor.get(f"/{slug}/document/{ids['Devis de la salle']}/").content.decode()
    assert len(re.findall(r"<del>(?:4 200|9 900)</del>\s*<ins>(?:4 200|9 900)</ins>", body)) == 1
    assert re.search(r"<td[^>]*><del>(?:4 200|9 900)</del></td><td[^>]*><ins>(?:4 200|9 900)</ins></td>", body)
    assert "in another copy, which is not vouched for either" in body


def test_hostile_words_are_words(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    title = next(name for name in ids if name.startswith("Urgent"))
    text = read(visitor, f"/{slug}/document/{ids[title]}/")
    assert HOSTILE.replace("\u202e", "[U+202E]") in text
    assert "\u202e" not in text
    for path in ("search/?q=urgent", "", "documents/", "ledger/unreadable/"):
        assert "\u202e" not in read(visitor, f"/{slug}/{path}")
    assert 'a"><script>.xyz' in read(visitor, f"/{slug}/document/{ids[title]}/")


def test_dates_are_in_the_zone_of_the_case(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    assert "Wednesday 2 March 2016, 10:01 (Europe/Paris, UTC+1)" in read(
        visitor, f"/{slug}/document/{ids['Devis de la salle']}/"
    )
    french = read(visitor, f"/{slug}/document/{ids['Devis de la salle']}/", language="fr")
    assert "mercredi 2 mars 2016, 10:01 (Europe/Paris, UTC+1)" in french


def test_the_beginning_of_an_id_leads_to_the_document(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    whole = ids["note.txt"]
    answer = visitor.get(f"/{slug}/document/{whole[:12]}/")
    assert answer["Location"] == f"/{slug}/document/{whole}/"
    assert visitor.get(f"/{slug}/document/{'0' * 64}/").status_code == 404


def test_what_could_not_be_read_says_why(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    text = read(visitor, f"/{slug}/document/{ids['odd.bin']}/")
    assert "Not read. No reader for application/octet-stream." in text
    assert "That is a hint of nothing." in text


def test_the_original_comes_after_a_warning_byte_for_byte(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    for name, kind in (("Devis de la salle", "text/plain; charset=utf-8"), ("odd.bin", "application/octet-stream")):
        path = f"/{slug}/document/{ids[name]}/source/"
        assert "These bytes come from strangers" in read(visitor, path)
        answer = visitor.post(path)
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == ids[name]
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert int(answer["Content-Length"]) == len(content)


def test_the_ledger_lists_states_reasons_and_containers(visitor: Client, slug: str) -> None:
    text = read(visitor, f"/{slug}/ledger/")
    assert "10 items listed, 10 ended" in text
    assert "leak/ada.mbox mbox 3 3 0" in text
    assert "odd.bin" in read(visitor, f"/{slug}/ledger/unreadable/")
    why = read(visitor, f"/{slug}/ledger/why/no-reader/?about=application/octet-stream")
    assert "leak/odd.bin" in why
    assert visitor.get(f"/{slug}/ledger/why/nothing/").status_code == 404
    assert visitor.get(f"/{slug}/ledger/todo/").status_code == 404


def test_no_signature_means_no_key_and_no_hint(visitor: Client, slug: str) -> None:
    assert "That is a hint of nothing" in read(visitor, f"/{slug}/keys/")


def test_a_missing_index_is_a_sentence(case: Case, visitor: Client, slug: str) -> None:
    hidden = case.folder / "hidden"
    served.serve([case])
    case.index.rename(hidden)
    try:
        assert "crible index --rebuild" in read(visitor, f"/{slug}/search/?q=devis", 503)
        assert "No search index" in read(visitor, f"/{slug}/")
    finally:
        hidden.rename(case.index)
    read(visitor, f"/{slug}/search/?q=devis")


def test_a_case_without_facts_is_a_sentence(tmp_path, visitor: Client) -> None:
    empty = Case.create(tmp_path / "empty")
    served.serve([empty])
    assert "holds nothing yet" in read(visitor, f"/{empty.uuid[:8]}/", 503)


def test_several_cases_are_listed_and_apart(case: Case, many: Case, visitor: Client) -> None:
    served.serve([case, many])
    text = read(visitor, "/")
    assert "Essai" in text
    assert "Beaucoup" in text
    assert "94 mails" in read(visitor, f"/{many.uuid[:8]}/")
    assert "Note 5" not in read(visitor, f"/{case.uuid[:8]}/search/?q=note")


def statements(client: Client, case: Case, path: str) -> int:
    """Statements one page puts to a case's facts, with nothing kept from before."""
    served.serve([case])
    client.get(f"/{case.uuid[:8]}/keys/")
    with CaptureQueriesContext(connections[case.alias + "-ro"]) as captured:
        assert client.get(f"/{case.uuid[:8]}/{path}").status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("path", "most"),
    [("", 32), ("search/?q=", 3), ("documents/", 2), ("ledger/", 22), ("ledger/read/", 5), ("keys/", 1)],
)
def test_a_larger_case_asks_no_more_of_the_store(case: Case, many: Case, visitor: Client, path: str, most: int) -> None:
    small, large = statements(visitor, case, path), statements(visitor, many, path)
    assert large <= small
    assert small <= most


def test_a_document_takes_a_fixed_number_of_statements(case: Case, visitor: Client, ids: dict[str, str]) -> None:
    plain = statements(visitor, case, f"document/{ids['note.txt']}/")
    busy = statements(visitor, case, f"document/{ids['Devis de la salle']}/")
    assert max(plain, busy) <= 23


def test_pages_turn(many: Case, visitor: Client) -> None:
    served.serve([many])
    slug = many.uuid[:8]
    for path in ("search/?q=note", "documents/?level=unattested", "ledger/read/"):
        body = visitor.get(f"/{slug}/{path}").content.decode()
        link = re.search(r'rel="next" href="([^"]+)"', body)
        assert link, path
        second = visitor.get(f"/{slug}/{path.partition('?')[0]}" + link[1].replace("&amp;", "&")).content.decode()
        assert 'rel="prev"' in second
        shown = set(re.findall(r"/document/([0-9a-f]{64})/", body))
        assert shown.isdisjoint(re.findall(r"/document/([0-9a-f]{64})/", second))
