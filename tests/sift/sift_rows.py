"""Rows made by hand, for what no honest leak holds; and a coordinator over them."""

import hashlib
from collections.abc import Sequence

from crible.proof.keyring import KeyRing
from crible.sift.commit import Committer
from crible.sift.coordinator import Coordinator
from crible.store.case import Case
from crible.store.models import Blob, Document, Entry, Source

DEPTH = 1


def documents_of(case: Case, contents: Sequence[bytes], *, mail: bool = True) -> list[Document]:
    """Documents that lie one behind the other in one blob, as mails of a box: they travel together."""
    source = Source.objects.create(label="rows", location="/rows", kind="file", listed=1, taken=True)
    data = b"".join(contents)
    sha256, size = case.blobs.put(data)
    blob = Blob.objects.create(pk=1, sha256=sha256, size=size)
    box = Document.objects.create(
        pk=1, sha256=sha256, size=size, blob=blob, depth=0, path="rows", state="read", container="mbox"
    )
    box.listed = len(contents)
    box.save()
    Entry.objects.create(source=source, ordinal=0, name="", path="rows", depth=0, document=box)
    made, offset = [], 0
    for ordinal, content in enumerate(contents):
        document = Document.objects.create(
            pk=ordinal + 2,
            sha256=hashlib.sha256(b"%d" % ordinal + content).digest(),
            size=len(content),
            blob=blob,
            offset=offset,
            depth=DEPTH,
            path=f"rows/{ordinal:06}",
            mail=mail,
        )
        Entry.objects.create(
            parent=box,
            ordinal=ordinal,
            name=f"{ordinal:06}",
            path=document.path,
            depth=DEPTH,
            document=document,
            offset=offset,
            length=len(content),
        )
        made.append(document)
        offset += len(content)
    return made


def coordinator(case: Case, pool, **options) -> Coordinator:
    """One over the case at hand."""
    committer = options.pop("committer", None) or Committer(KeyRing.default(), pool.isolation)
    return Coordinator(pool, committer, case.blobs, options.pop("tick", lambda _n, _size: None), **options)
