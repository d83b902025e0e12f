"""crible boxes and crible traces on the demo's case."""

import json
from pathlib import Path

import pytest

CHIEF = "camille.rochebrune@horizon2017.example"


def test_each_box_names_its_owner_its_mails_and_what_is_absent(crible, case: Path) -> None:
    shown = crible("boxes", "--case", case).stdout
    assert all(len(line) <= 80 for line in shown.splitlines())
    words = " ".join(shown.split())
    assert f"Owner Seems to be the box of {CHIEF}. (moderate)" in words
    assert "134 mails, from 2016-12-17 to 2017-04-22; the last by the clock of its signer." in words
    assert "nothing here says which." in words


def test_one_box_alone_by_the_end_of_its_name(crible, case: Path) -> None:
    shown = crible("boxes", "--case", case, "--box", "direction.mbox").stdout
    assert shown.startswith("leak/boites/direction.mbox\n")
    assert "tresorerie" not in shown
    refused = crible("boxes", "--case", case, "--box", "mbox", code=1).stderr
    assert refused == "crible: No box is called mbox. See: crible boxes --case DIR [box-unknown]\n"


def test_boxes_as_json(crible, case: Path) -> None:
    found = json.loads(crible("boxes", "--case", case, "--json").stdout)
    assert found["format"] == 1
    chief = next(one for one in found["boxes"] if one["address"] == CHIEF)
    assert (chief["mails"], chief["first"], chief["last"]) == (134, "2016-12-17", "2017-04-22")
    assert chief["owner"][0]["strength"] == "moderate"
    assert len(chief["last_mail"][0]["refs"]) == 1


def test_traces_by_day_say_what_mails_look_like_and_how_that_is_innocent(crible, case: Path) -> None:
    shown = crible("traces", "--case", case).stdout
    assert all(len(line) <= 80 for line in shown.splitlines())
    words = " ".join(shown.split())
    assert "2017-04-12 1 mail comes from horizom2017.example, which reads much like horizon2017.example" in words
    assert "How this may be innocent: - Two organisations may bear names this close" in words
    assert "none shows that an intrusion happened, nor by whom." in words


def test_traces_as_json_lead_to_documents(crible, case: Path) -> None:
    found = json.loads(crible("traces", "--case", case, "--json").stdout)
    assert found["format"] == 1
    trace = found["days"][0]["traces"][0]
    assert trace["message"] == "trace-look-alike-own"
    one = json.loads(crible("show", trace["refs"][0], "--case", case, "--json").stdout)
    assert one["from"].endswith("@horizom2017.example>")


@pytest.mark.parametrize(
    ("command", "words"), [("boxes", "Semble être la boîte de"), ("traces", "se lit presque comme")]
)
def test_they_speak_french(crible, case: Path, command: str, words: str) -> None:
    shown = crible(command, "--case", case, CRIBLE_LANG="fr").stdout
    assert words in " ".join(shown.split())
    assert all(len(line) <= 80 for line in shown.splitlines())
    assert "mail looks" not in shown


def test_a_case_without_mail_says_so(crible, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Rien qui soit un courriel.\n")
    crible("sift", tmp_path / "note.txt", "--case", tmp_path / "case", "--jobs", "1")
    assert crible("boxes", "--case", tmp_path / "case").stdout.startswith("No box holds a mail")
    assert crible("traces", "--case", tmp_path / "case").stdout.startswith("No mail looks like a trace. That shows")
