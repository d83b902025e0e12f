"""crible find: search a case."""

from enum import StrEnum
from typing import Annotated, Any

import typer

from crible.cli.context import CaseOption, JsonOption, moment, print_json, reading, say, zone_of
from crible.cli.terminal import line, one_line, prose
from crible.model.grade import Level

MOST_VALUES = 6
"""Values of a facet that are printed; `--json` has more."""


class Order(StrEnum):
    """How hits are sorted."""

    RELEVANCE = "relevance"
    DATE = "date"
    NEWEST = "-date"


def find(
    query: Annotated[str, typer.Argument(metavar="QUERY", help=say("help-query"))],
    case: CaseOption,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, metavar="N", help=say("help-limit"))] = 20,
    sort: Annotated[Order, typer.Option("--sort", metavar="ORDER", help=say("help-sort"))] = Order.RELEVANCE,
    facets: Annotated[bool, typer.Option("--facets", help=say("help-facets"))] = False,
    json: JsonOption = False,
) -> None:
    """Messages and files that match, one a family, best grade first."""
    with reading(case) as opened:
        from crible.index.search import Searcher
        from crible.sift.results import facets_json, results_json

        searcher = Searcher(opened.index)
        zone = zone_of(opened)
        results = searcher.search(query, limit=limit, sort=sort.value, zone=zone)
        found = results_json(searcher, results, query)
        counted = facets_json(searcher, query) if facets else {}
        if json:
            print_json({**found, **counted})
            return
        for hit in found["hits"]:
            _print_hit(hit, moment(hit["date"], zone) if hit["date"] else "")
        _print_facets(counted.get("facets", {}))
        _print_foot(found, str(zone))


def _print_hit(hit: dict[str, Any], date: str) -> None:
    from crible.model.grade import SIGNS

    sign = SIGNS[Level(hit["grade"])] if hit["grade"] else " "
    title = one_line(hit["subject"] or hit["name"] or hit["path"])
    copies = " " + say("find-copies", count=hit["copies"]) if hit["copies"] > 1 else ""
    prose(f"{sign} {hit['id'][:12]}  {date:<16}  {title}{copies}", 0, 34)
    snippet = one_line(hit["snippet"])
    sender = one_line(hit["from"] or hit["name"])
    prose(f"{sender}: {snippet}" if sender and snippet else sender or snippet, 4)


def _print_facets(facets: dict[str, list[dict[str, Any]]]) -> None:
    for field, values in facets.items():
        if values:
            shown = ", ".join(f"{one_line(str(one['value']))} {one['count']}" for one in values[:MOST_VALUES])
            prose(f"{field}: {shown}", 2, 4)


def _print_foot(found: dict[str, Any], zone: str) -> None:
    from crible.cli.signs import print_legend

    if found["hits"]:
        line()
        print_legend({hit["grade"] for hit in found["hits"] if hit["grade"]})
    key = "found" if found["families"] else "found-none"
    prose(say(key, count=found["families"], documents=found["documents"], zone=zone))
    prose(say("match-searched", count=found["searched"], unsearchable=found["without_text"]))
    if found["pages_unread"]:
        prose(say("pages-unread", count=found["pages_unread"]))
