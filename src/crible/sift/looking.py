"""Examinations of single files without a case: the children that a case uses, started when first wanted."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import msgspec

from crible.model.examined import CREDENTIALS, PDF, Examined
from crible.model.facts import Reading
from crible.sandbox.pool import Done, Pool
from crible.sift.examine import KINDS
from crible.sift.examined import FIELDS
from crible.sift.packing import unpack
from crible.sift.wire import Look, Looked

ASKED = (PDF, CREDENTIALS)
"""What checks ask about. Recognition of text takes a minute and answers nothing about a single file."""
_LOOKED = msgspec.msgpack.Decoder(Looked)


@dataclass
class Looking:
    """Children of each kind, kept for the next file; close the stack to end them."""

    stack: ExitStack
    unsafe: bool = False
    _pools: dict[str, Pool] = field(default_factory=dict)

    def examined(self, reading: Reading, descriptor: int, length: int) -> Examined:
        """All that the examinations which the file wants find; nothing of one that fails."""
        wants = reading.file.wants if reading.file else ()
        found: dict[str, Any] = {}
        for kind in (one for one in ASKED if one in wants):
            facts = self._look(kind, Look(0, 0, length, reading.mime), descriptor)
            if facts is not None:
                found[FIELDS[kind]] = facts
        return Examined(**found)

    def _look(self, kind: str, look: Look, descriptor: int) -> Any:
        if kind not in self._pools:
            pool = Pool(KINDS[kind].entry, size=1, limits=KINDS[kind].limits, unsafe=self.unsafe)
            self._pools[kind] = self.stack.enter_context(pool)
        pool = self._pools[kind]
        pool.submit(kind, msgspec.msgpack.encode((look,)), [descriptor])
        facts = None
        for event in pool.events():
            if isinstance(event, Done):
                facts = _facts(kind, event.payload)
        return facts


def _facts(kind: str, untrusted: bytes) -> Any:
    """The kind's facts, if the child's answer holds any."""
    try:
        looked = _LOOKED.decode(untrusted)
        return None if looked.reason else unpack(looked.facts, KINDS[kind].facts)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
