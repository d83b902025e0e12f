import platform

import pytest

from crible.model.ledger import Isolation
from crible.sandbox import attempts
from crible.sandbox import probe as probe_module
from crible.sandbox.limits import Limits
from crible.sandbox.policy import Held
from crible.sandbox.probe import probe

TRIED = {
    "other_file_unreadable",
    "write_refused",
    "socket_refused",
    "fork_refused",
    "exec_refused",
    "memory_capped",
}


def test_this_machine_is_measured():
    measured = probe()
    assert set(measured.facts) == TRIED | {"landlock", "seccomp", "rlimits"}
    if measured.facts["landlock"] and measured.facts["seccomp"]:
        assert measured.isolation is Isolation.FULL
        assert all(measured.facts.values())
    assert measured.isolation is not Isolation.NONE or platform.system() not in ("Linux", "Darwin")


def test_a_second_look_costs_nothing():
    assert probe() is probe(Limits())


def test_without_walls_the_probe_gets_out_and_says_so(monkeypatch):
    """The same attempts in a child whose lockdown does nothing: each must be found to succeed."""
    unwalled = (
        "import sys; sys.path[:] = sys.argv[5:]; from crible.sandbox import policy, child; "
        "policy.lock_down = lambda limits: policy.Held(); child.start(sys.argv[1:5])"
    )
    monkeypatch.setattr("crible.sandbox.worker._BOOT", unwalled)
    measured = probe_module._probe.__wrapped__(Limits())
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
