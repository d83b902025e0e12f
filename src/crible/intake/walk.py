"""Opens a container of any kind: the list of what can be opened, and the one call that does."""

from collections.abc import Callable, Iterator

from crible.intake import bzip2, gzip, libarchive, mbox, msg, pst, sevenzip, tar, tnef, xz
from crible.intake import zip as zip_
from crible.intake.budget import Budget
from crible.model.entry import Entry, Resume
from crible.sandbox.window import Window

Walker = Callable[[Window, str, Budget, Resume | None], Iterator[Entry]]

CONTAINERS: dict[str, Walker] = {
    "mbox": mbox.walk,
    "zip": zip_.walk,
    "tar": tar.walk,
    "gzip": gzip.walk,
    "bzip2": bzip2.walk,
    "xz": xz.walk,
    "7z": sevenzip.walk,
    "rar": libarchive.walk,
    "cab": libarchive.walk,
    "iso9660": libarchive.walk,
    "lha": libarchive.walk,
    "msg": msg.walk,
    "pst": pst.walk,
    "tnef": tnef.walk,
}


def walk(kind: str, window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:
    """The entries of a container, `kind` as `detect` says it, `name` its own cleaned name; last one is Closed.

    With `resume` an mbox goes on there; zip, tar and pst list from the start but give only members from that ordinal
    on; a single compressed file starts again. Faults of the format are rows, or the account's remainder. Raises
    Unreadable where not one member could be listed and the whole has a reason (its directory is encrypted, say).
    """
    return CONTAINERS[kind](window, name, budget, resume)
