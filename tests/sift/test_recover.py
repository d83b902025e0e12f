"""Recovered keys: cohorts that vouch for nothing, rivals of which none is preferred, runs that are killed."""

import hashlib
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from key_holder import Holder
from leak_maker import Signer, mbox

from crible.model.errors import InputError
from crible.sift import found, keys
from crible.sift.recover import Recovered, catch_up, recover, sought
from crible.sift.run import sift
from crible.sift.wanted import Lack, plan
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Evidence, Signature, Standing, Weighing

LOST = Holder("valette.example")
RIVAL = Holder("valette.example", seed=2)


def quiet(_wanted):
    return lambda _seconds, _of: None


def recovered(case: Case, *names: str, most: int = 10) -> list[Recovered]:
    catch_up(case)
    with case.facts():
        wanted = sought(case, names, most)
    return list(recover(case, wanted, quiet))


def again(case: Case) -> Case:
    sift(Case.open(case.folder), [], Options(jobs=1), Watch())
    return Case.open(case.folder)


def words(case: Case) -> dict[str, int]:
    with case.facts():
        found = list(Signature.objects.values_list("word", flat=True))
    return {word: found.count(word) for word in sorted(set(found))}


def grades(case: Case) -> list[tuple[str, tuple[str, ...]]]:
    with case.facts():
        rows = Weighing.objects.filter(document__reading__kind="mail").order_by("document__path")
        return [(row.level, tuple(row.grade["badges"])) for row in rows]


def said(case: Case, message: str) -> list[dict[str, object]]:
    with case.facts():
        rows = Evidence.objects.filter(message=message).order_by("document__path", "ordinal")
        return [row.params | {"strength": row.strength, "says": row.says} for row in rows]


@pytest.fixture
def case(tmp_path: Path, sifted) -> Case:
    """Eight mails of one lost key in two boxes, one of them altered in its header, one in its body."""
    first = LOST.mails(5)
    altered = LOST.mails(1, 5)[0].replace(b"Subject: Envoi 5", b"Subject: Envoi cinq")
    changed = LOST.mails(1, 6)[0].replace(b"Envoi numero 6", b"Envoi numero 66")
    mbox(tmp_path / "a.mbox", [*first, altered, changed])
    mbox(tmp_path / "b.mbox", LOST.mails(1, 7))
    return sifted(tmp_path / "case", tmp_path / "a.mbox", tmp_path / "b.mbox")


def test_a_recovered_key_makes_a_cohort_that_vouches_for_nothing(case: Case) -> None:
    before = [level for level, _ in grades(case)]
    (one,) = recovered(case)
    assert one.key is not None
    assert (one.key.modulus, one.key.exponent) == (LOST.modulus, 3)
    assert (one.verifies, one.intact) == (6, 7)
    assert words(case) == {"body-altered": 1, "headers-altered": 1, "pass": 6}
    case = again(case)
    assert [level for level, _ in grades(case)] == before == ["unattested"] * 8
    assert [badges for _, badges in grades(case)].count(("unknown-signer",)) == 6
    with case.facts():
        assert not Standing.objects.exists()
    notes = said(case, "cohort")
    assert len(notes) == 6
    assert {(note["count"], note["boxes"], note["strength"], note["says"]) for note in notes} == {
        (5, 2, "none", "untestable")
    }
    assert (notes[0]["first"], notes[0]["last"]) == ("2017-02-28", "2017-03-01")


def test_the_key_is_kept_as_what_it_is(case: Case) -> None:
    recovered(case)
    (key,) = [key for key in keys.ring(case) if key.domain == "valette.example"]
    assert (key.recovered, key.anchored, key.sources) == (True, False, ())
    (path,) = found.files(case)
    assert path.name.startswith("recovered-")


def test_what_was_found_is_not_sought_again(case: Case) -> None:
    recovered(case)
    assert recovered(case) == []
    with case.facts(), pytest.raises(InputError, match="recover-not-lost"):
        sought(case, ["s1._domainkey.valette.example"], 1)


def test_only_the_selector_asked_for(tmp_path: Path, sifted) -> None:
    other = Holder("ferrand.example", "k9", seed=3)
    mbox(tmp_path / "a.mbox", [*LOST.mails(6), *other.mails(8)])
    case = sifted(tmp_path / "case", tmp_path / "a.mbox")
    assert [(one.domain, one.verifies) for one in recovered(case, "K9._domainkey.ferrand.example.")] == [
        ("ferrand.example", 8)
    ]
    assert words(case) == {"no-key": 6, "pass": 8}
    assert [one.domain for one in recovered(case, most=1)] == ["valette.example"]


def test_headers_that_were_all_altered_give_no_key(tmp_path: Path, sifted) -> None:
    spoiled = [one.replace(b"Subject: ", b"Subject: [liste] ") for one in LOST.mails(6)]
    mbox(tmp_path / "a.mbox", spoiled)
    case = sifted(tmp_path / "case", tmp_path / "a.mbox")
    with case.facts():
        wanted = sought(case, (), 1)
    cheap = recover(case, wanted, quiet, exponents=(3, 17))
    assert [one.key for one in cheap] == [None]
    assert found.files(case) == []


def test_too_few_mails_are_said_to_be_too_few(tmp_path: Path, sifted) -> None:
    mbox(tmp_path / "a.mbox", LOST.mails(4))
    case = sifted(tmp_path / "case", tmp_path / "a.mbox")
    assert recovered(case) == []
    with case.facts():
        with pytest.raises(InputError, match="recover-few"):
            sought(case, ["s1._domainkey.valette.example"], 1)
        (one,) = plan(keys.ring(case)).wanted
    assert (one.lack, len(one.intact)) == (Lack.FEW, 4)


def test_two_holders_of_one_selector_are_both_shown_and_neither_preferred(tmp_path: Path, sifted) -> None:
    """Three times as many mails do not make one of them the domain's."""
    mbox(tmp_path / "a.mbox", LOST.mails(15))
    mbox(tmp_path / "b.mbox", RIVAL.mails(6, 100))
    case = sifted(tmp_path / "case", tmp_path / "a.mbox", tmp_path / "b.mbox")
    moduli = {one.key.modulus for one in recovered(case) if one.key}
    assert moduli == {LOST.modulus, RIVAL.modulus}
    case = again(case)
    assert words(case) == {"pass": 21}
    assert set(grades(case)) == {("unattested", ("two-keys", "unknown-signer"))}
    conflicts = said(case, "key-conflict-cohort")
    assert {(note["count"], note["ours"], note["boxes"]) for note in conflicts} == {(6, 15, 1), (15, 6, 1)}
    with case.facts():
        assert not Standing.objects.exists()


def test_the_second_holder_is_found_by_the_next_run_where_the_first_was_killed(
    tmp_path: Path, sifted, monkeypatch: pytest.MonkeyPatch
) -> None:
    mbox(tmp_path / "a.mbox", [*LOST.mails(15), *RIVAL.mails(6, 100)])
    case = sifted(tmp_path / "case", tmp_path / "a.mbox")
    with monkeypatch.context() as killed:
        killed.setattr("crible.sift.recover.HOLDERS", 1)
        recovered(case)
    assert words(case) == {"key-mismatch": 6, "pass": 15}
    assert [one.verifies for one in recovered(case)] == [6]
    with case.facts():
        (one,) = plan(keys.ring(case)).wanted
    assert (one.lack, len(one.intact)) == (Lack.ANCHOR, 21)


def test_a_key_of_the_ring_beside_a_recovered_one(tmp_path: Path, sifted) -> None:
    """The user's own key vouches; the other cohort stays a cohort, and both say that there are two."""
    mbox(tmp_path / "a.mbox", LOST.mails(6))
    mbox(tmp_path / "b.mbox", RIVAL.mails(6, 100))
    key_file = LOST.key_file(tmp_path / "keys.txt")
    case = sifted(tmp_path / "case", tmp_path / "a.mbox", tmp_path / "b.mbox", key_files=(key_file,))
    assert words(case) == {"key-mismatch": 6, "pass": 6}
    recovered(case)
    case = again(case)
    assert sorted(set(grades(case))) == [
        ("proven", ("two-keys", "user-key")),
        ("unattested", ("two-keys", "unknown-signer")),
    ]
    assert {note["count"] for note in said(case, "key-conflict-anchored")} == {6}
    assert {note["count"] for note in said(case, "key-conflict-cohort")} == {6}


def test_a_second_signature_that_vouches_anchors_nothing(tmp_path: Path, sifted, signer: Signer) -> None:
    """Measured on real mail: with one more signature in front, both verify."""
    other = Holder("ferrand.example", seed=4)
    mbox(tmp_path / "a.mbox", [signer.sign(one) for one in other.mails(6)])
    key_file = signer.key_file(tmp_path / "keys.txt")
    case = sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(key_file,))
    assert set(grades(case)) == {("partly-proven", ("user-key",))}
    recovered(case)
    case = again(case)
    assert set(grades(case)) == {("partly-proven", ("unknown-signer", "user-key"))}, "ferrand.example is From"
    assert not [key for key in keys.ring(case) if key.recovered and key.anchored]


def test_a_transit_signature_anchors_nothing(tmp_path: Path, sifted) -> None:
    google = Holder("1e100.net", "t1", seed=5)
    sent = []
    for one in LOST.mails(6):
        transit = google.signed(one).partition(b"DKIM-Signature: ")[2]
        sent.append(b"X-Google-DKIM-Signature: " + transit)
    mbox(tmp_path / "a.mbox", sent)
    case = sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(google.key_file(tmp_path / "keys.txt"),))
    recovered(case)
    case = again(case)
    assert words(case)["pass"] == 12
    assert {level for level, _ in grades(case)} == {"partly-proven"}
    assert not [key for key in keys.ring(case) if key.recovered and key.anchored]


def test_the_same_key_under_another_selector_anchors_nothing(tmp_path: Path, sifted) -> None:
    """It is found at once, for the modulus is at hand; whose the other selector is it does not say."""
    other = Holder("ferrand.example", "k9", seed=1)
    assert other.modulus == LOST.modulus
    mbox(tmp_path / "a.mbox", LOST.mails(6))
    case = sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(other.key_file(tmp_path / "keys.txt"),))
    (one,) = recovered(case)
    assert one.key is not None
    assert one.seconds == 0.0
    assert set(grades(again(case))) == {("unattested", ("unknown-signer",))}


def test_a_recovered_key_passed_on_by_others_is_not_anchored(case: Case, tmp_path: Path, sifted) -> None:
    recovered(case)
    (path,) = found.files(case)
    path.write_text(path.read_text().replace('"anchored": false', '"anchored": true'))
    mbox(tmp_path / "c.mbox", LOST.mails(6))
    passed_on = sifted(tmp_path / "other", tmp_path / "c.mbox", key_files=(path,))
    assert {level for level, _ in grades(passed_on)} == {"unattested"}


def test_a_file_of_found_keys_that_somebody_broke(case: Case) -> None:
    recovered(case)
    (path,) = found.files(case)
    path.write_text("not json\n")
    with pytest.raises(InputError, match="keys-found-broken"):
        keys.ring(case)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_a_search_that_is_ended_leaves_the_case_as_it_was(tmp_path: Path, sifted, end: signal.Signals) -> None:
    """A gcd of 2,048 bits takes a minute: it is ended in its first seconds."""
    slow = Holder("valette.example", exponent=65537, bits=2048)
    mbox(tmp_path / "a.mbox", slow.mails(6))
    case = sifted(tmp_path / "case", tmp_path / "a.mbox")
    before = state(case)
    command = [sys.executable, "-m", "crible", "keys", "recover", "--case", str(case.folder)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, preexec_fn=_attentive)
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(1)
    process.send_signal(end)
    process.wait(timeout=10)
    assert process.returncode in (-9, 130)
    assert state(case) == before
    assert len(plan_of(case)) == 1


def test_a_run_killed_before_it_judged_catches_up(case: Case) -> None:
    key_file = case.folder / "keys" / "found" / "recovered-0.jsonl"
    recovered(case)
    (path,) = found.files(case)
    kept = path.read_text()
    path.unlink()
    case = again(case)
    assert words(case) == {"no-key": 8}
    key_file.write_text(kept)
    assert recovered(case) == []
    assert words(case)["pass"] == 6


def plan_of(case: Case) -> tuple[str, ...]:
    with case.facts():
        return tuple(one.selector for one in plan(keys.ring(case)).wanted)


def state(case: Case) -> dict[str, str]:
    """Every file of the case but what SQLite keeps beside its database, and every row of the signatures."""
    files = sorted(path for path in case.folder.rglob("*") if path.is_file())
    kept = {
        str(path.relative_to(case.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not path.name.startswith("db.sqlite3") and path.name != "case.lock"
    }
    with case.facts():
        rows = list(Signature.objects.order_by("pk").values_list("pk", "word", "result"))
    return kept | {"rows": hashlib.sha256(repr(rows).encode()).hexdigest()}


def _attentive() -> None:
    """A suite that was started in the background ignores Ctrl-C, and so would what it starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
