"""Two documents side by side."""

import pytest
from desk_cases import HOSTILE
from django.test import Client
from inert import Page
from woven_cases import SECRET, statements

from crible.assess.collate import collate
from crible.store.case import Case
from crible.store.models import Document
from crible.web.queries.bands import bands
from crible.web.queries.compared import compare
from crible.web.queries.one import by_id


@pytest.fixture
def slug(woven: Case) -> str:
    """Of the woven case."""
    return woven.uuid[:8]


@pytest.fixture
def lying(woven: Case, weaver: Client) -> dict[str, str]:
    """Ids by the last of the path."""
    with woven.facts():
        return {
            path.rpartition("/")[2]: bytes(sha).hex() for path, sha in Document.objects.values_list("path", "sha256")
        }


def read(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    page = Page(answer.content.decode())
    assert answer.status_code == status, page.text
    assert page.problems == []
    return page.text


def test_what_differs_is_listed_in_place_and_by_kind(weaver: Client, slug: str, lying: dict[str, str]) -> None:
    path = f"/{slug}/compare/{lying['note.txt']}/{lying['note-v2.txt']}/"
    text = read(weaver, path)
    assert "The words differ in 2 places. 2 of them concern" in text
    assert "1 200 → 7 200 a number" in text
    assert "3 → 13 a number a date" in text
    body = weaver.get(path).content.decode()
    assert '<del id="d2" class="telling">1 200</del>' in body
    assert '<ins class="telling">7 200</ins>' in body
    assert "What this does not show" in text
    assert "No signature of its own vouches for it." in text


def test_it_speaks_french(weaver: Client, slug: str, lying: dict[str, str]) -> None:
    text = read(weaver, f"/{slug}/compare/{lying['note.txt']}/{lying['note-v2.txt']}/", language="fr")
    assert "Les mots diffèrent en 2 endroits." in text
    assert "un nombre" in text
    assert "Words" not in text


def test_attachments_of_one_name_lead_to_a_comparison_of_their_own(
    weaver: Client, slug: str, woven: Case, lying: dict[str, str]
) -> None:
    with woven.facts():
        found = [
            bytes(one).hex()
            for one in Document.objects.filter(reading__subject="Facture").values_list("sha256", flat=True)
        ]
    first, second = found
    text = read(weaver, f"/{slug}/compare/{first}/{second}/")
    assert "The words are the same." in text
    assert "1 is the same on both sides, byte for byte." in text
    assert "facture.txt : other bytes under the same name" in text.replace("facture.txt:", "facture.txt :")
    with woven.facts():
        (pair,) = compare(by_id(first), by_id(second)).attachments
    assert pair.ours
    assert pair.theirs
    inner = read(weaver, f"/{slug}/compare/{pair.ours.id}/{pair.theirs.id}/")
    assert "4 200 → 9 900" in inner or "9 900 → 4 200" in inner


def test_fields_of_headers_are_compared_one_by_one(weaver: Client, slug: str, woven: Case) -> None:
    with woven.facts():
        ids = {m: bytes(s).hex() for s, m in Document.objects.values_list("sha256", "reading__message_id") if m}
    text = read(weaver, f"/{slug}/compare/{ids['<1@brun.example>']}/{ids['<4@brun.example>']}/")
    assert "Subject Devis" in text
    assert "In-Reply-To" in text
    assert HOSTILE[:20] in text


def test_a_private_side_leads_to_the_shelf(weaver: Client, slug: str, lying: dict[str, str]) -> None:
    for one, other in (("analyse.txt", "note.txt"), ("note.txt", "analyse-v2.txt")):
        answer = weaver.get(f"/{slug}/compare/{lying[one]}/{lying[other]}/")
        assert SECRET not in answer.content.decode()
        assert "closed shelf" in answer.content.decode()


def test_the_same_twice_and_nothing_at_all(weaver: Client, slug: str, lying: dict[str, str]) -> None:
    note = lying["note.txt"]
    assert weaver.get(f"/{slug}/compare/{note}/{note}/").headers["location"] == f"/{slug}/document/{note}/"
    assert weaver.get(f"/{slug}/compare/{note}/{'0' * 64}/").status_code == 404
    assert weaver.get(f"/{slug}/compare/{note}/{note[:12]}/").status_code == 404
    assert weaver.post(f"/{slug}/compare/{note}/{note}/").status_code == 405


def test_another_case_and_a_stranger(weaver: Client, slug: str, lying: dict[str, str]) -> None:
    pair = f"{lying['note.txt']}/{lying['note-v2.txt']}"
    assert weaver.get(f"/deadbeef/compare/{pair}/").status_code == 404
    assert Client(headers={"host": "127.0.0.1"}).get(f"/{slug}/compare/{pair}/").status_code in (302, 403)


def test_few_statements(woven: Case, weaver: Client, slug: str, lying: dict[str, str]) -> None:
    path = f"/{slug}/compare/{lying['note.txt']}/{lying['note-v2.txt']}/"
    assert statements(woven, weaver, path) <= 18


def test_bands_break_where_both_texts_end_a_line() -> None:
    ours = "un deux trois\n" + "ligne commune\n" * 30 + "total 12 euros\nfin\n"
    theirs = ours.replace("12 euros", "13 euros")
    found = list(bands(collate(ours, theirs).runs))
    assert [band.differs for band in found] == [False, False, True, False]
    assert found[1].folded
    assert "".join(run.ours for band in found for _, run in band.runs) == ours
    assert "".join(run.theirs for band in found for _, run in band.runs) == theirs
