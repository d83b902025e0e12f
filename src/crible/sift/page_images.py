"""Pictures of pages for the desk, made in a sandboxed child and kept in memory for a while."""

import os
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec

from crible.model.errors import IsolationError, Unreadable
from crible.sandbox.pool import Done, Fault, Pool
from crible.sift.wire import PageAsked, PageMade

ENTRY = "crible.sift.examiners.page:handle"
KEPT = 64
"""Pictures kept: what a reader turns back to."""
LARGEST = 32 << 20
"""Bytes of a picture; a child that says more has been taken over."""
PNG = b"\x89PNG\r\n\x1a\n"
_MADE = msgspec.msgpack.Decoder(PageMade)


class PageImages:
    """Asks one child, from one thread: Linux ends the children of a thread that ends, and the desk's come and go."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "page-images")
        self._pool: Pool | None = None
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, PageAsked], bytes] = OrderedDict()

    def get(self, sha256: str, asked: PageAsked, opening: Callable[[], int]) -> bytes:
        """PNG. `opening` gives a descriptor, which is closed here. Raises Unreadable."""
        key = sha256, asked
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = self._thread.submit(self._make, asked, opening()).result()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _make(self, asked: PageAsked, descriptor: int) -> bytes:
        try:
            if self._pool is None:
                self._pool = Pool(ENTRY, size=1)
            self._pool.submit("page", msgspec.msgpack.encode(asked), [descriptor])
        except IsolationError as error:  # a desk shows no stranger's page where nothing walls its reader in
            raise Unreadable("no-isolation") from error
        finally:
            os.close(descriptor)
        for event in self._pool.events():
            if isinstance(event, Fault):
                raise Unreadable(event.code)
            if isinstance(event, Done):
                return _checked(event.payload)
        raise Unreadable("reply-broken")


def _checked(untrusted: bytes) -> bytes:
    try:
        made = _MADE.decode(untrusted)
    except msgspec.DecodeError as error:
        raise Unreadable("reply-broken") from error
    if made.reason is not None:
        raise Unreadable(made.reason.code)
    if not made.png.startswith(PNG) or len(made.png) > LARGEST:
        raise Unreadable("reply-broken")
    return made.png
