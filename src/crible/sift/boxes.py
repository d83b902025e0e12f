"""Which box a document lies in: the mailbox, archive or folder that a person would name when asked where it was."""

import re
from collections.abc import Iterable

from crible.store.models import Document

_MAILDIR = re.compile(r"(?:/\.[^/]*)?/(?:cur|new)/")
"""Maildir, and Maildir++ whose folders are `.Sent` beside `cur`: both are one box."""


class Boxes:
    """Names the boxes of one case."""

    def __init__(self, containers: Iterable[str]) -> None:
        """`containers` are the paths of what can be opened, mails excepted."""
        self._containers = frozenset(containers)

    @classmethod
    def of_case(cls) -> "Boxes":
        """For the case at hand."""
        return cls(Document.objects.exclude(container__in=["", "mail"]).values_list("path", flat=True).iterator())

    def name(self, path: str) -> str:
        """The outermost container above the document; else its maildir; else its folder, or its source."""
        at = path.find("/")
        while at > 0:
            if path[:at] in self._containers:
                return path[:at]
            at = path.find("/", at + 1)
        if maildir := _MAILDIR.search(path):
            return path[: maildir.start()]
        return path.rpartition("/")[0] or path
