"""Which mails are one conversation: linked by Message-ID, In-Reply-To and References, never by subject.

As RFC 5256 §2.2 (REFERENCES) links, without its merging by subject: "Re: facture" joins strangers.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import pairwise

from crible.index.families import crowds, identity
from crible.index.linking import Links

MOST_REFERENCES = 100
"""The last so many count; a header of thousands is an attack or a defect."""

_MSG_ID = re.compile(r"<[^<>]*>")

Row = tuple[str, str, str, Iterable[str]]
"""Id of the document, its Message-ID, In-Reply-To and References (oldest first)."""


def threads(mails: Iterable[Row]) -> dict[str, str]:
    """The thread of each mail: the SHA-256, hex, of the thread's smallest root Message-ID.

    A root is a Message-ID, of the dump or only referred to, that nothing shows to be a reply; in a ring of replies
    all count. A mail that names and is named by nothing is a thread of its own id. Any order of mails gives the same
    answer.
    """
    rows = [(id_, message_id, _chain(message_id, reply, references)) for id_, message_id, reply, references in mails]
    crowded = crowds((message_id, id_) for id_, message_id, _ in rows)
    links = Links()
    replies: set[str] = set()
    for id_, _, whole in rows:
        chain = [name for name in whole if name not in crowded]
        links.add(("id", id_))
        for name in chain:
            links.join(("id", id_), ("message-id", name))
        # Each names the one before it as what it answers; the own Message-ID, if there is one, is last.
        replies.update(after for before, after in pairwise(chain) if after != before)
    smallest = _smallest(links, (name for _, _, chain in rows for name in chain if name not in crowded), replies)
    return {id_: _named(smallest.get(links.group(("id", id_))), id_) for id_, _, _ in rows}


def _chain(message_id: str, in_reply_to: str, references: Iterable[str]) -> list[str]:
    """From the oldest ancestor named to the mail itself, without empty names."""
    ancestors = [identity(name) for name in list(references)[-MOST_REFERENCES:]]
    parent = _MSG_ID.search(in_reply_to)
    replied = identity(parent[0] if parent else in_reply_to)
    if replied and replied not in ancestors:
        # References says more, but some programs write only In-Reply-To; where both speak, the latter is the parent.
        ancestors.append(replied)
    return [name for name in (*ancestors, identity(message_id)) if name]


def _smallest(links: Links, names: Iterable[str], replies: set[str]) -> dict[object, tuple[bool, str]]:
    """Per group the smallest root, or the smallest of all names where all are replies."""
    smallest: dict[object, tuple[bool, str]] = {}
    for name in names:
        group = links.group(("message-id", name))
        candidate = (name in replies, name)
        smallest[group] = min(candidate, smallest.get(group, candidate))
    return smallest


def _named(root: tuple[bool, str] | None, id_: str) -> str:
    return sha256(root[1].encode("utf-8", "replace")).hexdigest() if root else id_
