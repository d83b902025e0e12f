"""kill -9 at random moments, then to the end: the export is byte for byte that of an undisturbed run."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from leak_maker import mail, mbox

MAILS = 1500
KILLS = 6


def sift(leak: Path, case: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "crible", "sift", str(leak), "--case", str(case), "--jobs", "2"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)


def export(case: Path) -> bytes:
    command = [sys.executable, "-m", "crible", "export", "--case", str(case)]
    return subprocess.run(command, check=True, capture_output=True).stdout


@pytest.mark.slow
def test_killed_six_times_and_exported_alike(tmp_path: Path, signer) -> None:
    leak = tmp_path / "leak"
    leak.mkdir()
    mails = [
        mail(f"Mail {n}", f"Texte numero {n} de la boite.\n" * 12, attach=b"piece %d\n" % (n % 40), serial=n + 1)
        for n in range(MAILS)
    ]
    mails[::10] = [signer.sign(one) for one in mails[::10]]
    mbox(leak / "grande.mbox", mails)
    began = time.monotonic()
    assert sift(leak, tmp_path / "calm").wait(120) == 0
    length = time.monotonic() - began

    seed = int(os.environ.get("CRIBLE_SEED", random.SystemRandom().randrange(10**6)))
    print("seed", seed)  # noqa: T201  (shown when the test fails)
    chance = random.Random(seed)
    for _ in range(KILLS):
        process = sift(leak, tmp_path / "killed")
        time.sleep(chance.uniform(0.3, 0.9) * length)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    last = sift(leak, tmp_path / "killed")
    _, errors = last.communicate(timeout=120)
    assert last.returncode == 0, errors.decode()
    assert export(tmp_path / "killed") == export(tmp_path / "calm")
