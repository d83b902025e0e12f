"""Attachments: small invoices, notes and sheets with figures of their own."""

import random
from datetime import UTC, datetime, timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import prose
from crible.demo.forgeries.people import Person
from crible.demo.paper.docx import MIME as DOCX
from crible.demo.paper.docx import docx
from crible.demo.paper.ooxml import Origin
from crible.demo.paper.pdf import Line, pdf
from crible.demo.paper.xlsx import MIME as XLSX
from crible.demo.paper.xlsx import xlsx


def invoice(rng: random.Random, author: Person, at: datetime, total: int | None = None) -> Attachment:
    """A one-page PDF; `total` in whole units."""
    french = author.language == "fr"
    number = f"{at:%Y}-{rng.randrange(100, 999)}"
    total = total or rng.randrange(12, 900) * 10
    tax, due = ("TVA 20 %", "Total TTC") if french else ("VAT 20%", "Total due")
    lines = [
        Line(60, 780, author.host.domain.removesuffix(".example").replace("-", " ").title(), 16, bold=True),
        Line(60, 700, f"{'Facture' if french else 'Invoice'} {number}", 13, bold=True),
        Line(60, 682, f"Date : {at:%d/%m/%Y}" if french else f"Date: {at:%d/%m/%Y}"),
        Line(60, 640, prose.fact(rng, author.language, at, "count").sentence[:80]),
        Line(330, 600, prose.money(total, author.language)),
        Line(330, 582, f"{tax} {prose.money(total // 5, author.language)}"),
        Line(330, 564, f"{due} {prose.money(total + total // 5, author.language)}", bold=True),
    ]
    made = pdf([lines], f"{number}", "Factura 8.2", f"{at:%Y%m%d%H%M%S}+00'00'")
    return Attachment(f"{'facture' if french else 'invoice'}-{number}.pdf", "application/pdf", made)


def note(rng: random.Random, author: Person, at: datetime, *, altered: bool = False) -> Attachment:
    """A text document of a few sentences; with the same state of the generator, `altered` changes one figure."""
    name = f"note-{at:%Y%m%d}-{rng.randrange(90) + 10}.docx"
    facts = [prose.fact(rng, author.language, at) for _ in range(5)]
    told = [facts[0].sentence, *(fact.sentence for fact in facts[1:-1]), facts[-1].sentence]
    if altered:
        told[-1] = facts[-1].altered
    return Attachment(name, DOCX, docx(["Note", *told], origin(author, at)))


def sheet(rng: random.Random, author: Person, at: datetime, more: tuple[str, float] | None = None) -> Attachment:
    """A sheet of labels and sums; `more`: a further row."""
    rows: list[tuple[str, float]] = [
        (prose.fill(rng, author.language, at, "{thing}"), float(rng.randrange(200, 9000))) for _ in range(6)
    ]
    rows += [more] if more else []
    made = xlsx("Budget", [("", ""), *rows, ("Total", sum(value for _, value in rows))], origin(author, at))
    return Attachment(f"budget-{at:%Y%m%d}.xlsx", XLSX, made)


def origin(author: Person, at: datetime, saved_by: str = "", saved: datetime | None = None) -> Origin:
    """Properties of a document written an hour before it was sent."""
    moment = (at - timedelta(hours=1)).astimezone(UTC)
    changed = (saved or at - timedelta(minutes=20)).astimezone(UTC)
    return Origin(
        "Note", author.name, saved_by or author.name, f"{moment:%Y-%m-%dT%H:%M:%SZ}", f"{changed:%Y-%m-%dT%H:%M:%SZ}"
    )
