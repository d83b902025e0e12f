"""Undo: back to what was, unless somebody else was there since."""

import pytest

from crible.model.errors import InputError
from crible.review import audit, deciding, finding, marks, notes
from crible.review.models import Decision, Entry, User
from crible.review.standing import standing
from crible.review.undo import last, undo, undo_last

CASE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
DOC, NEXT = "a" * 64, "b" * 64
REASON = "Une raison bien assez longue."
People = dict[str, User]


def state(document: str = DOC) -> str:
    found = finding.State.objects.filter(case=CASE, document=document).first()
    return found.state if found else ""


def test_one_after_the_other_back_to_the_beginning(people: People) -> None:
    marc = people["marc"]
    marks.set_state(marc, CASE, DOC, "relevant")
    marks.tag(marc, CASE, DOC, "salle")
    notes.note(marc, CASE, DOC, "À revoir.")
    marks.assign(marc, CASE, DOC, "ines")
    marks.star(marc, CASE, DOC)
    for _ in range(5):
        assert undo_last(marc, CASE).entry
    here = standing(CASE, DOC, marc)
    assert (here.state, here.tags, here.notes, here.assigned, here.starred) == (None, (), (), None, False)
    with pytest.raises(InputError, match="review-undo"):
        undo_last(marc, CASE)
    assert audit.check_case(CASE).entries == 10


def test_an_undo_is_undone(people: People) -> None:
    marks.set_state(people["marc"], CASE, DOC, "relevant")
    undone = undo_last(people["marc"], CASE)
    assert undone.entry
    assert state() == ""
    undo(people["marc"], CASE, undone.entry.number)
    assert state() == "relevant"
    again = last(people["marc"], CASE)
    assert again
    assert again.act == "state"


def test_what_somebody_changed_since_stays_and_is_named(people: People) -> None:
    line = marks.set_state(people["marc"], CASE, DOC, "relevant")
    assert line
    marks.set_state(people["ines"], CASE, DOC, "cleared")
    done = undo(people["marc"], CASE, line.number)
    assert done.entry is None
    assert done.since
    assert (done.since.by, done.kept) == ("ines", 1)
    assert state() == "cleared"


def test_many_are_undone_but_for_those_changed_since(people: People) -> None:
    marks.set_state(people["marc"], CASE, DOC, "cleared")
    line = marks.set_states(people["marc"], CASE, [DOC, NEXT, "c" * 64], "to-read")
    assert line
    marks.set_states(people["ines"], CASE, [NEXT], "irrelevant")
    done = undo(people["marc"], CASE, line.number)
    assert done.entry
    assert done.since
    assert (done.kept, done.since.by, done.entry.params["count"]) == (1, "ines", 2)
    assert (state(), state(NEXT), state("c" * 64)) == ("cleared", "irrelevant", "")
    undo(people["marc"], CASE, done.entry.number)
    assert state() == "to-read"


def test_who_may_undo(people: People) -> None:
    line = marks.set_state(people["ines"], CASE, DOC, "relevant")
    assert line
    for name in ("marc", "lea"):
        with pytest.raises(InputError, match="review-undo-others"):
            undo(people[name], CASE, line.number)
    with pytest.raises(InputError, match="review-undo"):
        undo(people["ines"], OTHER, line.number)
    assert undo(people["odile"], CASE, line.number).entry
    starred = marks.star(people["marc"], CASE, DOC)
    assert starred
    with pytest.raises(InputError, match="review-undo-others"):
        undo(people["odile"], CASE, starred.number)


def test_who_lost_the_right_does_not_undo(people: People) -> None:
    line = marks.set_state(people["marc"], CASE, DOC, "relevant")
    assert line
    people["marc"].memberships.all().delete()
    with pytest.raises(InputError, match="review-undo-others"):
        undo(people["marc"], CASE, line.number)


def test_a_decision_undone_gives_way_to_the_one_before(people: People) -> None:
    deciding.decide(people["ines"], CASE, DOC, "withhold", REASON)
    deciding.decide(people["ines"], CASE, DOC, "publish", REASON)
    undo_last(people["ines"], CASE)
    here = standing(CASE, DOC, people["ines"])
    assert here.decision
    assert here.decision.decision == "withhold"


def test_a_second_opinion_is_taken_back_by_who_gave_it_only(people: People) -> None:
    deciding.decide(people["ines"], CASE, DOC, "publish", REASON, two=True)
    number = Decision.objects.get().pk
    line = deciding.second(people["odile"], CASE, DOC, number, REASON, agrees=False)
    assert line
    with pytest.raises(InputError, match="review-undo-others"):
        undo(people["ines"], CASE, line.number)
    undo(people["odile"], CASE, line.number)
    assert deciding.waiting(CASE, people["odile"]).get().document == DOC
    assert Decision.objects.get().second is None


def test_what_is_no_mark_is_not_undone(people: People) -> None:
    audit.append("ines", "joined", case=CASE)
    with pytest.raises(InputError, match="review-undo"):
        undo(people["ines"], CASE, Entry.objects.get().number)
