"""How proof reaches a document, hop by hop, as text."""

from collections.abc import Iterable

from crible.assess.sentences import render_says
from crible.cli.answer import SAYS
from crible.cli.terminal import line, one_line, prose
from crible.model.grade import Said
from crible.sift.edges import Edge
from crible.words import render


def print_edges(edges: Iterable[Edge], language: str) -> None:
    """One hop after the other; nothing where there is none."""
    for number, edge in enumerate(edges):
        if not number:
            line()
            line("  " + render("edges", "edges", {}, language))
        one = edge.weighed
        kind = render("edges", edge.kind, {}, language)
        line(f"  {SAYS[one.evidence.says]} {edge.other[:12]}  {one_line(edge.path)}")
        prose(f"{kind[:1].upper()}{kind[1:]} ({render_says(one.evidence.says, one.strength, language)}).", 4)
        prose(one_line(" ".join(render("edges", each.message, dict(each.params), language) for each in _told(edge))), 4)


def _told(edge: Edge) -> list[Said]:
    """What is said of a hop, the way through a mail's parts and the bytes spoken of last."""
    way = [Said("edge-way", {"way": " / ".join(edge.way)})] if edge.way else []
    spans = [Said("edge-bytes", {"start": span.start, "end": span.end}) for span in edge.spans[:5]]
    return [*edge.details, *way, *spans]
