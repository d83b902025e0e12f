"""Each feature of the query language, against a real index."""

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

import pytest

from crible.index.record import Record
from crible.index.search import Searcher
from crible.model.errors import InputError

Finds = Callable[[str], set[str]]
ALL = {"001", "002", "003", "pdf", "jpg"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # words, accents, case, elision, stems
        ("devis", {"001", "002", "pdf"}),
        ("DEVIS", {"001", "002", "pdf"}),
        ("election", {"001", "002", "003"}),
        ("élections", {"001", "002", "003"}),
        ("l'élection", {"001", "002"}),
        ("L’ÉLECTION", {"001", "002"}),
        ("evreux", {"001"}),
        ("d'Evreux", {"001"}),
        ("signée", {"001"}),
        ("oeuvre", {"002"}),
        ("signing", {"003"}),
        ("e\u0301lection", {"001", "002"}),
        ("photo", {"jpg"}),
        ("été", {"jpg"}),
        ("12.450", {"002"}),
        # operators
        ("devis salle", {"001", "pdf"}),
        ("devis AND salle", {"001", "pdf"}),
        ("devis ET prix", {"002"}),
        ("evreux OR prix", {"001", "002"}),
        ("evreux OU photo", {"001", "jpg"}),
        ("devis -salle", {"002"}),
        ("devis SAUF salle", {"002"}),
        ("NOT devis", {"003", "jpg"}),
        ("-devis -photo", {"003"}),
        ("--evreux", {"001"}),
        ("(evreux OR prix) devis", {"001", "002"}),
        ("devis (evreux OR 42)", {"001", "pdf"}),
        ("devis -(evreux OR 42)", {"002"}),
        ("photo OR -devis", {"003", "jpg"}),
        ("evreux OR prix 12", {"001", "002"}),
        # phrases
        ('"salle d\'Évreux"', {"001"}),
        ("«salle d'evreux»", {"001"}),
        ('"d evreux salle"', set()),
        ('"devis salle"', {"001"}),
        ('"prix devis"', set()),
        ('"prix devis"~1', {"002"}),
        ('"devis prix"~3', {"002"}),
        ('"devis prix"~2', set()),
        ('"prix du dev*"', {"002"}),
        ('"pour la sal*"', {"001", "pdf"}),
        ('"devis"', {"001", "002", "pdf"}),
        # prefix, fuzzy
        ("regional*", {"002"}),
        ("élec*", {"001", "002", "003"}),
        ("mairie-exem*", {"001", "002"}),
        ("devi*", {"001", "002", "pdf"}),
        ("evreaux~", {"001"}),
        ("evreaxu~2", {"001"}),
        ("evraux~", {"001"}),
        ("eevreaux~", set()),
        ("*", ALL),
        ("", ALL),
        ("  ", ALL),
        # punctuation that is no operator
        ("devis & salle", {"001", "pdf"}),
        ("devis - salle", {"001", "pdf"}),
        ("Re: facture", {"002"}),
        ("--- devis prix", {"002"}),
        ("12:30 devis", set()),
    ],
)
def test_terms_and_operators(finds: Finds, query: str, expected: set[str]) -> None:
    assert finds(query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from:jean", {"001"}),
        ("de:évrard", {"001"}),
        ('from:"jean evrard"', {"001"}),
        ("from:jean@mairie-exemple.example", {"001"}),
        ("de:@campagne.example", {"002"}),
        ("from:mairie-exemple.example", {"001"}),
        ("from:mairie*", {"001"}),
        ("to:bob", {"001"}),
        ("à:@mairie-exemple.example", {"002"}),
        ("a:amk@campagne.example", {"001"}),
        ("cc:bob", {"001"}),
        ("cc:keller", set()),
        ("from:(jean OR keller)", {"001", "002"}),
        ("from:(jean OR to:bob)", {"001"}),
        ("from:kelller~", {"002"}),
        ("subject:facture", {"002"}),
        ("objet:devis", {"001"}),
        ('objet:"salle d\'évreux"', {"001"}),
        ("text:devis", {"001", "002", "pdf"}),
        ("texte:élections", {"001", "002", "003"}),
        ("name:devis", {"pdf"}),
        ("name:dev*", {"pdf"}),
        ("grade:proven", {"001"}),
        ("grade:PROVEN", {"001"}),
        ("-grade:unattested", {"001", "002", "pdf"}),
        ("grade:(proven OR questioned)", {"001", "002"}),
        ("badge:single-source-key", {"001"}),
        ("kind:mail", {"001", "002", "003"}),
        ("nature:fichier", {"pdf", "jpg"}),
        ("type:pdf", {"pdf"}),
        ("mime:image/jpeg", {"jpg"}),
        ("mime:image*", {"jpg"}),
        ("langue:en", {"003"}),
        ("check:mail.dkim", {"001", "002"}),
        ("check:mail.*", {"001", "002"}),
        ("status:unreadable", {"jpg"}),
        ("thread:fil1", {"001", "002"}),
        ('box:"boite a"', {"001"}),
        ("boîte:B", {"002", "003"}),
        ("path:box/", {"001", "002", "003", "pdf"}),
        ("path:box/000001", {"001", "pdf"}),
        ("path:ox/", set()),
        ("message-id:<a1@mairie-exemple.example>", {"001"}),
        ("has:attachment", {"001"}),
        ("avec:pièce-jointe", {"001"}),
        ("-has:text", {"jpg"}),
        ("-has:date", {"pdf", "jpg"}),
        ("date:2017", {"001", "002"}),
        ("date:2017-03", {"001"}),
        ("date:2017-03-01", {"001"}),
        ("date:2017-03-02", set()),
        ("date:2017-03-01..2017-04-24", {"001", "002"}),
        ("date:2017-03-02..", {"002"}),
        ("date:..2016", {"003"}),
        ('date:"2015-01-01"', {"003"}),
        ("after:2017-03-01", {"001", "002"}),
        ("après:2017-03-02", {"002"}),
        ("before:2017-03-01", {"003"}),
        ("until:2017-03-01", {"001", "003"}),
        ("avant:2017 -kind:file", {"003"}),
        ("date:2014-12-31", set()),
    ],
)
def test_fields(finds: Finds, query: str, expected: set[str]) -> None:
    assert finds(query) == expected


def test_id_family_and_their_beginnings(leak: Searcher, finds: Finds) -> None:
    first = leak.search("evreux").hits[0].record

    assert finds(f"id:{first.id}") == finds(f"id:{first.id[:10]}") == finds(f"family:{first.id}") == {"001"}
    assert finds(f"family:{first.id[:10]}") == set()


def test_days_begin_and_end_in_the_zone_given(leak: Searcher) -> None:
    paris = ZoneInfo("Europe/Paris")

    def found(query: str, **zone: ZoneInfo) -> int:
        return leak.search(query, **zone).total_documents

    assert found("date:2017-04-24", zone=paris) == 1
    assert found("date:2017-04-25", zone=paris) == 0
    assert found("date:2015-01-01") == 1
    assert found("date:2015-01-01", zone=ZoneInfo("America/New_York")) == 0
    assert found("date:2014-12-31", zone=ZoneInfo("America/New_York")) == 1


def test_a_word_too_long_to_be_indexed_finds_nothing_rather_than_everything(finds: Finds) -> None:
    assert finds("x" * 200) == set()
    assert finds("devis " + "x" * 200) == set()


def test_a_find_in_the_subject_goes_first_and_one_in_both_before_it(
    make: Callable[..., Record], indexed: Callable[[Iterable[Record]], Searcher]
) -> None:
    searcher = indexed([
        make("text", "facture facture facture"),
        make("subject", "autre chose ici", subject="facture"),
        make("both", "facture chose ici", subject="facture"),
        make("relative", "factures", language="fr"),
    ])  # fmt: skip

    assert [hit.record.path for hit in searcher.search("facture").hits] == ["both", "subject", "text", "relative"]


@pytest.mark.parametrize("query", ["&", "-", '"!"', "(&) - ;"])
def test_a_query_of_punctuation_only_is_an_error(leak: Searcher, query: str) -> None:
    with pytest.raises(InputError) as caught:
        leak.search(query)
    assert caught.value.code == "query-no-word"


@pytest.mark.parametrize(("query", "position"), [("a rendez-vous~", 3), (f"{'é' * 41}~", 1)])
def test_only_single_short_words_are_fuzzy(leak: Searcher, query: str, position: int) -> None:
    with pytest.raises(InputError) as caught:
        leak.search(query)
    assert (caught.value.code, caught.value.params["position"]) == ("query-fuzzy-word", position)
