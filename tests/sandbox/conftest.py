import sys
from pathlib import Path

import pytest

from crible.sandbox.events import Done, Fault, Frame
from crible.sandbox.limits import Limits
from crible.sandbox.pool import Pool
from crible.sandbox.template import Template

LIMITS = Limits(memory=1 << 30, cpu_seconds=5, silent_seconds=30)


@pytest.fixture(autouse=True)
def _entry_points(monkeypatch):
    """Children import what their parent could import."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parent)])


@pytest.fixture
def template():
    """What children are forked from, on systems that can."""
    with Template.start(["json"]) or pytest.skip("orphans are adopted on Linux") as it:
        yield it


@pytest.fixture(params=["started", "forked"])
def pool(request):
    """Of one child, started afresh or forked from a template: whatever holds for one must hold for the other."""
    template = request.getfixturevalue("template") if request.param == "forked" else None
    with Pool("sandbox_tasks:run", size=1, limits=LIMITS, template=template) as it:
        yield it


@pytest.fixture
def ask(pool):
    """Run one task in a long-lived child; its reply as text, or its Fault."""

    def run(request, descriptors=(), within=pool):
        within.submit("key", request.encode(), descriptors)
        ends = [event for event in within.events() if not isinstance(event, Frame)]
        assert len(ends) == 1
        assert ends[0].key == "key"
        return ends[0].payload.decode() if isinstance(ends[0], Done) else ends[0]

    return run


@pytest.fixture
def make_pool():
    """Pools with limits of their own, closed at the end."""
    made = []

    def make(size=1, template=None, **limits):
        given = {"memory": 1 << 30, "cpu_seconds": 5, "silent_seconds": 30, **limits}
        made.append(Pool("sandbox_tasks:run", size=size, limits=Limits(**given), template=template))
        return made[-1]

    yield make
    for it in made:
        it.close()


@pytest.fixture
def fault():
    """What a Fault should be."""
    return lambda code, **params: Fault("key", code, params)
