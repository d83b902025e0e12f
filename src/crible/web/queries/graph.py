"""The graph of correspondents: the heaviest lines, of all or around one person; bounded, for eyes and browsers."""

from dataclasses import dataclass

from crible.sift.person import Line, lines
from crible.web.queries.people import Held, by, href, owners, searched
from crible.web.served import Served

EDGES = 300
NODES = 150


@dataclass(frozen=True, slots=True)
class Node:
    """An address of the picture."""

    number: int
    address: str
    name: str
    href: str
    weight: int
    """Messages on its lines."""
    owner: bool
    """A box of the case seems to be theirs."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Messages between two of them."""

    a: Node
    b: Node
    line: Line
    forth: str
    """Query string for those from a to b, and back."""
    back: str


@dataclass(frozen=True, slots=True)
class Graph:
    """What is drawn."""

    nodes: list[Node]
    edges: list[Edge]
    of: int
    """Lines there are in all; at least, where they were cut before."""


def graph(served: Served, held: Held, around: int | None, *, lists: bool) -> Graph:
    """The heaviest lines; with somebody in the middle, theirs first, and then those between whom they lead to."""
    found = held.lines(lists=lists) if around is None else _near(served, held, around, lists)
    kept: list[Line] = []
    nodes: dict[int, int] = {}
    for line in found:
        fresh = {line.a, line.b} - nodes.keys()
        if len(nodes) + len(fresh) > NODES:
            continue
        kept.append(line)
        for number in (line.a, line.b):
            nodes[number] = nodes.get(number, 0) + line.both
        if len(kept) == EDGES:
            break
    named = {number: _node(served, held, number, weight) for number, weight in nodes.items()}
    edges = [_edge(served, named[line.a], named[line.b], line) for line in kept]
    return Graph(sorted(named.values(), key=lambda node: (-node.weight, node.address)), edges, len(found))


def _near(served: Served, held: Held, around: int, lists: bool) -> list[Line]:
    near = [one.number for one in held.person(around, served).correspondents[:NODES]]
    found = lines(held.people, {around, *near}, lists=lists)
    return sorted(found, key=lambda line: (around not in (line.a, line.b), -line.both))


def _node(served: Served, held: Held, number: int, weight: int) -> Node:
    address = held.people.addresses[number]
    name, owner = held.people.usual(number), address in owners(served)
    return Node(number, address, name, href(served, address), weight, owner)


def _edge(served: Served, a: Node, b: Node, line: Line) -> Edge:
    forth = searched(served, by("from", a.address), by("to", b.address))
    back = searched(served, by("from", b.address), by("to", a.address))
    return Edge(a, b, line, forth, back)
