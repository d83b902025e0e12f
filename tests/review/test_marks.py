"""Marks: what is kept, what is logged, what is refused."""

import pytest
from django.db import transaction

from crible.model.errors import InputError
from crible.review import audit, deciding, finding, marks, notes, progress, seeing, told
from crible.review.models import Decision, Entry, Note, Seen, User
from crible.review.standing import standing

CASE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
DOC, NEXT = "a" * 64, "b" * 64
People = dict[str, User]


def test_a_state_is_one_and_its_line_holds_before_and_after(people: People) -> None:
    marks.set_state(people["marc"], CASE, DOC, "to-verify")
    line = marks.set_state(people["ines"], CASE, DOC, "cleared")
    assert line
    assert line.params == {"slot": "state", "before": "to-verify", "after": "cleared"}
    here = standing(CASE, DOC, people["lea"])
    assert here.state
    assert (here.state.state, here.state.by.name) == ("cleared", "ines")
    assert told.sentence(line, "en") == "set its state from “to verify” to “cleared”"
    assert told.sentence(line, "fr") == "a fait passer son état de «\xa0à vérifier\xa0» à «\xa0vérifié\xa0»"
    assert marks.set_state(people["ines"], CASE, DOC, "cleared") is None
    with pytest.raises(InputError, match="review-state"):
        marks.set_state(people["ines"], CASE, DOC, "published")
    assert audit.check_case(CASE).entries == 2


def test_what_is_marked_in_one_case_is_not_in_another(people: People) -> None:
    marks.set_state(people["marc"], CASE, DOC, "relevant")
    marks.tag(people["marc"], CASE, DOC, "salle")
    assert standing(OTHER, DOC, people["marc"]).state is None
    assert finding.ids(OTHER, "tag", "salle") == []
    assert finding.ids(CASE, "tag", "salle") == [DOC]


def test_a_tag_has_one_spelling_and_a_length(people: People) -> None:
    marks.tag(people["marc"], CASE, DOC, "  Budget\tsalle ")
    marks.tag(people["ines"], CASE, NEXT, "BUDGET SALLE")
    assert finding.ids(CASE, "tag", "Budget salle") == [DOC, NEXT]
    assert marks.tag(people["ines"], CASE, DOC, "budget salle") is None
    marks.untag(people["ines"], CASE, DOC, "Budget salle")
    assert finding.ids(CASE, "tag", "Budget salle") == [NEXT]
    for name in ("", " \n", "x" * 61):
        with pytest.raises(InputError, match="review-tag"):
            marks.tag(people["marc"], CASE, DOC, name)


def test_a_star_is_ones_own(people: People) -> None:
    marks.star(people["marc"], CASE, DOC)
    assert standing(CASE, DOC, people["marc"]).starred
    assert not standing(CASE, DOC, people["ines"]).starred
    assert marks.unstar(people["ines"], CASE, DOC) is None
    assert finding.ids(CASE, "star", "marc") == [DOC]


def test_only_members_are_asked_to_look(people: People) -> None:
    marks.assign(people["ines"], CASE, DOC, "marc")
    assert finding.asked(CASE, "marc").get().document == DOC
    assert finding.ids(CASE, "assigned", "marc") == [DOC]
    marks.set_state(people["marc"], CASE, DOC, "cleared")
    assert not finding.asked(CASE, "marc").exists()
    User.objects.create(name="stranger")
    for name in ("stranger", "nobody"):
        with pytest.raises(InputError, match="review-member"):
            marks.assign(people["ines"], CASE, DOC, name)
    marks.assign(people["ines"], CASE, DOC, "")
    assert finding.ids(CASE, "assigned", "marc") == []


def test_notes_stand_at_their_place_and_are_their_authors(people: People) -> None:
    text = "Bonjour,\n\nle montant est de 4 200 euros.\nLe montant est de 9 900 euros.\n"
    passage = notes.locate(text, "montant est  de 9 900", near=60)
    assert passage == notes.Passage("montant est de 9 900", text.rindex("montant"))
    line = notes.note(people["marc"], CASE, DOC, "Qui a dit cela ?", passage)
    assert line
    assert "Qui a dit" not in str(line.params)
    kept = Note.objects.get()
    assert notes.stands(text, kept)
    assert not notes.stands("Autre chose.", kept)
    with pytest.raises(InputError, match="review-note-others"):
        notes.unnote(people["ines"], CASE, DOC, kept.pk)
    notes.unnote(people["marc"], CASE, DOC, kept.pk)
    assert standing(CASE, DOC, people["marc"]).notes == ()
    for text in ("", "x" * 10_001):
        with pytest.raises(InputError, match="review-note"):
            notes.note(people["marc"], CASE, DOC, text)


def test_a_passage_is_found_across_lines_and_within_words() -> None:
    text = "un deux\ntrois\n\n  quatre"
    assert notes.locate(text, "eux trois qua") == notes.Passage("eux\ntrois\n\n  qua", 4)
    assert notes.locate(text, "cinq") == notes.Passage("cinq", None)
    assert notes.locate("x x x x", "x x", near=4).start == 4
    assert notes.locate("", "x\0") == notes.Passage("x", None)


def test_looking_for_a_passage_takes_no_quadratic_time() -> None:
    assert notes.locate("a " * 500_000, "a " * 900 + "b").start is None


def test_a_decision_needs_a_reason_and_replaces_the_one_before(people: People) -> None:
    deciding.decide(people["ines"], CASE, DOC, "withhold", "Données de santé, page 2.")
    deciding.decide(people["odile"], CASE, DOC, "publish", "Caviardé depuis, plus rien de privé.")
    here = standing(CASE, DOC, people["lea"])
    assert here.decision
    assert here.decision.decision == "publish"
    assert [one.decision for one in here.earlier] == ["withhold"]
    assert deciding.counts(here.decision)
    with pytest.raises(InputError, match="review-reason"):
        deciding.decide(people["ines"], CASE, DOC, "publish", "ok")
    with pytest.raises(InputError, match="review-decision"):
        deciding.decide(people["ines"], CASE, DOC, "burn", "Une raison bien assez longue.")


@pytest.mark.parametrize("agrees", [True, False])
def test_a_second_person_is_another_and_only_then_it_counts(people: People, agrees: bool) -> None:
    deciding.decide(people["ines"], CASE, DOC, "publish", "L'intérêt public l'emporte ici.", two=True)
    waiting = Decision.objects.get()
    assert not deciding.counts(waiting)
    assert deciding.waiting(CASE, people["odile"]).get() == waiting
    assert not deciding.waiting(CASE, people["ines"]).exists()
    with pytest.raises(InputError, match="review-second"):
        deciding.second(people["ines"], CASE, DOC, waiting.pk, "Je suis d'accord avec moi.", agrees=True)
    with pytest.raises(InputError, match="review-second"):
        deciding.second(people["odile"], OTHER, DOC, waiting.pk, "Un autre dossier, même nom.", agrees=True)
    line = deciding.second(people["odile"], CASE, DOC, waiting.pk, "Relu contre l'original signé.", agrees=agrees)
    assert line
    waiting.refresh_from_db()
    assert deciding.counts(waiting) is agrees
    assert ("did not agree" in told.sentence(line, "en")) is not agrees
    assert "Relu contre l'original signé." in told.sentence(line, "fr")


def test_many_are_changed_by_one_line(people: People) -> None:
    marks.set_state(people["marc"], CASE, DOC, "cleared")
    documents = [DOC, *(f"{n:064x}" for n in range(999))]
    line = marks.set_states(people["marc"], CASE, documents, "to-read")
    assert line
    assert (line.act, line.params["count"]) == ("state-many", 1_000)
    assert line.params["moved"][DOC] == ["cleared", "to-read"]
    assert finding.count(CASE, "state", "to-read") == 1_000
    assert told.sentence(line, "en") == "set the state of 1,000 documents to “to read”"
    assert marks.set_states(people["marc"], CASE, documents, "to-read") is None
    with pytest.raises(InputError, match="review-many"):
        marks.tag_many(people["marc"], CASE, [*documents, NEXT], "x")


def test_a_change_that_is_not_logged_is_not_made(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> Entry:
        raise RuntimeError

    monkeypatch.setattr(audit, "append", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        marks.set_state(people["marc"], CASE, DOC, "cleared")
    assert standing(CASE, DOC, people["marc"]).state is None


def test_seeing_writes_once_a_visit(people: People) -> None:
    for _ in range(3):
        seeing.see(people["lea"], CASE, DOC)
    first = Seen.objects.get().last
    seeing.see(people["marc"], CASE, DOC)
    assert Seen.objects.get(by=people["lea"]).last == first
    assert seeing.unseen(CASE, [NEXT, DOC]) == [NEXT]
    marks.set_state(people["marc"], CASE, DOC, "relevant")
    found = progress.of(CASE)
    assert (found.seen, found.states["relevant"], found.marked) == (1, 1, 1)


def test_what_nobody_was_asked_to_do_is_found(people: People) -> None:
    marks.set_states(people["marc"], CASE, [DOC, NEXT], "to-verify")
    marks.assign(people["marc"], CASE, NEXT, "ines")
    assert finding.open_to_all(CASE).get().document == DOC
