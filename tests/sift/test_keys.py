"""Keys: kept with the case, counted whenever they come, whatever was killed before."""

import shutil
from pathlib import Path

import pytest

from crible.model.errors import InputError
from crible.sift import keys
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Signature, Standing, Weighing


def levels(case: Case) -> dict[str, str]:
    with case.facts():
        return dict(Weighing.objects.values_list("document__path", "level"))


def test_a_key_that_comes_later_counts_as_one_given_at_once(
    world: Case, world_leak: Path, key_file: Path, sifted, tmp_path: Path
) -> None:
    case = sifted(tmp_path / "later", world_leak)
    assert "proven" not in levels(case).values()
    with case.facts():
        assert not Standing.objects.exists()
    keys.keep(case, key_file)
    sift(case, [], Options(jobs=1), Watch())
    assert levels(case) == levels(world)


def test_a_key_that_comes_after_a_killed_first_run_counts_for_all(
    world: Case, world_leak: Path, key_file: Path, tmp_path: Path
) -> None:
    class KilledError(Exception):
        pass

    def kill(stage: str, _total: int) -> None:
        if stage == "weigh":
            raise KilledError

    case = Case.create(tmp_path / "case")
    with pytest.raises(KilledError):
        sift(case, [world_leak], Options(jobs=1), Watch(stage=kill))
    case = Case.open(case.folder)
    sift(case, [], Options((key_file,), jobs=1), Watch())
    assert levels(case) == levels(world)


def test_a_key_taken_away_is_forgotten(world: Case, tmp_path: Path) -> None:
    shutil.copytree(world.folder, tmp_path / "case")
    case = Case.open(tmp_path / "case")
    (case.folder / "keys" / "keys.txt").unlink()
    sift(case, [], Options(jobs=1), Watch())
    with case.facts():
        assert set(Signature.objects.values_list("word", flat=True)) == {"no-key"}
        assert not Standing.objects.exists()
    assert "proven" not in levels(case).values()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="keys-missing"):
        keys.keep(Case.create(tmp_path / "case"), tmp_path / "none")
