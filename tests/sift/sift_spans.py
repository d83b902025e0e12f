"""A document's bytes are where its row says: what is read under a hash are the bytes of that hash."""

import hashlib
import sqlite3
from pathlib import Path


def strayed(case: Path) -> list[str]:
    """Paths of documents whose stored span has another hash than their id; raises OSError where a blob is missing."""
    facts = sqlite3.connect(f"{(case / 'db.sqlite3').as_uri()}?mode=ro", uri=True)
    found = []
    spans = "SELECT d.path, d.sha256, d.offset, d.size, b.sha256 FROM store_document d JOIN store_blob b"
    rows = facts.execute(f"{spans} ON b.id = d.blob_id")
    for path, sha256, offset, size, blob in rows:
        name = blob.hex()
        with (case / "blobs" / name[:2] / name[2:]).open("rb") as file:
            file.seek(offset)
            if hashlib.sha256(file.read(size)).digest() != sha256:
                found.append(path)
    return found
