"""How proof reaches a document, hop by hop, as text."""

from collections.abc import Iterable

from crible.assess.sentences import render_says
from crible.cli.answer import SAYS
from crible.cli.terminal import line, one_line, prose
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
        prose(one_line(" ".join(render("edges", each.message, dict(each.params), language) for each in edge.said())), 4)
