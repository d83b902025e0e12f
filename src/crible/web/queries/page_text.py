"""The text of one page: what the file itself says on it, and what was recognised in its picture."""

from dataclasses import dataclass

from crible.model.examined import OCR, OcrPage, OcrWord, Recognised
from crible.model.ledger import State
from crible.sift.packing import inflate, unpack
from crible.store.models import Examination, Reading

UNSURE = 60
"""Of 100: a word recognised at less is marked."""


@dataclass(frozen=True, slots=True)
class Run:
    """Recognised words in a row, all of them sure or all of them not."""

    text: str
    unsure: int = 0
    """Confidence of the word, where it is under `UNSURE`; else 0."""


@dataclass(frozen=True, slots=True)
class PageText:
    """One page's words."""

    text: str
    runs: tuple[Run, ...]
    confidence: int
    """Mean over the recognised words, 0 to 100."""
    words: tuple[OcrWord, ...] = ()
    """The recognised words with their places."""


def page_text(pk: int, number: int, of: int) -> PageText | None:
    """The words of that page; None where the document's text is not parted as its pages are."""
    stored = Reading.objects.filter(pk=pk).values_list("text", flat=True).first()
    own = inflate(bytes(stored)) if stored else ""
    pieces = own.split("\f") if of > 1 and own else [own]
    if own.strip() and of > 1 and len(pieces) != of:
        return None
    page, text = _recognised(pk, number)
    runs = tuple(_runs(page, text)) if page else ()
    shown = pieces[number - 1] if number <= len(pieces) else ""
    return PageText(shown.strip("\n"), runs, page.confidence if page else 0, page.words if page else ())


def _recognised(pk: int, number: int) -> tuple[OcrPage | None, str]:
    row = Examination.objects.filter(document=pk, kind=OCR, state=State.READ).values_list("facts", "text").first()
    if row is None:
        return None, ""
    pages = unpack(bytes(row[0]), Recognised).pages
    texts = inflate(bytes(row[1])).split("\f")
    found = next((at for at, page in enumerate(pages) if page.number == number), None)
    return (pages[found], texts[found]) if found is not None and len(texts) == len(pages) else (None, "")


def _runs(page: OcrPage, text: str) -> list[Run]:
    """The text cut at its unsure words, which stand in it in the order in which they were recognised."""
    runs: list[Run] = []
    at = done = 0
    for word in page.words:
        start = text.find(word.text, at, at + 400)
        if start < 0:
            continue
        at = start + len(word.text)
        if word.confidence < UNSURE:
            runs += [Run(text[done:start]), Run(word.text, max(1, word.confidence))]
            done = at
    return [run for run in (*runs, Run(text[done:])) if run.text]
