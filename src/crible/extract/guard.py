"""Turns whatever a parser does on hostile bytes into one answer: this document cannot be read, and why."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from crible.model.errors import Unreadable

PANIC = "PanicException"
_UNPRINTABLE = re.compile(r"[^ -~]+")
_ADDRESS = re.compile(r"0x[0-9a-fA-F]{6,}")


@contextmanager
def reading(reader: str) -> Iterator[None]:
    """Name the library at work; any exception it raises leaves as `Unreadable("corrupt", reader, detail)`.

    MemoryError passes: it is the child's budget that was hit, not the document that is broken.
    """
    try:
        yield
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # parsers raise anything at all on fuzzed input: zlib.error, KeyError, RecursionError
        raise Unreadable("corrupt", reader=reader, detail=detail(error)) from error
    except BaseException as error:
        # A library in Rust that panics raises what is no Exception, and what no module exports (PyO3).
        if type(error).__name__ != PANIC:
            raise
        raise Unreadable("corrupt", reader=reader, detail=detail(error)) from error


def detail(error: BaseException) -> str:
    """The error in at most 120 printable ASCII characters, without memory addresses: exports must not vary."""
    text = _ADDRESS.sub("0x", f"{type(error).__name__}: {error}")
    return _UNPRINTABLE.sub(" ", text).strip()[:120]
