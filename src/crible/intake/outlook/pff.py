"""What libpff knows and its Python module does not say: the message that an attachment is.

`libpff_attachment_get_item` hangs the embedded message below the attachment, where `get_sub_item` then finds it. The
module's own shared object is asked, so there is no second library. Where its symbols are hidden, such attachments are
left out and the rebuilt message says so. Reading without it was tried: 2 of 3 PSTs met hold forwarded messages.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypff

_HEAD = object.__basicsize__
"""Bytes before `libpff_item_t *item` in pypff_item (pypff/pypff_item.h): Python's own head of an object."""


def _function(name: str, arguments: int) -> Any:
    try:
        function = getattr(ctypes.CDLL(pypff.__file__), name)
    except (OSError, AttributeError):
        return None
    function.argtypes, function.restype = [ctypes.c_void_p] * arguments, ctypes.c_int
    return function


_GET, _FREE, _FORGET = (
    _function("libpff_attachment_get_item", 3),
    _function("libpff_item_free", 2),
    _function("libcerror_error_free", 1),
)


@contextmanager
def asking() -> Iterator[None]:
    """Around whatever pypff is asked: its MemoryError means a thing that cannot be read, and leaves as OSError.

    pypff raises it for any object that libpff does not give ("unable to create sub item object"); ours, which is the
    child's budget, passes.
    """
    try:
        yield
    except MemoryError as error:
        if not str(error).startswith("pypff"):
            raise
        raise OSError(str(error)) from error


def embedded(attachment: Any) -> Any:
    """The pypff item that a pypff attachment holds. Raises OSError where there is none or it cannot be read."""
    if not attachment.number_of_sub_items:
        _reveal(attachment)
    if not attachment.number_of_sub_items:
        raise OSError("no embedded message")
    return attachment.get_sub_item(0)


def _reveal(attachment: Any) -> None:
    if not (_GET and _FREE and _FORGET):
        raise OSError("embedded messages are not offered by this libpff")
    pointer = ctypes.c_void_p.from_address(id(attachment) + _HEAD).value
    item, error = ctypes.c_void_p(), ctypes.c_void_p()
    if not pointer:
        raise OSError("no item")
    result = _GET(pointer, ctypes.byref(item), ctypes.byref(error))
    if item:
        _FREE(ctypes.byref(item), None)
    if error:
        _FORGET(ctypes.byref(error))
    if result != 1:
        raise OSError("no embedded message")
