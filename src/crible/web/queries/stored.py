"""Windows on a document's stored bytes: never more of them than one view shows."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from crible.sandbox.window import Window
from crible.store.models import Document
from crible.web.queries.bytes import opened
from crible.web.served import Served


@contextmanager
def window(served: Served, pk: int) -> Iterator[Window]:
    """The document's bytes, to be read piece by piece; InputError where bytes left in place changed."""
    document = Document.objects.select_related("blob").get(pk=pk)
    descriptor = opened(served.case, document.blob)
    try:
        yield Window(descriptor, document.offset, document.size)
    finally:
        os.close(descriptor)


def legible(data: bytes) -> str:
    """Bytes as text: UTF-8 where they are, any other byte as its hex escape."""
    return data.decode("utf-8", "backslashreplace")
