"""The scorer, on exports made up to be right, wrong and reckless: each kind of mistake must show."""

import pytest

from crible.demo.forgeries.catalogue import BY_KEY, SCENARIOS
from crible.demo.forgeries.claims import claimed
from crible.demo.forgeries.report import as_json, findings, markdown, rows, sentences
from crible.demo.forgeries.score import Score, predictive, score, upper, wilson
from crible.demo.forgeries.truth import Change, Known, Plant, Record, differences, header_end, parts
from crible.words import LANGUAGES, render

DOMAIN = "ateliers-rivage.example"


def plant(*changes, scenario="edit-signed-copy", **given):
    base = {"scenario": scenario, "innocent": False, "id": "aa", "path": "leak/a.mbox/000001",
            "message_id": "<1@h.example>", "what": "1 → 2", "changes": changes, "header_end": 400,
            "parts": (("", 0, 1000), ("1", 420, 600), ("2", 700, 900))}  # fmt: skip
    return Plant(**base | given)


def line(level="unattested", **given):
    grade = {"level": level, "content": "", "origin": "", "questions": 0, "spans": [], "badges": [], "time": {}}
    grade |= {key: given.pop(key) for key in list(given) if key in (*grade, "truth")}
    return {"id": "aa", "paths": ["leak/a.mbox/000001"], "grade": grade, "evidence": [], **given}


def span(part, start, end, by=DOMAIN):
    return {"part": part, "start": start, "end": end, "by": by}


def said(message, says="supports", check="mail.dkim", spans=(), **params):
    return {"check": check, "message": message, "says": says, "params": params, "spans": list(spans)}


WORDS = Change("span", "", 500, 520)
FROM, CC = Change("field", "from"), Change("field", "cc")
IMITATED = Change("origin", DOMAIN)
LATE = Change("time", "2017-02-27T23:14:00+00:00")


@pytest.mark.parametrize(
    ("change", "answer", "falsely"),
    [
        (WORDS, line(), False),
        (WORDS, line("questioned"), False),
        (WORDS, line("contradicted"), False),
        (WORDS, line("proven"), True),
        (WORDS, line("proven", spans=[span("", 400, 450)]), True),  # `proven` is about all of it, whatever it lists
        (WORDS, line("corroborated"), True),
        (WORDS, line("partly-proven"), True),  # no range named: it reads as being about the whole
        (WORDS, line("partly-proven", spans=[span("", 400, 1000)]), True),
        (WORDS, line("partly-proven", spans=[span("", 400, 501)]), True),
        (WORDS, line("partly-proven", spans=[span("", 400, 500)]), False),
        (WORDS, line("partly-proven", spans=[span("", 520, 1000)]), False),
        (WORDS, line("partly-proven", spans=[span("1", 0, 180)]), True),
        (WORDS, line("partly-proven", spans=[span("1", 0, 80)]), False),
        (WORDS, line("partly-proven", spans=[span("1", 100, 180)]), False),
        (WORDS, line("partly-proven", spans=[span("2", 0, 200)]), False),
        (WORDS, line("partly-proven", spans=[span("3.1", 0, 5)]), True),  # a part unknown to us may be any
        (WORDS, line("corroborated", evidence=[said("quoted", spans=[span("1", 100, 180)])]), False),
        (WORDS, line("corroborated", evidence=[said("quoted", spans=[span("1", 70, 180)])]), True),
        (WORDS, line("corroborated", evidence=[said("quoted", spans=[span("2", 0, 9)]), said("near")]), True),
        (FROM, line("proven"), True),
        (FROM, line("partly-proven", spans=[span("", 400, 900)]), False),
        (FROM, line("partly-proven", spans=[span("From", 0, 9), span("", 400, 900)]), True),
        (FROM, line("partly-proven", spans=[span("", 400, 900)], evidence=[said("part", fields=["From"])]), True),
        (FROM, line("partly-proven", spans=[span("", 400, 900)], evidence=[said("part", fields=["Date"])]), False),
        (FROM, line("corroborated"), True),
        (CC, line("proven"), False),
        (CC, line("proven", evidence=[said("dkim-pass", fields=["From", "Cc"])]), True),
        (CC, line("proven", evidence=[said("unsigned-fields", says="untestable", fields=["Cc"])]), False),
        (Change("all"), line("partly-proven", spans=[span("", 400, 410)]), True),
        (Change("all"), line("unattested", badges=["unknown-signer"]), False),
        (IMITATED, line("proven", content="Unchanged since ateliers-rivaqe.example signed it."), False),
        (IMITATED, line("proven", content=f"Unchanged since {DOMAIN} signed it."), True),
        (IMITATED, line("proven", origin=f"Whoever held the signing key of {DOMAIN}."), True),
        (IMITATED, line("partly-proven", spans=[span("", 0, 9)]), True),
        (IMITATED, line("partly-proven", spans=[span("", 0, 9, f"mail.{DOMAIN}")]), False),
        (IMITATED, line("unattested", content=f"{DOMAIN}"), False),
        (LATE, line("proven", time={"not_after": "2016-05-01T00:00:00+00:00"}), True),
        (LATE, line("proven", time={"not_after": "2017-02-27T23:14:09+00:00"}), False),
        (LATE, line("proven"), False),
        (Change("truth"), line("proven", truth=render("grades", "truth-not-examined", {}, "en")), False),
        (Change("truth"), line("proven", truth="What it says is so."), True),
        (Change("hand"), line("proven"), False),
    ],
)
def test_falsely_vouched_is_exact_by_property(change, answer, falsely):
    assert bool(claimed(plant(change), answer)) is falsely
    if not falsely:
        return
    found = score(Record(1, (plant(change),), (), ()), [answer])
    assert (len(found.falsely), found.tallies["edit-signed-copy"].vouched) == (1, 1)


def test_an_altered_file_inside_counts_too():
    mail, file = line("questioned"), {**line("partly-proven"), "id": "ff"}
    planted = plant(WORDS, files=("ff",))
    assert score(Record(1, (planted,), (), ()), [mail, file]).falsely
    assert not score(Record(1, (planted,), (), ()), [mail, {**line(), "id": "ff"}]).falsely


@pytest.mark.parametrize(
    ("scenario", "change", "answer", "seen"),
    [
        ("edit-signed-copy", WORDS, line("contradicted"), True),
        ("edit-signed-copy", WORDS, line("questioned"), True),
        ("edit-signed-copy", WORDS, line("partly-proven", questions=1), True),
        ("edit-signed-copy", WORDS, line(badges=["two-keys"]), False),
        ("edit-signed-copy", WORDS, line("partly-proven", evidence=[said("repair-changed")]), False),
        ("attachment-added", WORDS, line("partly-proven", spans=[span("", 0, 500)], evidence=[said("tail-all")]), True),
        ("attachment-added", WORDS, line("partly-proven", spans=[span("", 0, 500)], evidence=[said("other")]), False),
        ("attachment-added", WORDS, line("partly-proven", spans=[span("", 0, 501)], evidence=[said("tail-")]), False),
        ("attachment-added", WORDS, line("unattested", evidence=[said("tail-all")]), False),
        ("from-swapped-reply-to", FROM,
         line("partly-proven", spans=[span("", 0, 9)], evidence=[said("repair-step", field="from")]), True),
        ("from-swapped-reply-to", FROM,
         line("partly-proven", spans=[span("", 0, 9)], evidence=[said("repair-step", field="subject")]), False),
        ("resign-known-selector", Change("all"), line(evidence=[said("dkim-key-mismatch")]), True),
        ("resign-known-selector", Change("all"), line(badges=["two-keys"]), True),
        ("resign-known-selector", Change("all"), line(evidence=[said("dkim-no-key")]), False),
        ("short-key", Change("all"), line(badges=["short-key"]), True),
        ("short-key", Change("all"), line(badges=["published-key"]), False),
        ("replay-recipients", CC, line("proven", evidence=[said("unsigned-fields", fields=["Cc"])]), True),
        ("replay-recipients", CC, line("proven", evidence=[said("unsigned-fields", fields=["To"])]), False),
        ("display-name", IMITATED, line("proven", evidence=[said("dkim-pass", domain="posteline.example")]), True),
        ("display-name", IMITATED, line("unattested"), False),
        ("display-name", IMITATED,
         line("proven", origin=f"key of {DOMAIN}", evidence=[said("dkim-pass", domain=DOMAIN)]), False),
        ("intruder-signed", Change("hand"), line("proven", badges=["other-hands"]), True),
        ("intruder-signed", Change("hand"), line("proven"), False),
        ("hostile-signatures", Change("all"), {**line(), "grade": None, "reason": {"code": "budget"}}, True),
        ("hostile-signatures", Change("all"), {**line(), "grade": None}, False),
    ],
)  # fmt: skip
def test_only_the_answers_of_the_scenario_detect_it(scenario, change, answer, seen):
    found = score(Record(1, (plant(change, scenario=scenario),), (), ()), [answer])
    assert found.tallies[scenario].detected == seen
    assert bool(found.missed) is not seen


def test_a_removed_mail_is_seen_only_by_a_remark_that_names_it():
    gone = plant(Change("absence", "<1@h.example>"), scenario="mail-removed", id="", path="")
    record = Record(1, (gone,), (), ())
    named = {"kind": "absence", "params": {"ids": ["1@h.example"]}}
    assert score(record, [], [named]).tallies["mail-removed"].detected == 1
    for other in ({"kind": "owner", "params": {"ids": ["1@h.example"]}}, {"kind": "absence", "params": {"count": 3}}):
        assert score(record, [], [other]).tallies["mail-removed"].detected == 0
    assert not score(record, [], []).missing


def test_what_is_in_no_line_is_missing_and_never_detected():
    found = score(Record(1, (plant(WORDS),), (Known("bb", "known", True),), ()), [])
    assert [one.path for one in found.missing] == ["leak/a.mbox/000001", "bb"]
    assert (found.innocents, found.tallies["edit-signed-copy"].detected) == (0, 0)


def test_untouched_mail_is_counted_by_level_and_bystanders_apart():
    innocents = tuple(Known(name, "known", name == "b1") for name in ("b1", "b2", "b3", "b4"))
    answers = [line("proven", id="b1"), line("questioned", id="b2", evidence=[said("odd", says="questions")]),
               line("unattested", id="b3", badges=["unknown-signer"]), line("proven", id="b4", questions=2),
               line("questioned", id="c1"), line("contradicted", id="c2")]  # fmt: skip
    found = score(Record(1, (), innocents, ("c1", "c2")), answers)
    # A question about a bystander is right; taking the altered mail's side is an alarm.
    assert (found.innocents, found.alarmed, found.open_questions) == (4, 2, 1)
    assert (found.bystanders, found.bystanders_questioned) == (2, 1)
    assert (found.anchored, found.plain, found.cohort) == (2, 1, 1)
    assert [one.why for one in found.alarms] == ["mail.dkim:odd", "bystander: "]


def reckless(record, level):
    ids = {*(p.id for p in record.plants), *(known.id for known in record.innocents), *record.bystanders}
    ids |= {file for plant in record.plants for file in plant.files}
    grade = {"spans": [], "truth": "What it says is so.", "time": {"not_after": "2001-01-01T00:00:00"}}
    every = {"fields": ["From", "To", "Cc", "Subject", "Date", "Content-Type"], "domain": "x"}
    imitated = " ".join(change.name for plant in record.plants for change in plant.changes if change.kind == "origin")
    return [
        line(level, id=name, content=imitated, evidence=[said("dkim-pass", **every)], **grade) for name in ids if name
    ]


@pytest.mark.parametrize("level", ["proven", "partly-proven", "corroborated"])
def test_a_program_that_vouches_for_everything_is_caught_on_every_plant(record, level):
    found = score(record, reckless(record, level))
    assert len(found.falsely) == found.counted > 180
    assert found.alarmed == 0


def test_a_program_that_questions_everything_is_caught_on_every_untouched_mail(record):
    found = score(record, reckless(record, "questioned"))
    assert not found.falsely
    assert found.alarmed == found.innocents == len(record.innocents)
    assert all(tally.detected == 0 for key, tally in found.tallies.items() if key not in BY_KEY)


def test_a_program_that_says_nothing_detects_nothing(record):
    lines = [{**one, "evidence": []} for one in reckless(record, "unattested")]
    found = score(record, lines)
    assert (len(found.falsely), found.alarmed, found.anchored) == (0, 0, 0)
    hit, planted = found.detectable
    # Hostile bytes need only end in a line.
    assert (hit, planted) == (3, sum(one.plants for one in SCENARIOS if one.detectable))


def test_files_are_counted_apart_and_an_innocent_archive_is_judged_by_what_is_in_it():
    twin = Plant("archive-kept", True, "zz", "leak/pieces/a.zip", "", "", files=("f1",))
    record = Record(1, (twin,), (), (), files=("f1", "f2", "f3"))
    asked = [said("late", says="questions", check="corpus.later-than-claim") | {"strength": "moderate"}]
    answers = [line("", id="zz", grade=None), line("questioned", id="f1", evidence=asked), line("proven", id="f2")]
    found = score(record, answers)
    assert (found.files, found.files_alarmed, found.files_vouched) == (2, 1, 1)
    assert found.tallies["archive-kept"].detected == 0
    assert [one.path for one in found.missing] == ["f3"]
    assert found.asked["corpus.later-than-claim:late", False] == 1
    assert found.innocents == found.alarmed == 0


def test_a_weak_question_detects_only_where_a_trace_is_all_there_is():
    weak = line(evidence=[said("picture-pasted", says="questions", check="image.pasted")])
    for key, seen in (("signature-pasted", True), ("pdf-edited-in-place", False)):
        record = Record(1, (plant(Change("all"), scenario=key),), (), ())
        assert score(record, [weak]).tallies[key].detected == seen
    assert not score(Record(1, (plant(Change("all"), scenario="signature-pasted"),), (), ()), [line()]).missed


def test_runs_add_up(record):
    one, total = score(record, reckless(record, "proven")), Score()
    total.add(one)
    total.add(score(record, reckless(record, "proven")))
    assert total.counted == 2 * one.counted
    assert (total.innocents, len(total.falsely), total.plain) == (
        2 * one.innocents,
        2 * len(one.falsely),
        2 * one.plain,
    )
    assert total.levels[("known", "proven")] == 2 * one.levels[("known", "proven")]
    assert total.seeds == [record.seed] * 2


def test_intervals():
    assert upper(0, 300) == 0.01
    assert upper(0, 0) == 1.0
    low, high = wilson(5, 100)
    assert (round(low, 4), round(high, 4)) == (0.0215, 0.1118)  # as tables have it
    assert wilson(0, 0) == (0.0, 1.0)
    assert predictive(1.0, 0.001, 0.001) == pytest.approx(0.5, abs=0.001)
    assert predictive(0.0, 0.0, 0.001) == 0.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_fits_a_terminal_and_names_what_went_wrong(record, language):
    found = score(record, reckless(record, "proven"))
    assert max(map(len, rows(found, language))) <= 80
    assert len(list(sentences(found, language))) == 9
    assert sum(one.path in text for one in found.falsely for text in findings(found, language)) >= len(found.falsely)


def test_the_page_says_what_it_is_a_test_of(record):
    page = markdown(score(record, reckless(record, "proven")), "0.0", "crible bench")
    assert "not the probability that a document is altered" in page
    assert "| 1a | Figure edited in unsigned mail, another copy exists | 6/6 | 0/6 |" in page
    for scenario in SCENARIOS:
        if scenario.why:
            assert f"**{scenario.number}. " in page


def test_the_object_counts_the_same(record):
    found = score(record, reckless(record, "proven"))
    told = as_json(found)
    assert told["vouched"] == [len(found.falsely), found.counted]
    assert sum(row["planted"] for row in told["scenarios"]) == len(record.plants)


def test_differing_lines_and_bytes_that_were_surely_added():
    assert differences(b"a\nb\nc\n", b"a\nB\nc\n") == [(2, 4)]
    assert differences(b"a\nb\n", b"a\nb\n") == []
    assert differences(b"a\nb\nc\n", b"a\nc\n") == [(2, 3)]  # a line taken out: the place where it stood
    # `--edge` belongs to what stood before or to what was added: no matter how it is cut, these bytes are new.
    start, end = differences(b"--e\none\n--e--\n", b"--e\none\n--e\ntwo\n--e--\n")[0]
    assert b"two" in b"--e\none\n--e\ntwo\n--e--\n"[start:end]


def test_parts_are_numbered_as_readers_number_them():
    data = (
        b'Content-Type: multipart/mixed;\n boundary="a"\n\n--a\nContent-Type: multipart/alternative; boundary=b\n\n'
        b"--b\nContent-Type: text/plain\n\nplain\n--b\n\nhtml\n--b--\n--a\nContent-Type: text/csv\n\n1;2\n--a--\n"
    )
    found = {number: data[start:end] for number, start, end in parts(data)}
    assert found == {"": data, "1.1": b"plain", "1.2": b"html", "2": b"1;2"}
    assert header_end(b"A: b\n\nc") == 6
    assert parts(b"A: b\n\nc") == [("", 0, 7), ("1", 6, 7)]
