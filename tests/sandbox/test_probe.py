import platform

import pytest

from crible.model.ledger import Isolation
from crible.sandbox import attempts
from crible.sandbox import probe as probe_module
from crible.sandbox.limits import Limits
from crible.sandbox.policy import Held
from crible.sandbox.probe import probe
from crible.sandbox.template import Template

TRIED = {
    "other_file_unreadable",
    "write_refused",
    "socket_refused",
    "fork_refused",
    "exec_refused",
    "memory_capped",
}


@pytest.mark.parametrize("forked", [False, True])
def test_this_machine_is_measured(forked, request):
    measured = probe(template=request.getfixturevalue("template") if forked else None)
    assert set(measured.facts) == TRIED | {"landlock", "seccomp", "rlimits"}
    if measured.facts["landlock"] and measured.facts["seccomp"]:
        assert measured.isolation is Isolation.FULL
        assert all(measured.facts.values())
    assert measured.isolation is not Isolation.NONE or platform.system() not in ("Linux", "Darwin")


def test_a_second_look_costs_nothing():
    assert probe() is probe(Limits())


@pytest.mark.parametrize("forked", [False, True])
def test_without_walls_the_probe_gets_out_and_says_so(monkeypatch, forked):
    """The same attempts in a child whose lockdown does nothing: each must be found to succeed."""
    unwalled = (
        "import sys; sys.path[:] = sys.argv[3:]; from crible.sandbox import policy, child, forking; "
        "policy.lock_down = lambda limits: policy.Held(); sys.modules[sys.argv[1]].start(sys.argv[2])"
    )
    monkeypatch.setattr("crible.sandbox.processes._BOOT", unwalled)
    if forked:
        with Template.start([]) or pytest.skip("orphans are adopted on Linux") as template:
            measured = probe_module._probe(Limits(), template)
    else:
        measured = probe_module._probe(Limits())
    assert measured.isolation is Isolation.NONE
    assert {fact for fact in TRIED if measured.facts[fact]} == set()


@pytest.mark.parametrize(
    ("missing", "level"),
    [
        ("landlock", Isolation.PARTIAL),
        ("memory_capped", Isolation.PARTIAL),
        ("socket_refused", Isolation.PARTIAL),
        ("write_refused", Isolation.NONE),
        ("rlimits", Isolation.NONE),
    ],
)
def test_one_hole_lowers_the_level(missing, level):
    facts = dict.fromkeys([*TRIED, "landlock", "seccomp", "rlimits"], True)
    assert probe_module._level(facts) is Isolation.FULL
    assert probe_module._level({**facts, missing: False}) is level


def test_what_children_report_can_only_lower_the_level():
    assert Held(True, 7, True).at_most(Held(True, 0, True)).isolation is Isolation.PARTIAL
    assert set(attempts._ATTEMPTS) == {"read", "write", "connect", "fork", "allocate", "execute"}
