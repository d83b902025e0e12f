"""Searches kept, lists of names, what was searched, and lists that leave the desk."""

import csv
import io
import mailbox
import re
from pathlib import Path

import pytest
from desk_cases import HOSTILE, mail
from desk_people import client, person
from django.test import Client
from inert import Page
from pytest_django import DjangoDbBlocker

from crible.review.models import Entry, SavedSearch, SearchRun, Seen, TermList, User
from crible.sift.run import Options, Watch, sift
from crible.store.case import Case
from crible.web import served
from crible.web.spreadsheet import cell

SECRET = "cholestérolémie"


def read(visitor: Client, address: str, status: int = 200, language: str = "en") -> str:
    answer = visitor.get(address, headers={"accept-language": language})
    assert answer.status_code == status, answer.content[:300]
    page = Page(answer.content.decode())
    assert page.problems == []
    return page.text


def table(answer: object) -> list[dict[str, str]]:
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert body.startswith(b"\xef\xbb\xbf")
    assert answer["Content-Disposition"].startswith("attachment;")  # type: ignore[index]
    assert answer["X-Content-Type-Options"] == "nosniff"  # type: ignore[index]
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


@pytest.fixture
def reader(case: Case, _desk: None) -> Client:
    return client(person("lea", (case, "reader")))


@pytest.fixture
def reviewer(case: Case, _desk: None) -> Client:
    return client(person("marc", (case, "reviewer")))


def test_a_search_is_kept_and_says_what_is_new(visitor: Client, slug: str) -> None:
    visitor.get(f"/{slug}/search/?q=devis")
    form = {"asked": "q=devis&in=kind%3Amail&page=7", "name": f"Devis {HOSTILE[:20]}", "shared": "on"}
    assert visitor.post(f"/{slug}/search/saved/save/", form).status_code == 302
    kept = SavedSearch.objects.get()
    assert kept.asked == "q=devis&in=kind%3Amail"
    text = read(visitor, f"/{slug}/search/saved/")
    assert "Devis <script" in text
    assert "not run by you yet" in text
    visitor.get(f"/{slug}/search/?q=devis&in=kind:mail")
    SearchRun.objects.update(found=1)
    body = visitor.get(f"/{slug}/search/saved/").content.decode()
    assert re.search(r'data-label="New"><strong>1</strong>', body)


def test_a_shared_search_is_seen_and_not_changed_by_others(
    visitor: Client, reader: Client, reviewer: Client, slug: str
) -> None:
    visitor.post(f"/{slug}/search/saved/save/", {"asked": "q=devis", "name": "Partagée", "shared": "on"})
    visitor.post(f"/{slug}/search/saved/save/", {"asked": "q=budget", "name": "La mienne"})
    for other in (reader, reviewer):
        text = read(other, f"/{slug}/search/saved/")
        assert "Partagée" in text
        assert "La mienne" not in text
        assert "Forget this search" not in text
    pk = SavedSearch.objects.get(name="Partagée").pk
    assert reader.post(f"/{slug}/search/saved/{pk}/remove/").status_code == 403
    assert reviewer.post(f"/{slug}/search/saved/{pk}/remove/").status_code == 404
    assert visitor.get(f"/{slug}/search/saved/{pk}/remove/").status_code == 405
    assert visitor.post(f"/{slug}/search/saved/{pk}/change/", {"name": ""}).status_code == 400
    assert visitor.post(f"/{slug}/search/saved/{pk}/change/", {"name": "Autre nom"}).status_code == 302
    assert visitor.post(f"/{slug}/search/saved/{pk}/remove/").status_code == 302
    assert [one.name for one in SavedSearch.objects.all()] == ["La mienne"]


def test_nothing_of_another_case_is_kept_changed_or_read(case: Case, slug: str, visitor: Client) -> None:
    visitor.post(f"/{slug}/search/saved/save/", {"asked": "q=devis", "name": "Partagée", "shared": "on"})
    visitor.post(f"/{slug}/search/list/", {"lines": "devis"})
    saved, kept = SavedSearch.objects.get(), TermList.objects.get()
    SavedSearch.objects.update(case="22222222-2222-4222-8222-222222222222")
    TermList.objects.update(case="22222222-2222-4222-8222-222222222222")
    assert "Partagée" not in read(visitor, f"/{slug}/search/saved/")
    assert visitor.post(f"/{slug}/search/saved/{saved.pk}/remove/").status_code == 404
    assert visitor.get(f"/{slug}/search/list/{kept.pk}/").status_code == 404
    assert visitor.get(f"/{slug}/search/list/{kept.pk}/csv/").status_code == 404
    stranger = client(person("odile"))
    for page in ("search/saved/", "search/list/", "search/done/", "search/done/csv/"):
        assert stranger.get(f"/{slug}/{page}").status_code == 404


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_list_of_names_is_counted_line_by_line(visitor: Client, slug: str, language: str) -> None:
    pasted = f'devis de la salle\nprovisoire budget\n"\n=2+2\n{HOSTILE[:60]}\nAda Brun\n'
    answer = visitor.post(f"/{slug}/search/list/", {"lines": pasted})
    assert answer.status_code == 302
    text = read(visitor, answer["Location"], language=language)
    assert ("absents de ce qui a été cherché" if language == "fr" else "not found in what was searched") in text
    rows = {row["term"]: row for row in table(visitor.get(answer["Location"] + "csv/"))}
    assert rows["devis de la salle"]["messages_and_files"] == "2"
    assert rows["devis de la salle"]["documents"] == "3"
    assert rows["provisoire budget"]["messages_and_files"] == "0", "words in a row, not both words"
    assert "'=2+2" in rows
    assert rows['"']["error"] == "query-no-word"
    assert Entry.objects.filter(act="list-search").count() == 1


def test_lines_may_be_queries_and_lead_to_what_they_count(visitor: Client, slug: str) -> None:
    form = {"lines": "from:ada@brun.example devis\n(devis\nbudget OR devis", "queries": "on"}
    at = visitor.post(f"/{slug}/search/list/", form)["Location"]
    body = visitor.get(at).content.decode()
    assert "1 cannot be read as a search" in Page(body).text
    for link, count in re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)<', body):
        found = Page(visitor.get(link.replace("&amp;", "&")).content.decode()).text
        assert re.search(rf"\b{count} (message or file|messages and files)\b", found)


def test_a_list_too_long_is_given_back_with_a_sentence(visitor: Client, slug: str, reader: Client) -> None:
    answer = visitor.post(f"/{slug}/search/list/", {"lines": "x" * 200})
    assert answer.status_code == 400
    assert "x" * 200 in answer.content.decode()
    assert not TermList.objects.exists()
    assert reader.get(f"/{slug}/search/list/").status_code == 403


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_found_nothing_is_a_finding(visitor: Client, slug: str, language: str) -> None:
    for query in ("introuvable", "devis"):
        visitor.get(f"/{slug}/search/?q={query}")
    text = read(visitor, f"/{slug}/search/done/?nothing", language=language)
    assert "introuvable" in text
    assert "devis" not in text.replace("devis OR", "").replace("from:moreau devis", "").replace("de:moreau devis", "")
    assert ("Rien trouvé" if language == "fr" else "Nothing found") in text
    assert re.search(r"(among|parmi) \d+ documents", text)


def test_how_much_of_it_somebody_opened(visitor: Client, slug: str, case: Case, ids: dict[str, str]) -> None:
    visitor.get(f"/{slug}/search/?q=devis")
    assert "none of it opened" in read(visitor, f"/{slug}/search/done/")
    who = User.objects.get(owner=True)
    Seen.objects.create(case=case.uuid, document=ids["Re: Devis de la salle"], by=who)
    Seen.objects.create(case=case.uuid, document=ids["odd.bin"], by=who)
    assert "1 of 2 opened by somebody" in read(visitor, f"/{slug}/search/done/")
    rows = table(visitor.get(f"/{slug}/search/done/csv/"))
    assert [(row["words"], row["found_then"], row["opened_of_these"]) for row in rows] == [("devis", "2", "1")]


# ---- what leaves the desk


def test_what_was_found_leaves_as_inert_lines(visitor: Client, reader: Client, slug: str) -> None:
    at = f"/{slug}/search/csv/"
    assert (visitor.get(at).status_code, reader.post(at, {"asked": "q="}).status_code) == (405, 403)
    rows = table(visitor.post(at, {"asked": "q=devis&sort=date"}))
    assert len(rows) == 3
    assert sorted(row["copies"] for row in rows) == ["1", "2", "2"]
    assert {row["id"] for row in rows} == {row["id"] for row in rows if len(row["id"]) == 64}
    assert Entry.objects.get(act="search-export").params == {"asked": "q=devis", "lines": 3, "found": 3}
    assert visitor.post(at, {"asked": "q=(devis"}).status_code == 400
    hostile = table(visitor.post(at, {"asked": "q=urgent"}))
    assert "\u202e" not in str(hostile)


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", " =1", "\ufeff".strip("\ufeff") + "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert cell(text).startswith("'")


def test_an_ordinary_cell_is_as_it_was() -> None:
    assert [cell(one) for one in ("a=b", "18 214 €", None, 3, "")] == ["a=b", "18 214 €", "", "3", ""]


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    """One letter between a patient and her doctor."""
    folder: Path = tmp_path_factory.mktemp("shelved")
    box = mailbox.mbox(folder / "ada.mbox")
    text = (
        f"Chère patiente,\n\nvos résultats de biologie : {SECRET} ; voici aussi votre ordonnance, "
        "que mon médecin traitant a relue.\n"
    )
    letter = mail(40, f"Résultats {SECRET}", text, sender="Zoé Doc <doc@sante.example>")
    del letter["To"]
    letter["To"] = "Ada <ada.perso@poste.example>"
    box.add(letter)
    box.close()
    with django_db_blocker.unblock():
        case = Case.create(folder / "case", title="Fermé")
        sift(case, [folder / "ada.mbox"], Options(jobs=1), Watch())
    return case


@pytest.mark.usefixtures("_desk")
def test_what_is_closed_keeps_its_line_and_no_word(shelved: Case) -> None:
    served.serve([shelved])
    visitor = client(person("marc", (shelved, "reviewer")))
    answer = visitor.post(f"/{shelved.uuid[:8]}/search/csv/", {"asked": f"q={SECRET}"})
    rows = table(answer)
    assert [row["subject_or_name"] for row in rows] == ["on the closed shelf"]
    assert not {SECRET, "Zoé", "sante.example", "2016"} & set(re.findall(r"[\w.-]+", " ".join(rows[0].values())))
    at = visitor.post(f"/{shelved.uuid[:8]}/search/list/", {"lines": SECRET})["Location"]
    assert "1 not found" in Page(visitor.get(at).content.decode()).text, "closed documents are no find of a list"
