"""Loose files beside the boxes: the part of a dump that is easiest to alter. Where they lie, and who carries them."""

from dataclasses import replace

from crible.demo.compose import Attachment
from crible.demo.forgeries.draft import Draft
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Altered, Post
from crible.demo.forgeries.scenarios.common import colleagues, writer

FOLDER = "pieces"


def lay(post: Post, key: str, name: str, data: bytes, what: str, *altered: Altered, inside: bytes = b"") -> None:
    """An altered file; `inside`: the altered one within an archive. All of it, unless `altered` says otherwise."""
    post.files[f"{FOLDER}/{name}"] = data
    changes = altered or (Altered("all"),)
    post.plant(key, f"{FOLDER}/{name}", what, *changes, inside=(inside,) if inside else ())


def lay_twin(post: Post, key: str, name: str, data: bytes, what: str, inside: bytes = b"") -> None:
    """An innocent one."""
    post.files[f"{FOLDER}/{name}"] = data
    post.twin(key, f"{FOLDER}/{name}", what, (inside,) if inside else ())


def letter(post: Post, sender: Person | None = None) -> Draft:
    """A mail between two French writers, signed under a key at hand, to carry a file."""
    return post.draft(sender or writer(post, language="fr"), [colleagues(post, 1)[0]])


def carry(post: Post, draft: Draft, *papers: Attachment) -> None:
    """Send it, with the papers as they were."""
    post.send(replace(draft, attachments=papers), keep=False)
