"""Papers of the season: invoices, notes and sheets with figures of their own, as their authors' programs write them."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import prose
from crible.demo.forgeries.files.excel import MIME as XLSX
from crible.demo.forgeries.files.excel import Cell, Formula, excel
from crible.demo.forgeries.files.ooxml import Props
from crible.demo.forgeries.files.press import dated
from crible.demo.forgeries.files.word import MIME as DOCX
from crible.demo.forgeries.files.word import descent, word
from crible.demo.forgeries.people import Person
from crible.demo.paper.pdf import Line, pdf

PROGRAM = "Factura 8.2"


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice before it is printed."""

    number: str
    name: str
    lines: tuple[Line, ...]
    at: datetime

    @property
    def data(self) -> bytes:
        """As the house's own program prints it."""
        return pdf([self.lines], self.number, PROGRAM, dated(self.at - timedelta(hours=1)).removeprefix("D:"))


def bill(rng: random.Random, author: Person, at: datetime, total: int | None = None) -> Bill:
    """A one-page invoice; `total` in whole units. Numbers follow the dates, as the law wants it."""
    french = author.language == "fr"
    number = f"{at:%Y}-{at.timetuple().tm_yday * 24 + at.hour:04}{rng.randrange(10)}"
    total = total or rng.randrange(12, 900) * 10
    said = prose.fact(rng, author.language, at, "count").sentence[:80]
    return Bill(
        number,
        f"{'facture' if french else 'invoice'}-{number}.pdf",
        tuple(_lines(author, number, at, said, total)),
        at,
    )


def priced(paper: Bill, author: Person, total: int) -> Bill:
    """The same invoice with another amount, tax and sum made to fit."""
    said = next(line.text for line in paper.lines if line.y == 640)
    return Bill(paper.number, paper.name, tuple(_lines(author, paper.number, paper.at, said, total)), paper.at)


def _lines(author: Person, number: str, at: datetime, said: str, total: int) -> list[Line]:
    french = author.language == "fr"
    tax, due = ("TVA 20 %", "Total TTC") if french else ("VAT 20%", "Total due")
    return [
        Line(60, 780, author.host.domain.removesuffix(".example").replace("-", " ").title(), 16, bold=True),
        Line(60, 700, f"{'Facture' if french else 'Invoice'} {number}", 13, bold=True),
        Line(60, 682, f"Date : {at:%d/%m/%Y}" if french else f"Date: {at:%d/%m/%Y}"),
        Line(60, 640, said),
        Line(330, 600, prose.money(total, author.language)),
        Line(330, 582, f"{tax} {prose.money(total // 5, author.language)}"),
        Line(330, 564, f"{due} {prose.money(total + total // 5, author.language)}", bold=True),
    ]


def invoice(rng: random.Random, author: Person, at: datetime, total: int | None = None) -> Attachment:
    """A one-page PDF; `total` in whole units."""
    made = bill(rng, author, at, total)
    return Attachment(made.name, "application/pdf", made.data)


def note(rng: random.Random, author: Person, at: datetime, *, altered: bool = False) -> Attachment:
    """A text document of a few sentences; with the same state of the generator, `altered` changes one figure."""
    name = f"note-{at:%Y%m%d}-{rng.randrange(90) + 10}.docx"
    facts = [prose.fact(rng, author.language, at) for _ in range(5)]
    told = [facts[0].sentence, *(fact.sentence for fact in facts[1:-1]), facts[-1].sentence]
    if altered:
        told[-1] = facts[-1].altered
    return Attachment(name, DOCX, word(["Note", *told], props(author, at, title="Note"), descent(rng)))


def rows(rng: random.Random, author: Person, at: datetime) -> list[tuple[str, float]]:
    """Labels and sums of a budget."""
    return [(prose.fill(rng, author.language, at, "{thing}"), float(rng.randrange(200, 9000))) for _ in range(6)]


def summed(told: list[tuple[str, float]], head: str = "") -> list[tuple[Cell, ...]]:
    """A head, the rows, and their sum as a formula with its value."""
    total = Formula(f"SUM(B2:B{len(told) + 1})", sum(value for _, value in told))
    return [(head, ""), *told, ("Total", total)]


def sheet(rng: random.Random, author: Person, at: datetime) -> Attachment:
    """A sheet of labels and sums."""
    data = excel("Budget", summed(rows(rng, author, at)), props(author, at))
    return Attachment(f"budget-{at:%Y%m%d}.xlsx", XLSX, data)


def props(author: Person, at: datetime, saved_by: str = "", saved: datetime | None = None, title: str = "") -> Props:
    """Properties of a document written an hour before it was sent, in the author's own language."""
    return Props(
        author.name,
        at - timedelta(hours=1),
        saved or at - timedelta(minutes=20),
        saved_by,
        author.language,
        author.language,
        title,
        author.host.domain.partition(".")[0].title(),
    )
