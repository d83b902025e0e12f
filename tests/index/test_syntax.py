"""The parser: errors that say where, and nothing but errors of ours."""

from datetime import timedelta, timezone
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.index.query import compiled
from crible.index.syntax import DEEPEST, LONGEST_QUERY, MOST_TERMS, check_together, parse
from crible.model.errors import InputError
from crible.words import LANGUAGES, render


@pytest.mark.parametrize(
    ("query", "code", "position"),
    [
        ('devis "salle', "query-quote", 7),
        ("devis «salle", "query-quote", 7),
        ("(devis", "query-opening", 1),
        ("a (b (c)", "query-opening", 3),
        ("devis)", "query-closing", 6),
        ("a () b", "query-operand", 4),
        ("OR a", "query-operand", 1),
        ("a OR", "query-operand", 4),
        ("a AND OR b", "query-operand", 7),
        ("a NOT", "query-operand", 5),
        ("form:dupont", "query-field", 1),
        ("a -form:dupont", "query-field", 4),
        ("from: dupont", "query-value-missing", 1),
        ("(from:)", "query-value-missing", 2),
        ("grade:prouvé", "query-value", 7),
        ("grade:(proven OR x)", "query-value", 18),
        ("has:wings", "query-value", 5),
        ("box:a~", "query-plain", 5),
        ('box:"a b"~2', "query-plain", 5),
        ("fac*ure", "query-star", 4),
        ("*ture", "query-star", 1),
        ("box:*", "query-star", 5),
        ("mot~3", "query-fuzzy", 1),
        ('"a b"~', "query-neighbourhood", 1),
        ('"a b"~101', "query-neighbourhood", 1),
        ('"a b*"~3', "query-neighbourhood", 1),
        ("date:hier", "query-date", 6),
        ("date:2017-13", "query-date", 6),
        ("date:2017-02-29", "query-date", 6),
        ("date:01/03/2017", "query-date", 6),
        ("date:..", "query-date", 6),
        ("date:9999", "query-date", 6),
        ("date:2018..2017", "query-date-order", 6),
        ("after:2017..2018", "query-date", 7),
        ("a " * (MOST_TERMS + 1), "query-terms", 2 * MOST_TERMS + 1),
        ("a* b~ " * 50 + '"c d*"', "query-patterns", 301),
        ("a" * (LONGEST_QUERY + 1), "query-long", LONGEST_QUERY),
        ("(" * (DEEPEST + 1), "query-deep", DEEPEST + 1),
    ],
)
def test_errors_say_what_and_where(query: str, code: str, position: int) -> None:
    with pytest.raises(InputError) as caught:
        parse(query)

    assert (caught.value.code, caught.value.params["position"]) == (code, position)
    for language in LANGUAGES:
        assert render("errors", caught.value.code, dict(caught.value.params), language)


@pytest.mark.parametrize("query", ["http://mairie.example/x", "Re: devis", "12:30", "a~b", "o'neill", "C++", "(Re:)"])
def test_what_only_looks_like_syntax_is_words(query: str) -> None:
    assert compiled(parse(query)) is not None


def test_the_catalogues_describe_every_query_error_in_the_code() -> None:
    from pathlib import Path
    from re import findall

    import crible.index as package
    from crible.words import keys

    sources = "".join(path.read_text() for path in Path(package.__path__[0]).glob("*.py"))
    codes = set(findall(r'Error\(\s*"((?:query|index)-[a-z-]+)"', sources))

    assert len(codes) > 15
    for language in LANGUAGES:
        assert codes <= keys("errors", language)


PIECES = st.sampled_from(
    [*"()\"*~:-«»“”„ é\n\x00.", "OR ", "AND ", "NOT ", "ET ", "OU ", "SAUF ", "from:", "date:", "grade:", "2017", "..",
     "-03", "~2", "~99", "mot", "l'été", "proven", "@a.b", "\ud800", "\u0301", "字", "x" * 50]
)  # fmt: skip


def refusal(query: str) -> InputError | None:
    """The error of ours that a query ends with, if it does; anything else is raised."""
    try:
        compiled(parse(query, timezone(timedelta(hours=-12))))
    except InputError as error:
        return error
    return None


@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60)))
def test_any_text_is_a_query_or_an_error_of_ours(query: str) -> None:
    error = refusal(query)

    assert error is None or error.code.startswith("query-")
    assert error is None or 1 <= int(error.params["position"]) <= max(1, len(query))
    assert error is None or render("errors", error.code, dict(error.params), "fr")


@pytest.mark.parametrize("unit", ["-", "~", "a~", "*", '"" ', "NOT ", "(a) ", "a:", "--a", "«", "~1", "x"])
def test_work_is_linear_in_the_query(unit: str) -> None:
    started = process_time()
    query = (unit * LONGEST_QUERY)[:LONGEST_QUERY]
    error = refusal(query)

    assert error is None or error.code.startswith("query-")
    assert process_time() - started < 2


def test_what_costs_more_counts_for_more() -> None:
    parse(" ".join(['"a b*"'] * 10))
    parse(" ".join(["abc~2"] * 25))
    for one, most in (('"a b*"', 11), ("abc~2", 26), ("a*", 101)):
        with pytest.raises(InputError) as refused:
            parse(" ".join([one] * most))
        assert refused.value.code == "query-patterns"


def test_many_queries_asked_as_one_cost_no_more_than_one() -> None:
    check_together([parse("a* " * 50), parse("-(b* OR c*)")])
    for trees, code in (([parse("a* " * 60)] * 2, "query-patterns"), ([parse("a " * 600)] * 2, "query-terms")):
        with pytest.raises(InputError) as refused:
            check_together(trees)
        assert refused.value.code == code
