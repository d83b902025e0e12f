"""One leak for all tests of the demo."""

import sys
from pathlib import Path

import pytest

from crible.demo.leak import make_leak

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def planted(tmp_path_factory):
    return make_leak(tmp_path_factory.mktemp("demo"))
