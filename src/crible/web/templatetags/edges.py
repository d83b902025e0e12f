"""How the desk says by which hops proof reaches a document; the sentences are those of domain `edges`."""

from django import template

from crible import words
from crible.sift.edges import Edge
from crible.web.language import language
from crible.web.queries.passages import safe

register = template.Library()


@register.filter
def hop_kind(edge: Edge) -> str:
    """What the other document is to the one on show; it begins a line."""
    kind = words.render("edges", edge.kind, {}, language())
    return f"{kind[:1].upper()}{kind[1:]}"


@register.filter
def hop_said(edge: Edge) -> list[str]:
    """What its own signature says of the other, and what of ours it speaks of."""
    return [safe(words.render("edges", one.message, dict(one.params), language())) for one in edge.said()]
