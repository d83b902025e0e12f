"""Papers in PDF: edited, written anew, with a signature from elsewhere; forms, stamps and scans (19, 20, 24)."""

import random
import zlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import hosts, papers, prose
from crible.demo.forgeries.files import press
from crible.demo.forgeries.files.scan import scanned
from crible.demo.forgeries.moments import BEGIN
from crible.demo.forgeries.papers import Bill
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Post
from crible.demo.forgeries.scenarios.common import of, plants, twins, writer
from crible.demo.forgeries.scenarios.loose import carry, lay, lay_twin, letter
from crible.demo.paper.pdf import Line

PDF = "application/pdf"
AMOUNTS = (600, 582, 564)
"""Where the lines of figures stand."""
_CATALOG, _INFO, _PAGE, _CONTENT, _FONT, _METADATA = 1, 5, 6, 7, 8, 9
"""Numbers of objects in an invoice as the house's program prints it, and of new ones."""


def play(post: Post) -> None:
    """Lay out papers."""
    for scene in (_edited, _covered, _anew, _pasted, _forms, _stamped, _scans, _quotes, _monthly, _signatures):
        scene(post)


def _edited(post: Post) -> None:
    """Acrobat's editor: the lines set anew in a font of the machine, a save that appends (ISO 32000-1 §7.5.6)."""
    for number in plants("pdf-edited-in-place"):
        paper, dearer = _pair(post, 4000 + 200 * number)
        lines = b"\n".join(_set(line, "F3" if line.y in AMOUNTS else "") for line in dearer.lines)
        saved = paper.at + timedelta(days=post.rng.randrange(3, 40))
        data = _resaved(paper, saved, {_CONTENT: press.stream(lines), _FONT: _arial(), _PAGE: _page(paper.data)})
        lay(post, "pdf-edited-in-place", paper.name, data, f"→ {dearer.lines[-1].text}")


def _covered(post: Post) -> None:
    """An editor on the web: a white box over the figures, others on top of it."""
    for number in plants("pdf-cover-laid"):
        paper, dearer = _pair(post, 3000 + 150 * number)
        box = b"q 1 g 325 556 230 60 re f Q\n"
        more = b"\n".join(_set(line, "F3") for line in dearer.lines if line.y in AMOUNTS)
        page = _page(paper.data).replace(b"/Contents 7 0 R", b"/Contents [7 0 R 10 0 R]")
        saved = paper.at + timedelta(days=post.rng.randrange(3, 40))
        data = _resaved(paper, saved, {10: press.stream(box + more), _FONT: _arial(), _PAGE: page})
        lay(post, "pdf-cover-laid", paper.name, data, f"→ {dearer.lines[-1].text}")


def _anew(post: Post) -> None:
    """The same invoice with other figures, written by the program again, or printed and scanned: one revision only."""
    for number in plants("pdf-written-anew"):
        sender = writer(post, language="fr")
        draft = letter(post, sender)
        paper = papers.bill(post.rng, sender, draft.at, 2000 + 100 * number)
        carry(post, draft, Attachment(paper.name, PDF, paper.data))
        dearer = papers.priced(paper, sender, 6000 + 100 * number)
        lay(post, "pdf-written-anew", f"{number}-{paper.name}", dearer.data, f"→ {dearer.lines[-1].text}")
    for _ in plants("pdf-printed-again"):
        paper, dearer = _pair(post, post.rng.randrange(20, 90) * 10)
        data = scanned(post.rng, dearer.lines, paper.at + timedelta(days=9))
        lay(post, "pdf-printed-again", f"scan-{paper.number}.pdf", data, f"→ {dearer.lines[-1].text}")


def _pasted(post: Post) -> None:
    """The signature under one house's quote, cut out and set under another house's."""
    for number in plants("signature-pasted"):
        draft, scrawl = letter(post), _scrawl(post.rng)
        ours = _quote(post.rng, draft.sender, draft.at, post.rng.randrange(200, 900) * 10)
        carry(post, draft, Attachment(f"devis-{number}.pdf", PDF, _signed(ours, scrawl, draft.at)))
        other = next(one for one in iter(lambda: writer(post, language="fr"), None) if one.host != draft.sender.host)
        at = post.moment()
        theirs = _quote(post.rng, other, at, post.rng.randrange(200, 900) * 10)
        lay(
            post,
            "signature-pasted",
            f"devis-signe-{number}.pdf",
            _signed(theirs, scrawl, at),
            "signature from elsewhere",
        )


# ---- innocent ----


def _forms(post: Post) -> None:
    for number in twins("form-filled"):
        at = post.moment()
        data = press.updated(*_filled(_form(at), post.rng.choice(post.town.known).name, at + timedelta(days=2)))
        lay_twin(post, "form-filled", f"inscription-{number}.pdf", data, "filled in and saved")


def _stamped(post: Post) -> None:
    """`Payé le …` as an annotation, as the one who keeps the accounts puts it on what is paid."""
    for number in twins("paper-stamped"):
        paper, _ = _pair(post, 1200 + 40 * number)
        said = f"Payé le {paper.at + timedelta(days=20):%d/%m/%Y}"
        look = press.drawn(b"1 0 0 RG 1 1 158 28 re S " + press.shown(8, 10, said, "F1", 11), (160, 30), "/F1 4 0 R")
        stamp = b"<< /Type /Annot /Subtype /Stamp /Rect [60 560 220 590] /F 4 /AP << /N 10 0 R >> >>"
        page = press.part(paper.data, _PAGE).replace(b"/Contents", b"/Annots [11 0 R] /Contents")
        data = _resaved(paper, paper.at + timedelta(days=20), {10: look, 11: stamp, _PAGE: page})
        lay_twin(post, "paper-stamped", f"paye-{number}-{paper.name}", data, "stamped as paid")


def _scans(post: Post) -> None:
    for number in twins("scan-recognised"):
        paper, _ = _pair(post, 900 + 30 * number)
        data = scanned(post.rng, paper.lines, paper.at + timedelta(days=2))
        lay_twin(post, "scan-recognised", f"numerisation-{number}.pdf", data, "a copier's text behind its picture")


def _quotes(post: Post) -> None:
    """A quote in a signed mail, and its second version, which names itself so."""
    for number in twins("quote-revised"):
        draft, total = letter(post), post.rng.randrange(200, 900) * 10
        state = post.rng.getrandbits(32)
        first = _quote(random.Random(state), draft.sender, draft.at, total)  # noqa: S311
        second = _quote(random.Random(state), draft.sender, draft.at, total - 400, " - version 2")  # noqa: S311
        name = f"devis-{draft.at:%Y%m%d}-{number}"
        carry(post, draft, Attachment(f"{name}.pdf", PDF, _signed(first, b"", draft.at)))
        lay_twin(post, "quote-revised", f"{name}-v2.pdf", _signed(second, b"", draft.at), "second version")


def _monthly(post: Post) -> None:
    """Twelve invoices of one form and sum, then of a higher one; every other one was carried by a signed mail."""
    sender, state = of(post, hosts.DOUCET), post.rng.getrandbits(32)
    for number in twins("monthly-invoices"):
        at = BEGIN + timedelta(days=18 * number, hours=9, minutes=post.rng.randrange(60))
        paper = papers.bill(random.Random(state), sender, at, 450 if number < 8 else 480)  # noqa: S311
        if number % 2:
            carry(post, replace(letter(post, sender), at=at), Attachment(paper.name, PDF, paper.data))
        lay_twin(post, "monthly-invoices", paper.name, paper.data, "one of a series")


def _signatures(post: Post) -> None:
    """The picture of the manager's signature, which the office sets under all its quotes."""
    draft, scrawl = letter(post), _scrawl(post.rng)
    for number in twins("signature-file"):
        at = post.moment()
        data = _signed(_quote(post.rng, draft.sender, at, post.rng.randrange(200, 900) * 10), scrawl, at)
        lay_twin(post, "signature-file", f"proposition-{number}.pdf", data, "an office's own picture")


# ---- making ----


def _pair(post: Post, total: int) -> tuple[Bill, Bill]:
    """An invoice, and what somebody would rather have it say."""
    sender = of(post, hosts.DOUCET)
    paper = papers.bill(post.rng, sender, post.moment(), total)
    return paper, papers.priced(paper, sender, total + 5000)


def _set(line: Line, font: str = "") -> bytes:
    return press.shown(line.x, line.y, line.text, font or ("F2" if line.bold else "F1"), line.size)


def _page(data: bytes) -> bytes:
    return press.part(data, _PAGE).replace(b"/F2 4 0 R", b"/F2 4 0 R /F3 8 0 R")


def _arial() -> bytes:
    return b"<< /Type /Font /Subtype /TrueType /BaseFont /ArialMT /Encoding /WinAnsiEncoding >>"


def _resaved(paper: Bill, at: datetime, objects: dict[int, bytes]) -> bytes:
    """Appended by Acrobat, which writes the moment into the information and into metadata of its own."""
    info = press.part(paper.data, _INFO).removesuffix(b">>") + b"/ModDate " + press.literal(press.dated(at)) + b" >>"
    xmp = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"><xmp:ModifyDate>'
        f"{at:%Y-%m-%dT%H:%M:%S}Z</xmp:ModifyDate><pdf:Producer>{papers.PROGRAM}</pdf:Producer></rdf:Description>"
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
    told = {
        _INFO: info,
        _METADATA: press.stream(xmp.encode(), "/Type /Metadata /Subtype /XML"),
        _CATALOG: b"<< /Type /Catalog /Pages 2 0 R /Metadata 9 0 R >>",
    }
    return press.updated(paper.data, objects | told)


def _quote(rng: random.Random, author: Person, at: datetime, total: int, version: str = "") -> list[Line]:
    house = author.host.domain.removesuffix(".example").replace("-", " ").title()
    said = prose.fact(rng, "fr", at, "count").sentence[:80]
    return [
        Line(60, 780, f"{house} SARL", 16, bold=True),
        Line(60, 700, f"Devis D{at:%y%m%d}-{rng.randrange(10, 99)}{version}", 13, bold=True),
        Line(60, 682, f"Date : {at:%d/%m/%Y}"),
        Line(60, 640, said),
        Line(330, 600, f"Total HT {prose.money(total, 'fr')}"),
        Line(330, 582, f"TVA 20 % {prose.money(total // 5, 'fr')}"),
        Line(330, 564, f"Total TTC {prose.money(total + total // 5, 'fr')}", bold=True),
        Line(60, 480, "Bon pour accord"),
    ]


def _signed(lines: Sequence[Line], scrawl: bytes, at: datetime) -> bytes:
    """A paper as Word prints it, with the picture of a signature at its foot if one is given."""
    made = press.Press()
    fonts = [made.add(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode())
             for name in ("Helvetica", "Helvetica-Bold")]  # fmt: skip
    pictures, drawn = "", b""
    if scrawl:
        image = made.add(press.stream(scrawl, "/Type /XObject /Subtype /Image /Width 320 /Height 110 /ColorSpace "
                                              "/DeviceGray /BitsPerComponent 8 /Filter /FlateDecode"))  # fmt: skip
        pictures, drawn = f"/XObject << /Im1 {image} 0 R >>", b"\nq 160 0 0 55 60 410 cm /Im1 Do Q"
    content = made.add(press.stream(b"\n".join(map(_set, lines)) + drawn))
    page = made.add(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R /Resources << /Font "
        f"<< /F1 {fonts[0]} 0 R /F2 {fonts[1]} 0 R >> {pictures} >> >>".encode()
    )
    word = "Microsoft® Word 2013"
    return made.file([page], {"Creator": word, "Producer": word, "CreationDate": press.dated(at - timedelta(hours=2))})


def _scrawl(rng: random.Random) -> bytes:
    """A pen's way over white paper, 320 by 110 points of grey, deflated."""
    paper, x, y, slope = bytearray(b"\xff" * (320 * 110)), 12.0, 60.0, 0.0
    while x < 305:
        slope = max(-4.0, min(4.0, slope + rng.uniform(-1.4, 1.4)))
        x, y = x + rng.uniform(-0.2, 1.0), max(6.0, min(103.0, y + slope))
        for place in ((int(y) + down) * 320 + int(x) + right for down in (0, 1) for right in (0, 1, 2)):
            paper[place] = rng.randrange(20, 90)
    return zlib.compress(bytes(paper), 6)


def _form(at: datetime) -> bytes:
    """A form of Acrobat's with one field, empty."""
    made = press.Press()
    font = made.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    content = made.add(press.stream(press.shown(60, 780, "Bulletin d'inscription", "F1", 16) + b"\n"
                                    + press.shown(60, 700, "Nom et prénom :")))  # fmt: skip
    field = made.add(_field(b"", ""))
    page = made.add(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R /Annots [{field} 0 R] "
        f"/Resources << /Font << /F1 {font} 0 R >> >> >>".encode()
    )
    catalog = f"/AcroForm << /Fields [{field} 0 R] /DA (/Helv 0 Tf 0 g) /DR << /Font << /Helv {font} 0 R >> >> >>"
    info = {"Creator": "Adobe Acrobat Pro DC 15.10", "Producer": "Adobe PDF Library 15.0"}
    return made.file([page], info | {"CreationDate": press.dated(at - timedelta(days=90))}, catalog)


def _field(value: bytes, look: str) -> bytes:
    return (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (nom) /F 4 /Rect [160 690 420 712] /DA (/Helv 10 Tf 0 g) "
        + (b"/V " + value if value else b"") + look.encode() + b" >>"
    )  # fmt: skip


def _filled(form: bytes, name: str, at: datetime) -> tuple[bytes, dict[int, bytes]]:
    """What Reader appends: the field's value, its look, the moment."""
    fresh = press.size(form)
    look = press.drawn(b"/Tx BMC q " + press.shown(2, 6, name, "Helv") + b" Q EMC", (260, 22), "/Helv 3 0 R")
    told = press.part(form, fresh - 1).removesuffix(b">>") + b"/ModDate " + press.literal(press.dated(at)) + b" >>"
    return form, {5: _field(press.literal(name), f" /AP << /N {fresh} 0 R >>"), fresh: look, fresh - 1: told}
