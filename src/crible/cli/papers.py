"""What sorting found of one document, in words."""

from crible.cli.context import language, say
from crible.cli.terminal import named, one_line
from crible.model.sorting import Finance
from crible.sift.dossier import Dossier
from crible.sift.sorted import class_word, clue_sentence
from crible.words import render

NAMED = 8
"""People, organisations and places that are shown; the export has them all."""
SHOWN = ("person", "organisation", "place")


def print_sorting(dossier: Dossier, into: str) -> None:
    """Class with its reasons, what a financial paper says of itself, who is named, why it looks private."""
    sorting = dossier.reading.sorting if dossier.reading else None
    if sorting is None:
        return
    reasons = "; ".join(one_line(clue_sentence(clue, into)) for clue in sorting.clues)
    if sorting.name or reasons:
        named(say("field-class"), class_word(sorting.name, into) + (f" ({reasons})" if reasons else ""), indent=2)
    if sorting.finance:
        _print_paper(sorting.finance)
    people = [one_line(entity.text) for entity in sorting.entities if entity.kind in SHOWN and not entity.private]
    if people:
        named(say("field-named"), ", ".join(people[:NAMED]), indent=2)
    if dossier.private:
        named(say("field-private"), "; ".join(render("classes", key, {}, into) for key in dossier.private), indent=2)


def _print_paper(paper: Finance) -> None:
    stance = render("classes", f"stance-{paper.stance}", {}, language()) if paper.stance else ""
    said = {name: one_line(getattr(paper, name)) or "-" for name in ("number", "date", "due")}
    named(say("field-paper"), say("paper-line", stance=stance, **said), indent=2)
    if paper.issuer:
        named(say("field-issuer"), one_line(paper.issuer), indent=2)
    if paper.recipient:
        named(say("field-recipient"), one_line(paper.recipient), indent=2)
    if paper.total or paper.net:
        sums = {name: one_line(getattr(paper, name)) or "-" for name in ("net", "vat", "total", "currency")}
        named(say("field-sums"), say("paper-sums", **sums), indent=2)
    for fault in paper.faults:
        named("", clue_sentence(fault, language()), indent=2)
