"""What leaves: every mark, every line, and no words of what is closed."""

import io
import json

from crible.review import audit, deciding, export, marks, notes, seeing
from crible.review.models import Entry, User

CASE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
DOC, NEXT = "a" * 64, "b" * 64
People = dict[str, User]


def test_every_kind_of_mark_is_a_line(people: People) -> None:
    marc = people["marc"]
    marks.set_state(marc, CASE, DOC, "relevant")
    marks.tag(marc, CASE, DOC, "salle")
    marks.star(marc, CASE, DOC)
    marks.assign(marc, CASE, DOC, "ines")
    notes.note(marc, CASE, DOC, "Qui ?", notes.Passage("le montant", 3))
    deciding.decide(people["ines"], CASE, DOC, "publish", "Une raison bien assez longue.", two=True)
    seeing.see(people["lea"], CASE, DOC)
    found = {one["kind"]: one for one in export.marks(CASE)}
    assert set(found) == {"state", "tag", "star", "assigned", "note", "decision", "seen"}
    assert found["note"]["passage"] == "le montant"
    assert found["decision"]["counts"] is False
    assert found["seen"]["by"] == "lea"
    assert list(export.marks(OTHER)) == []
    assert all(set(one) <= set(export.COLUMNS) for one in found.values())


def test_words_about_what_is_closed_are_withheld_but_counted(people: People) -> None:
    notes.note(people["marc"], CASE, DOC, "Très privé.", notes.Passage("des mots", 3))
    notes.note(people["marc"], CASE, NEXT, "Ouvert.")
    assert set(export.noted(CASE)) == {DOC, NEXT}
    found = {one["document"]: one for one in export.marks(CASE, closed={DOC})}
    assert (found[DOC]["text"], found[DOC]["passage"], found[DOC]["withheld"]) == ("", "", True)
    assert found[NEXT]["text"] == "Ouvert."


def test_the_log_taken_out_is_verified_without_the_desk(people: People) -> None:
    for state in ("relevant", "cleared", ""):
        marks.set_state(people["marc"], CASE, DOC, state)
    file = io.StringIO()
    assert export.write(file, export.log(CASE), "jsonl", export.LOG_COLUMNS) == 3
    lines = [Entry(**json.loads(line)) for line in file.getvalue().splitlines()]
    assert audit.check(lines).head == audit.head(CASE).hash
    lines[1].by = "ines"
    assert audit.check(lines).broken == 2
