"""The hops by which proof, or doubt, reaches a document, as its page tells them."""

import pytest
from django.test import Client
from inert import Page

from crible.model.evidence import Bears, Evidence, Says, Span, Strength, Weighed
from crible.model.grade import Said
from crible.sift.edges import Edge
from crible.web.templatetags.edges import hop_kind, hop_said

TOLD = {
    "en": ("How proof reaches this document", "A copy under the same Message-ID", "Nothing vouches for it either."),
    "fr": (
        "Par où la preuve atteint ce document",
        "Une copie sous le même Message-ID",
        "Rien ne le garantit non plus.",
    ),
}


@pytest.mark.parametrize("language", TOLD)
def test_a_hop_is_told_with_what_its_own_signature_says(
    visitor: Client, slug: str, ids: dict[str, str], language: str
) -> None:
    answer = visitor.get(f"/{slug}/document/{ids['Devis de la salle']}/", headers={"accept-language": language})
    page = Page(answer.content.decode())
    assert page.problems == []
    places = [page.text.index(words) for words in TOLD[language]]
    assert places == sorted(places)
    assert page.text.index("bo.mbox/000000", places[1]) < places[2]


def test_what_nothing_reaches_has_no_such_section(visitor: Client, slug: str, ids: dict[str, str]) -> None:
    assert TOLD["en"][0] not in visitor.get(f"/{slug}/document/{ids['Re: Devis de la salle']}/").content.decode()


def test_names_of_strangers_are_made_safe() -> None:
    weighed = Weighed("mail.carried", 1, Evidence(Says.SUPPORTS, "carried-mail"), Strength.STRONG, Bears.CONTENT)
    details = (Said("edge-signed", {"domain": "x\u202e.example", "when": "?"}),)
    edge = Edge("edge-carrier", weighed, "0" * 64, "a", ("2", "3~\u202egnp.exe"), details, (Span("", 3, 9, "x"),))
    assert hop_kind(edge) == "A mail that carries these very bytes"
    assert [sentence.isprintable() for sentence in hop_said(edge)] == [True, True, True]
