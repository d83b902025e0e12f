"""A small case of hostile HTML: mails of eight pieces each, every piece a part, and one with pictures of its own."""

import io
import mailbox
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

from desk_cases import HOSTILE as WORDS
from hostile_html import HOSTILE
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from crible.sift.run import Options, Watch, sift
from crible.store.case import Case

NAMED = ("script", "handlers", "pixel", "form", "import", "background", "refresh", "frame", "base", "svg", "preload")
"""What the mail of `make_trap_case` brings, by the names of the pieces."""
EACH = 8
"""Pieces of one mail: each part is cleaned by itself."""


def picture() -> bytes:
    """A red square, as PNG, with a note inside that no reader sees."""
    out, note = io.BytesIO(), PngInfo()
    note.add_text("Comment", "tracked")
    Image.new("RGB", (40, 30), "red").save(out, "PNG", pnginfo=note)
    return out.getvalue()


def made(number: int, name: str, html: str) -> EmailMessage:
    """A mail in two versions; a picture and a note come with it, which its HTML may name."""
    mail = EmailMessage()
    mail["Received"] = "from b.example by c.example; Tue, 1 Mar 2016 10:00:30 +0100"
    mail["Received"] = "from a.example by b.example; Tue, 1 Mar 2016 10:02:00 +0100"
    mail["From"], mail["To"], mail["Subject"] = "Ada Brun <ada@brun.example>", "Bo <bo@costa.example>", f"Piège {name}"
    mail["Date"] = f"Tue, {number % 27 + 1} Mar 2016 10:{number % 60:02}:00 +0100"
    mail["Message-ID"] = f"<{number}@brun.example>"
    mail["X-Odd"] = "a\u202eb"
    mail.set_content("words, in plain\n")
    mail.add_alternative(html, subtype="html")
    part = mail.get_payload()[1]
    part.add_related(picture(), "image", "png", cid="<red@x>", filename="rouge.png")
    part.add_related(b"no picture at all", "image", "png", cid="<note@x>", filename="note.png")
    return mail


def make_designed_case(folder: Path) -> Case:
    """All of them, sifted."""
    (folder / "leak").mkdir(parents=True)
    box = mailbox.mbox(folder / "leak" / "ada.mbox")
    box.add(made(1, "image", '<p>words <img src="cid:red@x" alt="Red"> <img src="cid:note@x" alt="Note"></p>'))
    pieces = list(HOSTILE.values())
    for start in range(0, len(pieces), EACH):
        mail = MIMEMultipart("mixed")
        mail["From"], mail["Subject"], mail["Message-ID"] = (
            "a@brun.example",
            f"Piège {start}",
            f"<t{start}@brun.example>",
        )
        for piece in pieces[start : start + EACH]:
            mail.attach(MIMEText(piece, "html", "utf-8"))
        box.add(mail)
    box.close()
    case = Case.create(folder / "case", title="Pièges")
    sift(case, [folder / "leak"], Options(jobs=1, recognise=False), Watch())
    return case


def make_trap_case(folder: Path) -> Case:
    """One mail that tries to run, fetch, send and lead away in its subject, its sender, its text and its HTML."""
    (folder / "leak").mkdir(parents=True)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        '"<b>Bo</b>" <bo@costa.example>',
        "Ada <ada@brun.example>",
        f"Trap {WORDS}",
    )
    mail["Date"], mail["Message-ID"] = "Tue, 1 Mar 2016 10:00:00 +0100", "<trap@brun.example>"
    mail["X-Odd"] = WORDS
    mail.set_content(f"words {WORDS}\n")
    mail.add_alternative("<hr>".join(HOSTILE[name] for name in NAMED), subtype="html")
    (folder / "leak" / "trap.eml").write_bytes(mail.as_bytes())
    case = Case.create(folder / "case", title="Autre affaire")
    sift(case, [folder / "leak"], Options(jobs=1, recognise=False), Watch())
    return case
