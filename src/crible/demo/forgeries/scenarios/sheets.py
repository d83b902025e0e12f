"""Workbooks: saved by a stranger, a line more, a figure typed over; assistants, libraries, next editions (22, 23)."""

from dataclasses import replace
from datetime import datetime, timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import papers
from crible.demo.forgeries.files.excel import MIME, Formula, excel
from crible.demo.forgeries.files.ooxml import Props
from crible.demo.forgeries.moments import BEGIN, DAYS
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Post
from crible.demo.forgeries.scenarios.common import colleagues, plants, twins, writer
from crible.demo.forgeries.scenarios.loose import carry, lay, lay_twin, letter

STRANGER = "Рогов Георгий Петрович"
GUEST = "Wawrzyniec Grzybek"
NIGHT = BEGIN + timedelta(days=DAYS - 6, hours=2, minutes=11)
"""When the stranger sat down, three weeks before the dump was published."""
YEAR_END = BEGIN + timedelta(days=108, hours=16, minutes=5)


def play(post: Post) -> None:
    """Lay out sheets."""
    for scene in (_batch, _resaved, _line, _stale, _assistant, _library, _revised):
        scene(post)


def _batch(post: Post) -> None:
    """Nine in four minutes, figures untouched, by a program whose menus are in another alphabet."""
    for number in plants("xlsx-saved-in-batch"):
        saved = NIGHT + timedelta(seconds=27 * number)
        author, begun, rows = _begun(post)
        props = replace(papers.props(author, begun, STRANGER, saved), language="ru")
        lay(post, "xlsx-saved-in-batch", f"paie-{number + 1}.xlsx", _book(rows, props), f"→ {STRANGER}")


def _resaved(post: Post) -> None:
    """One alone, by another stranger, of a third country's menus."""
    for number in plants("xlsx-saved-by-stranger"):
        saved = NIGHT + timedelta(days=2 + number)
        author, begun, rows = _begun(post)
        props = replace(papers.props(author, begun, GUEST, saved), language="pl")
        lay(post, "xlsx-saved-by-stranger", f"bilan-{number + 1}.xlsx", _book(rows, props), f"→ {GUEST}")


def _line(post: Post) -> None:
    """The sheet as a signed mail carries it, and beside the boxes with a line more, opened and saved in Excel."""
    for number in plants("xlsx-line-added"):
        draft = letter(post)
        told = papers.rows(post.rng, draft.sender, draft.at)
        head = f"Indemnités versées au {draft.at:%d/%m/%Y}"
        name = f"indemnites-{draft.at:%Y%m%d}-{number}.xlsx"
        data = excel("Feuil1", papers.summed(told, head), papers.props(draft.sender, draft.at))
        carry(post, draft, Attachment(name, MIME, data))
        more = [*told[:3], ("Prestation de conseil, M. Vasseur-Thil", 18500.0), *told[3:]]
        props = papers.props(draft.sender, draft.at, saved=draft.at + timedelta(days=30))
        data = excel("Feuil1", papers.summed(more, head), props)
        lay(post, "xlsx-line-added", name, data, "→ Prestation de conseil 18 500")


def _stale(post: Post) -> None:
    """A figure typed over in the file's XML, by somebody who never opened Excel: the stored sum is the former one."""
    for number in plants("xlsx-sum-stale"):
        author, begun, told = _begun(post)
        rows, (label, value) = papers.summed(told), told[3]
        rows[4] = (label, value + 15000)
        data = excel("Feuil1", rows, papers.props(author, begun), "7-zip")
        lay(post, "xlsx-sum-stale", f"subventions-{number}.xlsx", data, f"{value:g} → {value + 15000:g}")


# ---- innocent ----


def _assistant(post: Post) -> None:
    """Everybody's sheets, opened and saved in one go by the one who closes the year."""
    hand = colleagues(post, 1)[0]
    for number in twins("batch-by-assistant"):
        author, begun, rows = _begun(post, before=YEAR_END)
        props = papers.props(author, begun, hand.name, YEAR_END + timedelta(seconds=31 * number))
        data = _book(rows, props)
        lay_twin(post, "batch-by-assistant", f"cloture-{number + 1}.xlsx", data, "closed by the usual hand")


def _library(post: Post) -> None:
    """An export of the accounts program: formulas that nobody computed yet, packed by a library."""
    for number in twins("sheet-by-library"):
        author, begun, told = _begun(post)
        rows = [*papers.summed(told)[:-1], ("Total", Formula(f"SUM(B2:B{len(told) + 1})", None))]
        data = excel("Sheet1", rows, papers.props(author, begun), "python")
        lay_twin(post, "sheet-by-library", f"export-{number}.xlsx", data, "written by a library")


def _revised(post: Post) -> None:
    """Next month's edition of a sheet that a signed mail carries: dated anew, a line more."""
    for number in twins("next-edition"):
        draft = letter(post)
        told = papers.rows(post.rng, draft.sender, draft.at)
        later = draft.at + timedelta(days=30)
        for at, rows in ((draft.at, told), (later, [*told, ("Frais de port", 140.0)])):
            head = f"Indemnités versées au {at:%d/%m/%Y}"
            data = excel("Feuil1", papers.summed(rows, head), papers.props(draft.sender, at))
            name = f"suivi-{at:%Y%m%d}-{number}.xlsx"
            if at is later:
                lay_twin(post, "next-edition", name, data, "dated anew")
            else:
                carry(post, draft, Attachment(name, MIME, data))


def _begun(post: Post, before: datetime = NIGHT) -> tuple[Person, datetime, list[tuple[str, float]]]:
    """Somebody's budget, begun well before a moment."""
    author = writer(post, language="fr")
    at = min(post.moment(), before - timedelta(days=post.rng.randrange(8, 60)))
    return author, at, papers.rows(post.rng, author, at)


def _book(told: list[tuple[str, float]], props: Props) -> bytes:
    return excel("Feuil1", papers.summed(told), props)
