"""What a long sift publishes before it weighs: found, marked, closed where it may be private, and gone at the end."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from leak_maker import mail, mbox
from test_kill import export

from crible.index import generations
from crible.index.search import Searcher
from crible.sift import early
from crible.sift.watch import Watch

MAILS, KILLS = 400, 5


def box(folder: Path, signer, mails: int = MAILS) -> Path:
    folder.mkdir()
    made = [mail(f"Mail {n}", f"Texte numero {n} de la boite.\n" * 8, serial=n + 1) for n in range(mails)]
    made[::10] = [signer.sign(one) for one in made[::10]]
    health = "Bonjour,\nmon medecin a recu mes resultats d'analyse, et mon arret maladie est prolonge.\n"
    made.append(
        mail("Ordonnance et arret maladie", health, attach=b"piece jointe du dossier medical\n", serial=mails + 1)
    )
    return mbox(folder / "grande.mbox", made)


def test_what_is_read_is_found_before_it_is_weighed(
    tmp_path: Path, signer, sifted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(early, "LONG", 0.0)
    seen: list[generations.Generation] = []
    levels: set[tuple[str, tuple[str, ...]]] = set()
    folder = tmp_path / "case"

    def stage(name: str, _total: int) -> None:
        if name == "weigh":
            searcher = Searcher(folder / "index")
            seen.append(searcher.generation)
            found = searcher.search("numero", limit=50)
            assert found.total_documents == 30
            levels.update((hit.record.grade, hit.record.badges) for hit in found.hits)
            shut = searcher.search('subject:"ordonnance et arret" OR devis').hits
            assert len(shut) == 2, "the mail and what is attached to it"
            assert all(hit.record.private for hit in shut)

    case = sifted(folder, box(tmp_path / "leak", signer, 30).parent, watch=Watch(stage=stage))
    assert [one.provisional for one in seen] == [True]
    assert levels == {("unattested", ("provisional",))}
    last = Searcher(case.index)
    assert not last.generation.provisional
    assert last.search("badge:provisional").total_documents == 0
    assert last.search("numero", limit=50).total_documents == 30
    raw = json.loads((case.index / "CURRENT").read_text())
    assert raw["provisional"] is False


def test_a_short_sift_builds_once(tmp_path: Path, signer, sifted) -> None:
    case = sifted(tmp_path / "case", box(tmp_path / "leak", signer, 30).parent)
    assert generations.current(case.index).generation == "g000001"


def test_killed_while_it_publishes_and_exported_alike(tmp_path: Path, signer) -> None:
    leak = box(tmp_path / "leak", signer).parent
    command = [sys.executable, str(Path(__file__).with_name("early_sift.py")), str(leak)]
    began = time.monotonic()
    subprocess.run([*command, str(tmp_path / "calm")], check=True, timeout=120)
    length = time.monotonic() - began
    seed = int(os.environ.get("CRIBLE_SEED", random.SystemRandom().randrange(10**6)))
    print("seed", seed)  # noqa: T201  (shown when the test fails)
    chance = random.Random(seed)
    for _ in range(KILLS):
        with subprocess.Popen([*command, str(tmp_path / "killed")], start_new_session=True) as process:
            time.sleep(chance.uniform(0.3, 0.95) * length)
            os.kill(process.pid, signal.SIGKILL)
    subprocess.run([*command, str(tmp_path / "killed")], check=True, timeout=120)
    assert export(tmp_path / "killed") == export(tmp_path / "calm")
    assert not generations.current(tmp_path / "killed" / "index").provisional
    assert not (tmp_path / "killed" / "progress.json").exists()
