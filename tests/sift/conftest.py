"""A small leak with a known answer, and cases made of it."""

import io
import mailbox
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from leak_maker import Signer, mail, mbox

CRIBLE = (sys.executable, "-m", "crible")


@pytest.fixture(scope="session")
def signer() -> Signer:
    """One key pair for the session."""
    return Signer()


@pytest.fixture
def leak(tmp_path: Path, signer: Signer) -> Path:
    """Two boxes, an archive and loose files; 14 documents, one of them three times."""
    folder = tmp_path / "leak"
    folder.mkdir()
    signed = signer.sign(
        mail(
            "Devis", "Bonjour,\n\nVoici le devis de 2 450 euros pour les affiches.\n", attach=b"DEVIS 2450\n", serial=1
        )
    )
    sent = mail("Salle", "La salle d'Evreux est reservee pour le 3 mars, merci de confirmer.\n", serial=2)
    mbox(folder / "nguyen.mbox", [signed, sent, mail("Note", ">From nowhere\nUne ligne.\n", serial=3)])
    mbox(folder / "ferrand.mbox", [sent])
    (folder / "devis-copie.txt").write_bytes(b"DEVIS 2450\n")
    (folder / "vide.txt").write_bytes(b"")
    (folder / "inconnu.bin").write_bytes(bytes(range(256)) * 8)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("notes/lisez-moi.txt", "Lisez-moi avant de publier quoi que ce soit.\n" * 20)
        archive.writestr("devis-copie.txt", b"DEVIS 2450\n")
    (folder / "archive.zip").write_bytes(packed.getvalue())
    assert len(mailbox.mbox(folder / "nguyen.mbox")) == 3
    return folder


Crible = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def crible() -> Crible:
    """Runs the program as its user would; fails on a traceback whatever the exit code."""

    def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([*CRIBLE, *map(str, arguments)], capture_output=True, text=True, timeout=120)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run
