"""A small leak with a known answer, and cases made of it."""

import io
import mailbox
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from leak_maker import Signer, mail, mbox
from pytest_django import DjangoDbBlocker

from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.lock import locked
from crible.store.setup import migrate

CRIBLE = (sys.executable, "-m", "crible")
Crible = Callable[..., subprocess.CompletedProcess[str]]
Sifted = Callable[..., Case]


@pytest.fixture(scope="session", autouse=True)
def _database(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Cases are databases of their own: nothing here is Django's test database."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="session")
def signer() -> Signer:
    """One key pair for the session."""
    return Signer()


@pytest.fixture(scope="session")
def key_file(signer: Signer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the user would give with --keys."""
    return signer.key_file(tmp_path_factory.mktemp("keys") / "keys.txt")


@pytest.fixture(scope="session")
def sifted() -> Sifted:
    """Sifts sources into a case, in this process; the case comes back."""

    def run(folder: Path, *sources: Path, watch: Watch | None = None, **options: object) -> Case:
        case = Case.create(folder)
        sift(case, sources, Options(**{"jobs": 1, **options}), watch or Watch())
        return Case.open(folder)

    return run


@pytest.fixture(scope="session")
def leak(tmp_path_factory: pytest.TempPathFactory, signer: Signer) -> Path:
    """Two boxes, an archive and loose files; 10 documents, one of them three times."""
    folder = tmp_path_factory.mktemp("small") / "leak"
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


@pytest.fixture(scope="session")
def world_leak(tmp_path_factory: pytest.TempPathFactory, signer: Signer) -> Path:
    """See `sift_world`."""
    from sift_world import write_world

    return write_world(tmp_path_factory.mktemp("world") / "leak", signer)


@pytest.fixture(scope="session")
def world(world_leak: Path, key_file: Path, sifted: Sifted) -> Case:
    """That leak, sifted; nobody writes to it."""
    return sifted(world_leak.parent / "case", world_leak, key_files=(key_file,), jobs=2)


@pytest.fixture
def facts(world: Case) -> Iterator[Case]:
    """The sifted world, open for reading."""
    with world.facts():
        yield world


@pytest.fixture
def make_blank(tmp_path: Path) -> Callable[[str], AbstractContextManager[Case]]:
    """An empty case by name, its tables made, open for writing."""

    @contextmanager
    def made(name: str) -> Iterator[Case]:
        case = Case.create(tmp_path / name)
        with locked(case.folder):
            migrate(case)
            with case.facts(write=True):
                yield case

    return made


@pytest.fixture
def blank(make_blank: Callable[[str], AbstractContextManager[Case]]) -> Iterator[Case]:
    """One such case."""
    with make_blank("blank") as case:
        yield case


@pytest.fixture(scope="session")
def crible() -> Crible:
    """Runs the program as its user would; fails on a traceback whatever the exit code."""

    def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run([*CRIBLE, *map(str, arguments)], capture_output=True, text=True, timeout=120)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == code, done.stdout + done.stderr
        return done

    return run
