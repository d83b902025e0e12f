"""The evidence panel, and the same on paper."""

import re

import pytest
from django.test import Client
from inert import Page
from woven_cases import SECRET, statements

from crible.assess.check import Check
from crible.assess.checks import every
from crible.model.evidence import Bears, Evidence, Says, Strength, Weighed
from crible.model.grade import Grade, Level, Said
from crible.store.case import Case
from crible.store.models import Document
from crible.web.parts.evidence import Reason, _differs
from crible.web.queries.names import Named
from crible.web.templatetags.evidence import check_title


def read(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    page = Page(answer.content.decode())
    assert answer.status_code == status, page.text
    assert page.problems == []
    return page.text


def panel(client: Client, slug: str, name: str, language: str = "en") -> str:
    """The words of the panel."""
    body = client.get(f"/{slug}/document/{name}/", headers={"accept-language": language}).content.decode()
    found = re.search(r'<aside class="evidence".*?</aside>', body, re.DOTALL)
    assert found
    return Page(found[0]).text


def test_the_panel_reads_top_down(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    text = panel(visitor, slug, ids["Devis de la salle"])
    order = (
        "A detail needs explaining", "Something in it does not fit.", "Content", "Truth", "questions, ",
        "Copies of the message.", "How could this be innocent?", "How proof reaches this document",
        "What would change this?", "What is not covered?", "Check it yourself",
    )  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_it_reads_so_in_french(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    text = panel(visitor, slug, ids["Devis de la salle"], "fr")
    for words in (
        "Quelque chose n’y concorde pas.",
        "Les copies du message.",
        "côte à côte",
        "Les éléments sur papier",
    ):
        assert words in text


def test_what_is_not_established_is_called_a_hint_of_nothing(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    assert "the ordinary state, and a hint of nothing." in panel(visitor, slug, ids["note.txt"])


def test_every_check_has_a_short_name_in_both_languages() -> None:
    for check in every():
        assert 3 < len(check_title(weighed(check.id))) <= 45


def weighed(check: str, *refs: str, **params: str) -> Weighed:
    evidence = Evidence(Says.QUESTIONS, "copy-differs-signed", dict(params), refs=refs)
    return Weighed(check, 1, evidence, Strength.STRONG, Bears.CONTENT)


def named(id_: str, *, closed: bool = False) -> Named:
    return Named(id_, "p", 1, "read", "mail", "S", "a@b.example", 0, "proven", 0, closed)


def test_words_of_a_closed_document_are_not_repeated() -> None:
    open_, hidden = named("0" * 64), named("1" * 64, closed=True)
    check: Check | None = None
    assert Reason(weighed("mail.copies"), check, [open_, hidden]).closed
    assert not Reason(weighed("mail.copies"), check, [open_]).closed
    grade = Grade(Level.CONTRADICTED, Said("content-open"), Said("origin-open"), Said("delivery-never"))
    dossier = type("D", (), {"grade": grade})()
    said = weighed("mail.copies", ours="13", theirs="6")
    assert _differs(dossier, [Reason(said, check, [hidden])]) is None
    found = _differs(dossier, [Reason(said, check, [open_])])
    assert found
    assert (found.ours, found.theirs, found.other) == ("13", "6", open_)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            (
                "Which document this is",
                "The answer",
                "Reasons, strongest first",
                "How this page was made",
                "mail.copies",
            ),
        ),
        ("fr", ("De quel document il s’agit", "La réponse", "Comment cette page a été faite", "mail.copies")),
    ],
)
def test_on_paper_everything_stands_open(
    visitor: Client, slug: str, case: Case, ids: dict[str, str], language: str, said: tuple[str, ...]
) -> None:
    name = ids["Devis de la salle"]
    text = read(visitor, f"/{slug}/document/{name}/evidence/", language=language)
    assert all(one in text for one in (*said, name, case.uuid, "sha256sum", "manifest.sha256"))
    body = visitor.get(f"/{slug}/document/{name}/evidence/").content.decode()
    assert "<details>" not in body.partition("<main")[2]


def test_on_paper_others_are_their_ids_and_titles(visitor: Client, slug: str, case: Case, ids: dict[str, str]) -> None:
    name = ids["Devis de la salle"]
    with case.facts():
        rows = Document.objects.filter(reading__subject="Devis de la salle").values_list("sha256", "path")
        other, path = next((bytes(sha).hex(), path) for sha, path in rows if bytes(sha).hex() != name)
    text = read(visitor, f"/{slug}/document/{name}/evidence/")
    assert other in text
    assert path not in text


def test_paper_of_a_closed_document_is_the_shelf(weaver: Client, woven: Case) -> None:
    with woven.facts():
        name = bytes(Document.objects.get(path__endswith="analyse.txt").sha256).hex()
    body = weaver.get(f"/{woven.uuid[:8]}/document/{name}/evidence/").content.decode()
    assert "closed shelf" in body
    assert SECRET not in body


def test_hostile_words_stay_words_on_paper(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    name = next(id_ for title, id_ in ids.items() if title.startswith("Urgent"))
    body = visitor.get(f"/{slug}/document/{name}/evidence/").content.decode()
    assert Page(body).problems == []
    assert "\u202e" not in body


def test_paper_takes_few_statements_and_no_other_method(
    visitor: Client, slug: str, case: Case, ids: dict[str, str]
) -> None:
    path = f"/{slug}/document/{ids['Devis de la salle']}/evidence/"
    assert statements(case, visitor, path) <= 18
    assert visitor.post(path).status_code == 405
    assert visitor.get(f"/{slug}/document/{'0' * 64}/evidence/").status_code == 404
