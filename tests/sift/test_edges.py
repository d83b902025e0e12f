"""How proof reaches a document: one hop from a mail that its own signature proves, and the way through that mail."""

import pytest

from crible.model.evidence import Says
from crible.sift.dossier import dossiers
from crible.sift.edges import KINDS, Edge, edges
from crible.store.case import Case
from crible.store.models import Document
from crible.words import LANGUAGES, render


def reaching(path: str) -> tuple[Edge, ...]:
    return edges(dossiers([Document.objects.get(path=path)])[0])


@pytest.mark.usefixtures("facts")
def test_the_bytes_of_an_attachment_are_followed_to_the_mail_that_carries_them() -> None:
    (edge,) = reaching("leak/loose/devis.txt")
    assert (edge.kind, edge.path) == ("edge-carrier", "leak/boxes/pieces.mbox/000000")
    assert edge.way == ("2", "2~devis.txt")
    assert edge.weighed.evidence.says is Says.SUPPORTS
    assert edge.details[0].message == "edge-signed"
    assert edge.details[0].params["domain"] == "valette.example"


@pytest.mark.usefixtures("facts")
def test_a_reply_that_differs_is_a_hop_too() -> None:
    (edge,) = reaching("leak/boxes/valette.mbox/000004")
    assert (edge.kind, edge.weighed.evidence.says) == ("edge-reply", Says.QUESTIONS)
    assert edge.other == edge.weighed.evidence.refs[0]
    assert [each.message for each in edge.details] == ["edge-signed"]


@pytest.mark.usefixtures("facts")
def test_a_copy_stands_by_the_one_that_is_signed() -> None:
    (edge,) = reaching("leak/boxes/nguyen.mbox/000002")
    assert (edge.kind, edge.path, edge.way) == ("edge-copy", "leak/boxes/valette.mbox/000002", ())


@pytest.mark.usefixtures("facts")
@pytest.mark.parametrize("path", ["leak/loose/autre.txt", "leak/boxes/pieces.mbox/000000"])
def test_what_nothing_reaches_has_none(path: str) -> None:
    assert reaching(path) == ()


def test_every_hop_starts_from_a_proven_mail(facts: Case) -> None:
    found = [edge for dossier in dossiers(list(Document.objects.all())) for edge in edges(dossier)]
    assert {edge.kind for edge in found} >= {"edge-copy", "edge-carrier", "edge-reply"}
    supports = [edge for edge in found if edge.weighed.evidence.says is Says.SUPPORTS]
    assert {edge.details[0].message for edge in supports} <= {"edge-signed", "edge-handled"}
    assert facts.folder.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_a_name(language: str) -> None:
    assert all(render("edges", kind, {}, language) for kind in KINDS.values())
