"""Fixtures that every test may use."""

import os
from pathlib import Path

import pytest

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
