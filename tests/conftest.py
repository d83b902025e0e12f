"""Fixtures that every test may use."""

import os
import subprocess
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

# The browser's driver leaves its event loop running in this thread, and Django then takes every test for a coroutine.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs the corpora, visibly, where they do not lie beside the checkout."""
    if CORPORA.is_dir():
        return
    absent = pytest.mark.skip(reason="needs the corpora (../shared/corpora), which are not here")
    for item in items:
        if item.get_closest_marker("corpora"):
            item.add_marker(absent)


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real test data beside the checkout."""
    return Path(os.environ.get("CRIBLE_CORPORA", CORPORA))


@pytest.fixture(scope="session")
def unpack(corpora: Path) -> Callable[..., Path]:
    """Unpacks one archive of the corpora, or those of its files whose name holds `only`, into a folder; that folder."""

    def unpacked(name: str, folder: Path, only: str = "") -> Path:
        with tarfile.open(corpora / f"{name}.tar.xz") as archive:
            # Set, not given to extractall: Debian 12's Python 3.11.2 knows no filters.
            archive.extraction_filter = getattr(tarfile, "data_filter", lambda member, _folder: member)
            archive.extractall(folder, members=[member for member in archive if only in member.name])
        return folder

    return unpacked


@pytest.fixture(scope="session")
def demo_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional leak and its case, as `crible demo` makes them, once a session; copy it before writing to it."""
    folder = tmp_path_factory.mktemp("demo") / "demo-leak"
    done = subprocess.run([sys.executable, "-m", "crible", "demo", folder], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
