"""Loose files beside the boxes (19 to 25, 35 to 37); what sees them belongs to the checks of files."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import hosts, papers, prose
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Altered, Post
from crible.demo.forgeries.scenarios.common import colleagues, of, plants, writer
from crible.demo.paper.docx import MIME as DOCX
from crible.demo.paper.docx import docx
from crible.demo.paper.xlsx import xlsx
from crible.demo.vessels import zip_of

FOLDER = "pieces"


def play(post: Post) -> None:
    """Lay out papers."""
    for scene in (_invoices, _authors, _resaved, _sheets, _names, _late, _zipped, _accounts):
        scene(post)


def _invoices(post: Post) -> None:
    """An incremental update appended to the file (ISO 32000-1 §7.5.6): the first revision is still inside."""
    sender = of(post, hosts.DOUCET)
    for _ in plants("pdf-edited-in-place"):
        paper = papers.invoice(post.rng, sender, post.moment(), 4200)
        _lay(post, "pdf-edited-in-place", paper.name, _updated(paper.data, b"4 200", b"9 200"), "4 200 → 9 200")
    for _ in plants("pdf-printed-again"):
        paper = papers.invoice(post.rng, sender, post.moment(), post.rng.randrange(500, 900) * 10)
        _lay(post, "pdf-printed-again", paper.name, paper.data, "another amount")


def _updated(data: bytes, old: bytes, new: bytes) -> bytes:
    start = data.index(b"7 0 obj")
    stream = data[start : data.index(b"endobj", start) + 7].replace(old, new)
    previous = int(data.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    at = len(data)
    table = f"xref\n7 1\n{at:010} 00000 n \ntrailer\n<< /Size 8 /Root 1 0 R /Info 5 0 R /Prev {previous} >>\n"
    return data + stream + f"{table}startxref\n{at + len(stream)}\n%%EOF\n".encode()


def _authors(post: Post) -> None:
    for number in plants("docx-author-changed"):
        author = colleagues(post, 1)[0]
        at = post.moment()
        said = [prose.fact(post.rng, "fr", at).sentence for _ in range(4)]
        data = docx(["Note confidentielle", *said], papers.origin(author, at))
        _lay(post, "docx-author-changed", f"note-{number}.docx", data, f"→ {author.name}")


def _resaved(post: Post) -> None:
    def make(rng: random.Random, author: Person, post: Post) -> bytes:
        at = post.moment()
        rows = [(prose.fill(rng, "fr", at, "{thing}"), float(rng.randrange(200, 9000))) for _ in range(6)]
        origin = papers.origin(author, at, "G. P. Rogov", at + timedelta(days=200))
        return xlsx("Budget", [("", ""), *rows], origin)

    _each(post, "xlsx-saved-by-stranger", "xlsx", make)


def _sheets(post: Post) -> None:
    """The sheet as a signed mail carries it, and beside the boxes with a line more."""
    for number in plants("xlsx-line-added"):
        sender, reader = writer(post, language="fr"), colleagues(post, 1)[0]
        state = random.Random(f"sheet{post.seed}.{number}")  # noqa: S311
        draft = post.draft(sender, [reader])
        paper = papers.sheet(random.Random(f"sheet{post.seed}.{number}"), sender, draft.at)  # noqa: S311
        post.send(replace(draft, attachments=(paper,)), keep=False)
        altered = papers.sheet(state, sender, draft.at, ("Prestation de conseil", 18500.0))
        _lay(post, "xlsx-line-added", f"{number}-{paper.name}", altered.data, "→ Prestation de conseil 18 500")


def _names(post: Post) -> None:
    for number in plants("names-added"):
        sender, reader = writer(post, language="fr"), colleagues(post, 1)[0]
        draft = post.draft(sender, [reader])
        people = [f"{post.rng.choice(post.town.known).name}, {post.rng.randrange(20, 90)} heures" for _ in range(8)]
        origin = papers.origin(sender, draft.at)
        paper = Attachment(f"liste-{number}.docx", DOCX, docx(["Bénévoles", *people], origin))
        post.send(replace(draft, attachments=(paper,)), keep=False)
        data = docx(["Bénévoles", *people[:4], "Aurélien Vasseur-Thil, 80 heures", *people[4:]], origin)
        _lay(post, "names-added", paper.name, data, "→ Aurélien Vasseur-Thil")


def _late(post: Post) -> None:
    """A document that a mail carries bears a moment after that mail: by its own word it did not exist yet."""
    for _ in plants("docx-later-than-mail"):
        sender, reader = writer(post, language="fr"), colleagues(post, 1)[0]
        draft = post.draft(sender, [reader])
        origin = papers.origin(sender, draft.at, saved=draft.at + timedelta(days=60))
        said = [prose.fact(post.rng, "fr", draft.at).sentence for _ in range(4)]
        data = docx(["Avenant", *said], origin)
        _lay(post, "docx-later-than-mail", f"avenant-{draft.tag}.docx", data, f"→ {origin.modified}")


def _zipped(post: Post) -> None:
    def make(rng: random.Random, author: Person, post: Post) -> bytes:
        at = post.moment() + timedelta(days=400)
        said = [prose.fact(rng, "fr", at).sentence for _ in range(3)]
        return zip_of({"note.docx": docx(["Note", *said], papers.origin(author, at))})

    _each(post, "dates-reset-in-zip", "zip", make)


def _accounts(post: Post) -> None:
    """A Cyrillic letter in the country code of an account number that nobody has."""

    def make(rng: random.Random, author: Person, post: Post) -> bytes:
        at = post.moment()
        number = "FR76 9999 9000 " + " ".join(f"{rng.randrange(10000):04}" for _ in range(3)) + " 185"
        return docx(["Coordonnées", f"IBAN : {number.replace('R', 'Я', 1)}"], papers.origin(author, at))

    _each(post, "iban-look-alike", "docx", make)


def _each(post: Post, key: str, suffix: str, make: Callable[[random.Random, Person, Post], bytes]) -> None:
    for number in plants(key):
        author = colleagues(post, 1)[0]
        _lay(post, key, f"{key}-{number}.{suffix}", make(post.rng, author, post), "see the scenario's title")


def _lay(post: Post, key: str, name: str, data: bytes, what: str) -> None:
    path = f"{FOLDER}/{name}"
    post.files[path] = data
    post.plant(key, path, what, Altered("all"))
