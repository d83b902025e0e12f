"""Compressed mailboxes that are unpacked slowly, and what a coordinator made of them."""

import lzma
import random
from pathlib import Path

from leak_maker import mail, mbox
from sift_rows import coordinator

from crible.proof.keyring import KeyRing
from crible.sandbox.pool import Pool
from crible.sift.commit import Committer
from crible.sift.sources import add, take
from crible.store.models import Document, Entry

SLOW = "sift_slow:handle"
WORDS = ("le", "la", "salle", "devis", "facture", "maire", "budget", "mars", "jeudi", "1500", "euros", "merci")


def letters(count: int) -> list[bytes]:
    """Mails of 4 kB, every seventh with a file, every thirteenth twice in the box."""
    draw = random.Random(20170505)
    made = []
    for n in range(count):
        text = "\n".join(" ".join(draw.choices(WORDS, k=12)) for _ in range(50))
        file = draw.randbytes(900) if n % 7 == 0 else b""
        made.append(mail(f"Lettre {n}", text, attach=file, serial=n))
        if n % 13 == 0:
            made.append(made[-1])
    return made


def packed(folder: Path, mails: list[bytes]) -> Path:
    """They in an mbox, compressed."""
    path = folder / "box.mbox.xz"
    path.write_bytes(lzma.compress(mbox(folder / "box.mbox", mails).read_bytes(), preset=0))
    (folder / "box.mbox").unlink()
    return path


def read(case, source: Path, entry: str, size: int, **options):
    """Take a source and read all that is in it; the coordinator that did."""
    add(case, [source])
    with Pool(entry, size=size, warm=True) as pool:
        committer = Committer(KeyRing.default(), pool.isolation)
        take(case, committer, lambda _n, _size: None, in_place=False)
        made = coordinator(case, pool, committer=committer, **options)
        assert made.run()
    return made


def found(case) -> tuple[list[tuple], list[tuple], set[str]]:
    """All that was read and listed, without the keys that depend on the order in which it came; the blobs."""
    documents = Document.objects.order_by("sha256").values_list(
        "sha256", "path", "state", "attempts", "listed", "reading__facts", "reading__text", "reading__local"
    )
    entries = Entry.objects.order_by("path").values_list("path", "ordinal", "offset", "length", "document__sha256")
    blobs = {path.name for path in (case.folder / "blobs").glob("??/*")}
    return list(documents), list(entries), blobs
