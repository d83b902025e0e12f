"""One sandboxed child that answers the desk: started when first asked, its last answers kept in memory for a while."""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar

import msgspec

from crible.model.errors import CaseError, IsolationError, Unreadable
from crible.model.ledger import Reason
from crible.sandbox.pool import Done, Fault, Limits, Pool
from crible.sift.boundary import BrokenReplyError, check_reason

LIMITS = Limits(cpu_seconds=20, silent_seconds=40, tasks=500)
"""Somebody waits for the answer."""
ROOM = 6
"""Who may wait for children at once, of all that are asked: the desk has eight threads, and one reader with a hostile
file must not hold them all for the child's 20 s."""
PATIENCE = 2.0
"""Seconds that the next waits for room."""
STARTING = 4.0
"""Seconds that the first to ask a child waits longer than its patience: to start one takes 0.5 s, and more on a machine
that is busy."""
_room = threading.BoundedSemaphore(ROOM)


class Made(Protocol):
    """What a child answers, or why not."""

    @property
    def reason(self) -> Reason | None:
        """Why there is nothing."""


A = TypeVar("A")
M = TypeVar("M", bound=Made)


class Asking(Generic[A, M]):
    """Asks one child, from one thread: Linux ends the children of a thread that ends, and the desk's come and go."""

    def __init__(self, entry: str, answer: type[M], *, kept: int, limits: Limits = LIMITS) -> None:
        self._entry, self._limits, self._most = entry, limits, kept
        self._decoder = msgspec.msgpack.Decoder(answer)
        self._thread = ThreadPoolExecutor(1, entry.rpartition(".")[2])
        self._pool: Pool | None = None
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, A], M] = OrderedDict()

    def get(
        self,
        sha256: str,
        asked: A,
        opening: Callable[[], int],
        check: Callable[[M], bool],
        *,
        keep: bool = True,
        patience: float | None = None,
    ) -> M:
        """The answer, or the one kept from before. `opening` gives a descriptor, which is closed here.

        Raises Unreadable: the child's reason, its fault, or `reply-broken` where `check` refuses what it said;
        CaseError `desk-busy` where too many wait, or where it takes longer than `patience` in seconds: what comes after
        that is kept for whoever asks again.
        """
        key = sha256, asked
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        room = _room
        # Whoever has little patience keeps most of it for the answer.
        if not room.acquire(timeout=PATIENCE if patience is None else patience / 4):
            raise CaseError("desk-busy")
        until = patience if patience is None or self._pool else patience + STARTING
        try:
            answer = self._thread.submit(self._answered, room, key, opening(), check, keep=keep)
        except BaseException:
            room.release()
            raise
        try:
            return answer.result(until)
        except TimeoutError as error:
            raise CaseError("desk-busy") from error

    def _answered(
        self,
        room: threading.BoundedSemaphore,
        key: tuple[str, A],
        descriptor: int,
        check: Callable[[M], bool],
        *,
        keep: bool,
    ) -> M:
        """The place is given back here: whoever waited may be gone, and the work not."""
        try:
            return self._checked(key, descriptor, check, keep=keep)
        finally:
            room.release()

    def _checked(self, key: tuple[str, A], descriptor: int, check: Callable[[M], bool], *, keep: bool) -> M:
        made = self._decoded(self._ask(key[1], descriptor))
        if made.reason is not None:
            raise _unreadable(made.reason.code, made.reason.params)
        if not check(made):
            raise Unreadable("reply-broken")
        with self._lock:
            if keep:
                self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def _decoded(self, untrusted: bytes) -> M:
        try:
            made = self._decoder.decode(untrusted)
            check_reason(made.reason)
        except (msgspec.DecodeError, BrokenReplyError, RecursionError, UnicodeDecodeError) as error:
            raise Unreadable("reply-broken") from error
        return made

    def _ask(self, asked: A, descriptor: int) -> bytes:
        try:
            if self._pool is None:
                self._pool = Pool(self._entry, size=1, limits=self._limits)
            self._pool.submit("asked", msgspec.msgpack.encode(asked), [descriptor])
        except IsolationError as error:  # a desk shows no stranger's page where nothing walls its reader in
            raise Unreadable("no-isolation") from error
        finally:
            os.close(descriptor)
        for event in self._pool.events():
            if isinstance(event, Fault):
                raise _unreadable(event.code, event.params)
            if isinstance(event, Done):
                return event.payload
        raise Unreadable("reply-broken")


def _unreadable(code: str, params: Mapping[str, str | int]) -> Unreadable:
    """A reason as the error it was; a parameter of the error's own name is nobody's."""
    error = Unreadable(code)
    error.params = dict(params)
    return error
