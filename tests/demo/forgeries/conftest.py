"""One small run for all tests of the benchmark: every plant, and less ordinary mail around them."""

from pathlib import Path

import pytest

from crible.demo.forgeries.make import make
from crible.demo.forgeries.truth import Record

SEED, MAILS = 501, 1300


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench")
    make(folder, SEED, MAILS)
    return folder


@pytest.fixture(scope="session")
def record(bench: Path) -> Record:
    from crible.demo.forgeries.truth import load

    return load(bench / "planted.json")
