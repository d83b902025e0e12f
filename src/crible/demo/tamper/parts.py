"""Something added behind or beside what was signed (§5, scenarios 9, 10), and two versions in one mail."""

from dataclasses import replace

from crible.demo.compose import Attachment, Mail, boundary, compose, file_entity
from crible.demo.paper.docx import MIME as DOCX
from crible.demo.paper.docx import docx
from crible.demo.paper.ooxml import Origin
from crible.demo.post import Post
from crible.demo.tamper.deed import Deed, Inner, edited


def play(post: Post) -> list[Deed]:
    """Add and alter parts."""
    return [*appended(post), *part_added(post), *boundary_swapped(post), *html_differs(post)]


def appended(post: Post) -> list[Deed]:
    """A paragraph behind l=: the signature verifies, the paragraph is nobody's."""
    deeds = []
    for tag, box, text in (
        ("congres.0", "terrain", "P.-S. Comme convenu, 2 000 € en espèces à remettre au régisseur, sans facture."),
        ("caution.0", "tresorerie", "P.-S. Sur ce montant, 900 € sont à reverser à la personne que vous savez."),
    ):
        letter = post.find(tag, box)
        tail = f"\r\n{text}\r\n".encode()
        letter.mail = Mail(letter.mail.fields, letter.mail.body + tail)
        deeds.append(Deed("length-appended", "paragraph", letter, f"→ {text}", touched=tail))
    return deeds


def part_added(post: Post) -> list[Deed]:
    """An attachment put into a signed mail before its last boundary; the body hash fails."""
    letter = post.find("convention.0", "terrain")
    origin = Origin("Avenant", "Pauline Oberlin", "P. O.", "2017-04-30T20:10:00Z", "2017-04-30T20:14:00Z")
    data = docx(["Avenant à la convention", "Le loyer est porté à 1 200 € par mois, réglés à M. Ostermann."], origin)
    end = f"--{boundary(letter.tag, 'mixed')}--".encode()
    entity = end[:-2] + b"\r\n" + file_entity(Attachment("avenant.docx", DOCX, data)) + b"\r\n" + end
    letter.mail = Mail(letter.mail.fields, letter.mail.body.replace(end, entity))
    what = "120 € → 1 200 €"
    return [
        Deed("part-added", "mail", letter, what, touched=entity.removesuffix(b"\r\n" + end)),
        Deed("part-added", "attachment", Inner(letter, "3~avenant.docx", data), what),
    ]


def boundary_swapped(post: Post) -> list[Deed]:
    """Content-Type is unsigned: another boundary hides the signed parts and shows what stands behind l=."""
    letter = post.find("plan.0", "direction")
    edge = boundary(letter.tag, "swapped")
    text = "Bonjour Madame,\r\nLa jauge réelle est de 4 000 personnes, nous fermerons les yeux sur l'issue C.\r\n"
    tail = (
        f"--{edge}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{text}\r\n--{edge}--\r\n"
    ).encode()
    mail = letter.mail.swap("Content-Type", f'multipart/mixed;\r\n boundary="{edge}"'.encode())
    letter.mail = Mail(mail.fields, mail.body + tail)
    return [Deed("boundary-swapped", "text", letter, "2 300 → 4 000", "questioned", touched=tail)]


def html_differs(post: Post) -> list[Deed]:
    """The HTML version names another amount than the plain one; nobody's signature covers either."""
    menu, bags = post.find("buffet.0", "terrain"), post.find("goodies.0", "presse")
    rows = "".join(f"<p>{line}</p>\n" for line in edited(menu.draft, "12,50", "22,50").text.split("\n") if line)
    menu.mail = replace(menu.mail, fields=_without_kind(menu.mail))
    menu.draft = replace(menu.draft, html=f"<html><body>\n{rows}</body></html>\n")
    fresh = compose(menu.draft)
    kinds = tuple(field for field in fresh.fields if field.startswith(b"Content-"))
    menu.mail = Mail((*menu.mail.fields, *kinds), fresh.body)
    bags.mail = Mail(bags.mail.fields, _html_only(bags.mail.body, b"2,85", b"3,85"))
    return [
        Deed("html-differs", "amount", menu, "12,50 → 22,50", "questioned"),
        Deed("html-differs", "amount", bags, "2,85 → 3,85", "questioned"),
    ]


def _without_kind(mail: Mail) -> tuple[bytes, ...]:
    return tuple(field for field in mail.fields if not field.startswith(b"Content-"))


def _html_only(body: bytes, old: bytes, new: bytes) -> bytes:
    plain, mark, html = body.partition(b"Content-Type: text/html")
    if old not in html:
        raise ValueError(f"{old!r} is not in the HTML")
    return plain + mark + html.replace(old, new)
