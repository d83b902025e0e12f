"""What the desk shows while a sift runs, and after it has ended."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_cases import write_leak
from desk_served import on_the_desk, owner_come_in
from django.test import Client
from pytest_django import DjangoDbBlocker
from test_pages import read

from crible.review.models import User
from crible.sift.progress import progress
from crible.store.case import Case


def until(happened, seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Case, Path, subprocess.Popen[bytes]]]:
    """A sift that has read everything and stands before weighing; the gate that lets it go on."""
    folder = tmp_path_factory.mktemp("held")
    gate = folder / "gate"
    script = Path(__file__).with_name("live_sift.py")
    command = [sys.executable, str(script), str(write_leak(folder / "leak", 30)), str(folder / "case"), str(gate)]
    with subprocess.Popen(command) as process:
        until(lambda: gate.with_suffix(".reached").exists() or process.poll() is not None)
        yield Case.open(folder / "case"), gate, process
        gate.touch()


@pytest.fixture
def onlooker(held: tuple[Case, Path, object], django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Client, str]]:
    with django_db_blocker.unblock(), on_the_desk(held[0]):
        yield owner_come_in(), f"/{held[0].uuid[:8]}/"


def test_results_can_be_used_before_the_sift_ends(
    onlooker: tuple[Client, str], held: tuple[Case, Path, object]
) -> None:
    client, case = onlooker
    text = read(client, case)
    assert "A sift is running" in text
    assert "Waiting(" not in text
    assert "Counts and grades are provisional." in text
    assert "Nothing is weighed yet." in text
    assert "can be searched meanwhile, not all weighed yet" in text
    found = read(client, f"{case}search/?q=devis")
    assert "Devis de la salle" in found
    assert "Not established" in found
    assert "Provisional" in read(client, f"{case}search/?q=devis", language="en")
    assert "Devis de la salle" in read(client, f"{case}ledger/read/") + read(
        client, f"{case}search/?in=badge:provisional"
    )
    assert "Counts and grades are provisional." in read(client, f"{case}ledger/")


def test_the_line_asks_again_until_the_end(
    onlooker: tuple[Client, str], held: tuple[Case, Path, subprocess.Popen[bytes]]
) -> None:
    client, case = onlooker
    fragment = client.get(f"{case}progress/").content.decode()
    assert f'hx-get="{case}progress/"' in fragment
    assert "<html" not in fragment
    assert "Comptes et niveaux sont provisoires" in read(client, f"{case}progress/", language="fr")
    now = progress(held[0].folder)
    assert now is not None
    assert (now.pid, now.read) == (held[2].pid, 40)
    held[1].touch()
    assert held[2].wait(60) == 0
    fragment = client.get(f"{case}progress/").content.decode()
    assert "hx-get" not in fragment
    assert "The sift has ended." in fragment
    assert not (held[0].folder / "progress.json").exists()
    text = read(client, case)
    assert "A sift is running" not in text
    assert "A detail needs explaining" in text
    assert "badge:provisional" not in client.get(f"{case}search/?q=").content.decode()


def test_what_a_killed_sift_left_is_not_taken_for_another(tmp_path: Path) -> None:
    (tmp_path / "case.lock").write_text("4711 (here)")
    (tmp_path / "progress.json").write_text('{"pid": 4712, "started": 1, "stage": "read", "begun": 1, "at": 2}')
    assert progress(tmp_path) is None
    (tmp_path / "case.lock").write_text("4712 (here)")
    assert progress(tmp_path).stage == "read"
    (tmp_path / "progress.json").write_text('{"pid": "x"')
    assert progress(tmp_path) is None


def test_a_stranger_sees_no_progress(stranger: Client, slug: str) -> None:
    assert stranger.get(f"/{slug}/progress/").status_code in (302, 403)


def test_a_member_of_another_case_sees_none_either(visitor: Client, slug: str) -> None:
    User.objects.filter(owner=True).update(owner=False)
    try:
        assert visitor.get(f"/{slug}/progress/").status_code == 404
    finally:
        User.objects.update(owner=True)
