"""How an export is judged against what was planted, answer by answer."""

import json

import pytest

from crible.demo.compare import score
from crible.demo.planted import Plant


def plant(**given):
    base = {
        "kind": "signed-edited",
        "case": "number",
        "innocent": False,
        "id": "aa",
        "path": "leak/a.mbox/000001",
        "message_id": "<1@horizon2017.example>",
        "altered": "content",
        "what": "1 → 2",
        "expect": "not-vouched",
    }
    return Plant(**base | given)


def line(level="unattested", **given):
    grade = {"level": level, "content": "", "origin": "", "questions": 0, "spans": [], "time": {}}
    grade |= {key: given.pop(key) for key in list(given) if key in grade}
    return {"id": "aa", "paths": ["leak/a.mbox/000001"], "message_id": None, "grade": grade, **given}


def span(part, start, end, by="salles-et-congres.example"):
    return {"part": part, "start": start, "end": end, "by": by}


@pytest.mark.parametrize(
    ("given", "answer", "falsely"),
    [
        ({}, line("proven"), True),
        ({}, line("corroborated"), True),
        ({}, line("partly-proven"), True),
        ({}, line("partly-proven", spans=[span("", 0, 10)]), True),
        ({}, line("unattested"), False),
        ({}, line("contradicted"), False),
        # Behind l=: what counts is whether the claimed spans reach into the tail.
        ({"spans": (("", 900, 950),)}, line("partly-proven", spans=[span("", 400, 900)]), False),
        ({"spans": (("", 900, 950),)}, line("partly-proven", spans=[span("", 400, 901)]), True),
        ({"spans": (("", 900, 950),)}, line("proven", spans=[span("", 400, 900)]), True),
        ({"spans": (("", 900, 950),)}, line("corroborated"), True),
        # A field above a sound signature: the body may be claimed, the field may not.
        ({"altered": "subject"}, line("proven"), True),
        ({"altered": "subject"}, line("partly-proven", spans=[span("", 400, 900)]), False),
        ({"altered": "subject"}, line("partly-proven", spans=[span("Subject", 0, 9)]), True),
        ({"altered": "from"}, line("partly-proven", spans=[span("Subject", 0, 9)]), False),
        # Who signs in its own name may be named as signer; the imitated domain may not.
        (
            {"altered": "origin", "impersonates": "horizon2017.example"},
            line("proven", content="Unchanged since horizom2017.example signed it."),
            False,
        ),
        (
            {"altered": "origin", "impersonates": "horizon2017.example"},
            line("proven", origin="Key holder of horizon2017.example."),
            True,
        ),
        (
            {"altered": "origin", "impersonates": "horizon2017.example"},
            line("partly-proven", spans=[span("", 0, 9, by="mail.horizon2017.example")]),
            True,
        ),
        (
            {"altered": "origin", "impersonates": "horizon2017.example"},
            line("partly-proven", spans=[span("", 0, 9, by="horizon2017.example")]),
            True,
        ),
        (
            {"altered": "time", "really_at": "2017-02-27T23:14:00+01:00"},
            line("proven", time={"not_after": "2016-02-28T23:14:00+01:00"}),
            True,
        ),
        (
            {"altered": "time", "really_at": "2017-02-27T23:14:00+01:00"},
            line("proven", time={"not_after": "2017-02-27T22:14:05+00:00"}),
            False,
        ),
    ],
)
def test_falsely_vouched_is_what_claims_the_altered_property_or_span(given, answer, falsely):
    result = score([plant(**given)], [answer])
    assert bool(result.falsely_vouched) is falsely
    assert result.tallies[0].vouched == falsely


def test_seen_is_questioned_contradicted_or_an_open_question_beside_a_proof():
    planted = [plant(id=str(n), path=str(n), expect="questioned") for n in range(4)]
    answers = [
        line("questioned", id="0", paths=[]),
        line("contradicted", id="1", paths=[]),
        line("proven", id="2", paths=[], questions=1),
        line("unattested", id="3", paths=[]),
    ]
    result = score(planted, answers)
    assert (result.tallies[0].detected, result.tallies[0].detectable) == (3, 4)
    assert [item.id for item in result.unseen] == ["3"]


def test_twins_are_calm_unless_questioned():
    twins = [plant(id=str(n), innocent=True, expect="calm") for n in range(3)]
    answers = [line("proven", id="0"), line("questioned", id="1"), line("unattested", id="2", questions=1)]
    result = score(twins, answers)
    assert (result.tallies[0].twins, result.tallies[0].calm) == (3, 1)
    assert [item.id for item in result.alarmed] == ["1", "2"]
    assert not result.falsely_vouched


def test_found_by_id_then_path_then_message_id_else_missing():
    by_path = line("proven", id="zz")
    by_message = line("proven", id="zz", paths=[], message_id="<1@horizon2017.example>")
    assert score([plant()], [by_path]).falsely_vouched
    assert score([plant()], [by_message]).falsely_vouched
    # The line with the id is the one, whatever else shares the Message-ID.
    assert not score([plant()], [by_message, line("unattested")]).falsely_vouched
    # Two lines with it: the untouched copy may be either.
    assert score([plant()], [by_message, {**by_message, "id": "yy"}]).missing
    gone = score([plant()], [line("proven", id="zz", paths=["other"])])
    assert [item.id for item in gone.missing] == ["aa"]
    assert gone.tallies[0].planted == 0


def test_a_document_without_grade_is_claimed_by_nobody():
    result = score([plant()], [{"id": "aa", "paths": [], "grade": None, "message_id": None}])
    assert not result.falsely_vouched
    assert not result.missing


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_table_names_every_kind_and_what_went_wrong(planted, language):
    rows = json.loads(planted.record.read_text())
    answers = [line("unattested", id=row["id"], paths=[row["path"]]) for row in rows]
    result = score(rows, answers)
    shown = result.rows(language)
    assert len(result.tallies) == 23
    assert not result.missing
    assert not result.falsely_vouched
    assert f"{300 / result.planted:.1f}".replace(".", "," if language == "fr" else ".") in "\n".join(shown)
    bad = score(rows, [{**answer, "grade": {**answer["grade"], "level": "proven"}} for answer in answers])
    assert any(bad.falsely_vouched[0].path in row for row in bad.rows(language))
