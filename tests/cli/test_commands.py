"""Each command on the demo's case: what it prints, in English and French, and as JSON."""

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crible.model.grade import Level

CONTRADICTED = "417060a86f04"
"""The sender's own copy that names another amount than the signed one."""


def test_the_answer_of_show_reads_from_the_top(crible, case: Path) -> None:
    shown = crible("show", CONTRADICTED, "--case", case).stdout
    assert shown.splitlines()[0] == "≠ Differs from a signed copy"
    order = ["Differs", "Subject", "Content", "Origin", "Time", "Delivery", "Truth", "Reasons", "questions, strong"]
    order += ["How this may be innocent", "questions, moderate", "What would change this"]
    places = [shown.index(word) for word in order]
    assert places == sorted(places)
    assert "“4 800”" in shown.replace("\n", " ").replace("\u202f", " ")
    assert shown.count("A draft was kept beside what was sent.") == 1
    assert all(len(line) <= 80 for line in shown.splitlines())


def test_show_speaks_french(crible, case: Path) -> None:
    shown = crible("show", CONTRADICTED, "--case", case, CRIBLE_LANG="fr").stdout
    assert shown.startswith("≠ Diffère d’une copie signée\n")
    assert "Ce qui changerait la réponse" in shown
    assert "\ufffd" not in shown
    french = crible("ledger", "--case", case, CRIBLE_LANG="", LC_ALL="fr_FR.UTF-8").stdout
    assert french.startswith("Tout est compté")


def test_show_as_json_and_with_its_text(crible, case: Path) -> None:
    one = json.loads(crible("show", CONTRADICTED, "--case", case, "--json", "--text").stdout)
    assert one["format"] == 1
    assert one["id"].startswith(CONTRADICTED)
    assert one["grade"]["level"] == "contradicted"
    assert "14 800" in one["text"]
    assert "14 800" in crible("show", one["paths"][0], "--case", case, "--text").stdout.rpartition("would change")[2]


def test_find_shows_a_date_in_the_zone_of_the_case(crible, case: Path) -> None:
    found = crible("find", "grade:contradicted", "--sort", "date", "--case", case).stdout
    assert f"≠ {CONTRADICTED}  2017-02-14 09:12  Acompte" in found
    assert "Times: Europe/Paris." in " ".join(found.split())
    assert "≠ differs from a signed copy" in found.replace("\xa0", " ")
    day = crible("find", "date:2017-02-14 acompte", "--case", case, "--json").stdout
    assert any(hit["id"].startswith(CONTRADICTED) or hit["copies"] > 1 for hit in json.loads(day)["hits"])


def test_finding_nothing_says_what_was_searched(crible, case: Path) -> None:
    found = crible("find", "xyzzy", "--case", case).stdout
    documents = json.loads(crible("ledger", "--case", case, "--json").stdout)["documents"]
    assert documents > 600
    assert found.startswith(f"Nothing found.\nSearched {documents} documents")
    assert json.loads(crible("find", "xyzzy", "--case", case, "--json").stdout)["families"] == 0


def test_facets_are_counted(crible, case: Path) -> None:
    text = crible("find", "devis", "--case", case, "--facets", "--limit", "1").stdout
    facets = json.loads(crible("find", "devis", "--case", case, "--facets", "--json").stdout)["facets"]
    kinds = {one["value"]: one["count"] for one in facets["kind"]}
    assert f"kind: mail {kinds['mail']}, file {kinds['file']}" in text


def test_ledger_as_text_lines_and_json(crible, case: Path) -> None:
    text = crible("ledger", "--case", case).stdout
    account = json.loads(crible("ledger", "--case", case, "--state", "unreadable", "--json").stdout)
    assert account["format"] == 1
    assert account["balanced"] is True
    assert text.startswith(f"Everything is accounted for: {account['in']} in, {account['out']} out")
    lines = crible("ledger", "--case", case, "--state", "unreadable").stdout.splitlines()
    assert len(lines) == account["states"]["unreadable"] == len(account["items"])
    assert all(len(line.split("\t")) == 2 for line in lines)


def test_match_answers_exact_absent_and_unreadable(crible, case: Path, demo_case: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("Une phrase que personne n'a jamais écrite dans cette fuite inventée.\n" * 3)
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 4)
    there = demo_case / "leak" / "pieces" / "notes" / "a-faire.txt"
    done = crible("match", there, tmp_path / "new.txt", tmp_path / "noise.bin", "--case", case).stdout
    assert f"{there}: in the leak, byte for byte" in done
    assert "new.txt: not found in what was searched" in done
    assert "Only its bytes were looked for" in done
    assert json.loads(crible("match", there, "--case", case, "--json").stdout)["level"] == "exact"


def test_export_is_the_same_on_paper_and_in_a_file(crible, case: Path, tmp_path: Path) -> None:
    lines = crible("export", "--case", case, "--lang", "fr").stdout
    crible("export", "--case", case, "--lang", "fr", "--out", tmp_path / "x.jsonl", CRIBLE_LANG="fr")
    assert (tmp_path / "x.jsonl").read_text(encoding="utf-8") == lines
    table = crible("export", "--case", case, "--format", "csv").stdout
    assert table.startswith("id,kind,paths,")


def test_weigh_answers_first_and_names_the_key(crible, demo_case: Path, tmp_path: Path) -> None:
    mail = next((demo_case / "leak" / "boites" / "presse" / "cur").glob("1484373732.*"))
    keys = demo_case / "keys.jsonl"
    shown = crible("weigh", mail, "--keys", keys).stdout
    assert shown.startswith("● Unchanged since lettre-capitole.example signed it\n")
    told = " ".join(shown.split())
    assert (
        "lc._domainkey.lettre-capitole.example: verifies; key of 2,048 bits, known from your own file keys.jsonl"
        in told
    )
    assert crible("weigh", mail).stdout.startswith("○ Not established\n")
    one = json.loads(crible("weigh", mail, "--keys", keys, "--json").stdout)
    assert (one["format"], one["grade"]["level"]) == (1, "proven")
    assert {signature["word"] for signature in one["signatures"]} == {"pass"}


def test_weigh_says_what_it_cannot_weigh(crible, demo_case: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.eml").write_bytes(b"")
    told = crible("weigh", tmp_path / "empty.eml", demo_case / "leak" / "boites" / "direction.mbox").stdout
    assert "It holds no bytes." in told
    assert "This is a container (mbox)" in told


def test_a_hostile_mail_reaches_no_terminal(crible, tmp_path: Path) -> None:
    hostile = "From: \x1b]0;owned\x07 <a@b.example>\nSubject: =?utf-8?q?=1B[2J=C2=9B?=\n\nx\x1b[31m \u202e\n"
    path = tmp_path / "x\x1b[31m\ny.eml"
    path.write_text(hostile, encoding="utf-8")
    case = tmp_path / "case"
    outputs = [crible("weigh", path).stdout, crible("sift", path, "--case", case).stdout]
    identity = hashlib.sha256(path.read_bytes()).hexdigest()
    for json_too in ((), ("--json",)):
        outputs += [crible("find", "*", "--case", case, *json_too).stdout]
        outputs += [crible("show", identity, "--text", "--case", case, *json_too).stdout]
    outputs += [crible("match", path, "--case", case).stdout, crible("show", "\x1b[2J", "--case", case, code=1).stderr]
    for output in outputs:
        assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(output)


def test_keys_are_listed_with_their_sources(crible, case: Path) -> None:
    shipped = json.loads(crible("keys", "list", "--json").stdout)["keys"]
    of_case = crible("keys", "list", "--case", case).stdout
    assert len(of_case.splitlines()) > len(shipped) > 10
    assert "hz1._domainkey.horizon2017.example 2,048 bits your own file keys.jsonl" in of_case
    assert crible("keys", code=2).stdout.startswith("Usage: crible keys")


def test_index_and_upgrade_take_care_of_a_case(crible, demo_case: Path, tmp_path: Path) -> None:
    case = tmp_path / "small"
    crible("sift", demo_case / "leak" / "pieces" / "notes", "--case", case)
    assert crible("index", "--case", case).stdout == "The index is there.\n"
    assert crible("index", "--rebuild", "--case", case).stdout == "The index was built anew.\n"
    assert "this version already" in crible("upgrade", "--case", case).stdout


def test_doctor_names_what_holds_and_what_is_read(crible) -> None:
    found = json.loads(crible("doctor", "--unsafe", "--json").stdout)
    assert found["format"] == 1
    assert {"mbox", "zip"} <= set(found["containers"])
    assert {"message/rfc822", "application/pdf"} <= set(found["formats"])
    assert f"Isolation: {found['isolation']}" in crible("doctor", "--unsafe").stdout


def test_a_sift_as_json_keeps_progress_apart(crible, demo_case: Path, tmp_path: Path) -> None:
    notes = demo_case / "leak" / "pieces" / "notes"
    done = crible("sift", notes, "--case", tmp_path / "case", "--json", "--keys", demo_case / "keys.jsonl")
    result = json.loads(done.stdout)
    assert (result["format"], result["balanced"]) == (1, True)
    assert set(result["grades"]) == {"loose"}
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert events[0]["stage"] == "take"
    assert all(event["format"] == 1 for event in events)


@pytest.mark.parametrize(("columns", "language"), [("80", "fr"), ("120", "en")])
def test_the_table_of_grades_fits_and_has_a_legend(
    crible, demo_case: Path, tmp_path: Path, columns: str, language: str
) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(demo_case, moved)
    told = crible("demo", moved, COLUMNS=columns, CRIBLE_LANG=language).stdout
    rows = [line for line in told.splitlines() if "crible serve" not in line]
    assert all(len(row) <= int(columns) for row in rows)
    signs = ["●", "◐", "⊕", "○", "△", "≠"]
    assert any(row.split() == signs for row in rows)
    assert all(f"{sign}\xa0" in told for sign in signs)
    # Moved since it was made: its source must not be taken a second time.
    listed = json.loads(crible("ledger", "--case", demo_case / "case", "--json").stdout)["in"]
    assert f" {listed} " in rows[0]
    assert len(signs) == len(Level)


def test_help_of_every_command_is_in_both_languages(crible) -> None:
    for language, words in (("en", ("Usage:", "Example: ")), ("fr", ("Usage\xa0:", "Exemple\xa0: "))):
        for command in ("sift", "keys add"):
            told = crible(*command.split(), "--help", CRIBLE_LANG=language).stdout
            assert all(word in told for word in words), told
            assert all(len(line) <= 80 for line in told.splitlines() if "xample" not in line and "xemple" not in line)
    assert "Show this" not in crible("--help", CRIBLE_LANG="fr").stdout


def test_help_starts_at_once() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "crible", "--help"], capture_output=True, check=True, env=dict(os.environ))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.4
