"""crible find: search a case."""

from enum import StrEnum
from typing import Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, out, plain, print_json, reading, say
from crible.model.grade import Level


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
    """Messages and files that match, one line a family, best grade first."""
    with reading(case) as opened:
        from crible.cli.summary import SIGNS
        from crible.index.search import Searcher
        from crible.sift.results import facets_json, results_json

        searcher = Searcher(opened.index)
        results = searcher.search(query, limit=limit, sort=sort.value)
        if json:
            more = facets_json(searcher, query) if facets else {}
            print_json({**results_json(searcher, results, query), **more})
            return
        for hit in results_json(searcher, results, query)["hits"]:
            sign = SIGNS.get(Level(hit["grade"]), " ") if hit["grade"] else " "
            title = plain(hit["subject"] or hit["name"] or hit["path"]).replace("\n", " ")
            out.print(f"{sign} {hit['id'][:12]}  {hit['date'] or '':<25} {title}", markup=False)
            if hit["snippet"]:
                out.print("    " + plain(" ".join(hit["snippet"].split())), markup=False)
        params: dict[str, object] = {"families": results.total_families, "documents": results.total_documents}
        out.print(say("found", count=results.total_families, documents=params["documents"]), markup=False)
        if facets:
            for field, values in searcher.facets(query).items():
                shown = ", ".join(f"{plain(str(value))} {count}" for value, count in values[:8])
                out.print(f"  {field}: {shown}", markup=False)
