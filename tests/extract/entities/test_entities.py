"""Whom and what a text names: an own sample of sentences in both languages, and what must be left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.entities.find import MOST, entities
from crible.extract.entities.given_names import GIVEN
from crible.extract.page import Page, fold
from crible.model.facts import Reading

SAMPLE = (
    ("Merci à Camille Rochebrune et à Jean-Paul Lescure.", {"person": {"Camille Rochebrune", "Jean-Paul Lescure"}}),
    ("M. de La Tour a vu Mme Kervadec à 9 h.", {"person": {"de La Tour", "Kervadec"}}),
    ("DUPRÉ Camille, trésorière", {"person": {"Camille Dupré"}}),
    ("Bonjour Sophie, Cordialement", {}),
    ("Hi John, Thanks", {}),
    ("Dr. Ellen O'Hara met Henry J. Marlow.", {"person": {"Henry J. Marlow", "Ellen O'Hara"}}),
    ("12 rue Jean Jaurès, 35000 Rennes", {"address": {"12 rue Jean Jaurès, 35000 Rennes"}, "place": {"Rennes"}}),
    ("La salle Claude Nougaro est prise.", {}),
    ("Imprimerie du Quai SARL et Harbour Lane Ltd", {"organisation": {"Imprimerie du Quai SARL", "Harbour Lane Ltd"}}),
    ("le Ministère de la Culture, l'Université de Nimelle",
     {"organisation": {"Ministère de la Culture", "Université de Nimelle"}}),
    ("University of Colm, Department of Health", {"organisation": {"University of Colm", "Department of Health"}}),
    ("Any company Ltd can", {}),
    ("Tél. 02 99 00 12 34 ou 06.11.22.33.44", {"phone": {"+33299001234", "+33611223344"}}),
    ("Call +44 20 7946 0958 or (212) 555-0143", {"phone": {"+442079460958", "+12125550143"}}),
    ("Réf. 0299001234, version 01.02.03.04.05.06", {}),
    ("le 14-03-2017 09 12 33", {}),
    ("Écrire à Elsa.Nguyen@Horizon.example.", {"email": {"elsa.nguyen@horizon.example"}}),
    ("arobase @elsa et elsa@", {}),
    ("NIR 2 95 10 99 126 111 93", {"nir": {"295109912611193"}}),
    ("NIR 2 95 10 99 126 111 94", {}),
    ("Carte bancaire 4970 1012 3456 7890", {}),
    ("Carte bancaire 4970 1000 0000 0014 exp. 03/19", {"card": {"4970100000000014"}}),
    ("Dossier 4970 1000 0000 0014", {}),
    ("née le 14 mars 1987 à Colm", {"birth": {"1987-03-14"}}),
    ("IBAN FR76 3000 6000 0112 3456 7890 189", {"iban": {"FR7630006000011234567890189"}}),
    ("IBAN FR76 3000 6000 0112 3456 7890 188", {}),
    ("Siret 732 829 320 00074", {"siret": {"73282932000074"}}),
    ("4557 Mill Lane Road, Colm, CA 94538", {"address": {"4557 Mill Lane Road"}, "place": {"Colm"}}),
    ("10 Harbour Street, Colm CB4 1YT", {"address": {"10 Harbour Street"}, "place": {"Colm"}}),
    ("Il reste 12500 Euros et 35000 mails.", {}),
)  # fmt: skip


def found(text: str) -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for one in entities(Page.of(Reading("text/plain", text=text))):
        kinds.setdefault(one.kind, set()).add(one.text)
    return kinds


@pytest.mark.parametrize(("text", "named"), SAMPLE)
def test_the_sample_is_read_as_people_read_it(text: str, named: dict[str, set[str]]) -> None:
    assert found(text) == named


def test_what_is_met_often_comes_first_and_is_counted() -> None:
    page = Page.of(Reading("text/plain", text="Elsa Quai. " * 3 + "Tél. 02 99 00 12 34, Colin Marlow."))
    assert [(one.text, one.count, one.private) for one in entities(page)] == [
        ("Elsa Quai", 3, False), ("Colin Marlow", 1, False), ("+33299001234", 1, True),
    ]  # fmt: skip


def test_a_directory_is_capped() -> None:
    page = Page.of(
        Reading("text/plain", text="\n".join(f"Camille Nom{chr(97 + n % 26) * (n // 26 + 1)}" for n in range(600)))
    )
    assert len(entities(page)) == MOST


def test_given_names_are_folded_and_none_is_an_everyday_word() -> None:
    assert all(name == fold(name) for name in GIVEN)
    assert GIVEN.isdisjoint({"may", "will", "bill", "grant", "paris", "france", "april", "art", "rose"})
    assert len(GIVEN) >= 400


@given(st.text(max_size=300))
def test_no_text_is_too_odd(text: str) -> None:
    for one in entities(Page.of(Reading("text/plain", text=text))):
        assert one.text
        assert len(one.text) <= 120


@pytest.mark.parametrize(
    "unit", ["A ", "1 ", "1a", "Jean ", "Jean-", "+33 ", "12 rue ", "FR76", "@a.", "a@", "SARL ", "M. "]
)
def test_long_runs_of_one_thing_take_no_time(unit: str) -> None:
    """48,000 characters of a repeated prefix: anything worse than linear would hang here."""
    entities(Page.of(Reading("text/plain", text=unit * (48_000 // len(unit)))))
