"""Which documents are one message: twins (same wire form) and copies (same Message-ID), as one family."""

from collections import defaultdict
from collections.abc import Iterable

from crible.index.linking import Links

CROWD = 1_000
"""A Message-ID on more different mails than this is some program's defect (`<1@localhost>`), not an identity."""


def families(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The family of each document, named by the smallest id in it.

    Rows are (id, wire, Message-ID), ids and wires in hex, empty where there is none; any order gives the same answer.
    """
    rows = list(rows)
    crowded = crowds((message_id, wire or id_) for id_, wire, message_id in rows)
    links = Links()
    for id_, wire, message_id in rows:
        links.add(("id", id_))
        if wire:
            links.join(("id", id_), ("wire", wire))
        name = identity(message_id)
        if name and name not in crowded:
            links.join(("id", id_), ("message-id", name))
    smallest: dict[object, str] = {}
    for id_, _, _ in rows:
        group = links.group(("id", id_))
        smallest[group] = min(id_, smallest.get(group, id_))
    return {id_: smallest[links.group(("id", id_))] for id_, _, _ in rows}


def identity(message_id: str) -> str:
    """The Message-ID as an identity; empty for `<>` and the like, which name nothing."""
    bare = message_id.strip().strip("<>").strip()
    return f"<{bare}>" if bare else ""


def crowds(claims: Iterable[tuple[str, str]]) -> frozenset[str]:
    """The Message-IDs that more than CROWD different mails claim. Claims are (Message-ID, what tells mails apart)."""
    claimed: dict[str, set[str]] = defaultdict(set)
    for message_id, mail in claims:
        name = identity(message_id)
        if name and len(claimed[name]) <= CROWD:
            claimed[name].add(mail)
    return frozenset(name for name, mails in claimed.items() if len(mails) > CROWD)
