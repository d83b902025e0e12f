"""How well this machine walls a parser in: measured in a throw-away child that tries to get out."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from crible.model.ledger import Isolation
from crible.sandbox.crew import Crew
from crible.sandbox.events import Done, Fault
from crible.sandbox.limits import Limits
from crible.sandbox.policy import Held
from crible.sandbox.template import Template

LEVELS = (Isolation.NONE, Isolation.PARTIAL, Isolation.FULL)
"""Weakest first."""
_probed: "dict[tuple[Limits, bool], Probe]" = {}


@dataclass(frozen=True, slots=True)
class Probe:
    """What was measured, for `crible doctor`.

    Facts: `landlock` (ABI), `seccomp`, `rlimits` (what the child found in force); `other_file_unreadable`,
    `write_refused`, `socket_refused`, `fork_refused`, `exec_refused`, `memory_capped` (what it tried in vain).
    """

    isolation: Isolation
    facts: dict[str, bool | int]


def probe(limits: Limits | None = None, template: Template | None = None) -> Probe:
    """Measure, once per process and limits, a child of the kind that will work: started, or forked from a template.

    Takes about a tenth of a second where it is started.
    """
    key = limits or Limits(), template is not None
    if key not in _probed:
        _probed[key] = _probe(key[0], template)
    return _probed[key]


def _probe(limits: Limits, template: Template | None = None) -> Probe:
    with tempfile.TemporaryDirectory(prefix="crible-probe-") as folder:
        secret = Path(folder, "secret")
        secret.write_bytes(b"secret")
        attempts = {
            "other_file_unreadable": f"read {secret}",
            "write_refused": f"write {Path(folder, 'written')}",
            "socket_refused": "connect",
            "fork_refused": "fork",
            "memory_capped": f"allocate {limits.memory}",
            "exec_refused": "execute",
        }
        held, refused = _try(attempts, limits, template)
    facts: dict[str, bool | int] = {"landlock": held.landlock, "seccomp": held.seccomp, "rlimits": held.rlimits}
    facts |= refused
    return Probe(_level(facts), facts)


def _try(attempts: dict[str, str], limits: Limits, template: Template | None) -> tuple[Held, dict[str, bool]]:
    refused: dict[str, bool] = {}
    with Crew("crible.sandbox.attempts:attempt", size=1, limits=limits, template=template) as crew:
        for fact, request in attempts.items():
            crew.submit(fact, request.encode())
        for event in crew.events():
            if isinstance(event, Done):
                refused[str(event.key)] = event.payload == b"refused"
            elif isinstance(event, Fault):  # an exec that succeeded ends the child; so does a cap without an exception
                refused[str(event.key)] = event.code == "memory-limit"
        return crew.held, refused


def _level(facts: dict[str, bool | int]) -> Isolation:
    if all(facts.values()):
        return Isolation.FULL
    return Isolation.PARTIAL if facts["rlimits"] and facts["write_refused"] else Isolation.NONE
