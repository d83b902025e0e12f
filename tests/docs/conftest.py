"""The demo's case, once for the session, and programs for PATH."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`crible` and `python` as this interpreter has them."""
    from doc_blocks import make_programs

    return make_programs(tmp_path_factory.mktemp("programs"))
