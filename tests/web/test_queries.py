"""The parts of pages that can be wrong by themselves."""

from hypothesis import example, given
from hypothesis import strategies as st

from crible.assess.relations import Change
from crible.index.analysis import keyword
from crible.index.syntax import parse
from crible.index.tree import Term
from crible.web.queries.names import file_name
from crible.web.queries.passages import PAGE, page, safe
from crible.web.queries.searching import FACETS, Asked, term
from crible.web.queries.when import when


def test_a_passage_met_twice_is_not_marked() -> None:
    change = Change("12", "13", ("number",))
    assert page("de 12 euros", 1, [change]).placed == 1
    assert page("12 et 12", 1, [change]).placed == 0
    assert page("de 120 euros", 1, [change]).placed == 0


def test_a_passage_is_found_as_it_was_written() -> None:
    shown = page("le prix de\n> l’eau", 1, [Change("prix de l'eau", "prix du vin", ("words",))])
    assert [piece.text for piece in shown.pieces] == ["le ", "prix de\n> l’eau"]


@given(st.text(), st.lists(st.tuples(st.text(), st.text())))
def test_marking_changes_no_character(text: str, changes: list[tuple[str, str]]) -> None:
    shown = page(text, 1, [Change(ours, theirs, ("words",)) for ours, theirs in changes])
    assert "".join(piece.text for piece in shown.pieces) == safe(text[:PAGE])


@given(st.text())
def test_nothing_shown_turns_the_direction_of_the_text(text: str) -> None:
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\x00\x1b") & set(safe(text))


def test_a_long_text_comes_in_pages() -> None:
    text = "a" * PAGE + "b"
    assert page(text, 2).pieces[0].text == "b"
    assert page(text, 99).number == 2
    assert page("", 1).of == 1


@example("type", "*")
@example("box", "press*")
@given(st.sampled_from(FACETS), st.text(min_size=1, max_size=40).filter(lambda value: keyword(value)))
def test_a_facet_asks_for_its_own_value_and_nothing_else(facet: str, value: str) -> None:
    if facet in ("grade", "class", "kind", "month"):  # only values that exist may be asked for
        return
    tree = parse(term(facet, value))
    assert isinstance(tree, Term)
    assert tree.form in ("phrase", "word")
    assert not tree.open_ended or facet == "from_address"


@given(st.text(max_size=50), st.lists(st.text(min_size=1, max_size=20), max_size=3, unique=True), st.integers(1, 500))
def test_an_address_leads_back_to_what_it_asks(query: str, chosen: list[str], number: int) -> None:
    from django.http import QueryDict

    asked = Asked(query.strip(), tuple(chosen), "date", number)
    try:
        address = asked.address(page=number)
    except UnicodeEncodeError:
        return
    assert Asked.of(QueryDict(address[1:])) == asked


def test_a_few_wrong_clocks_do_not_flatten_the_chart() -> None:
    months = [("1970-01", 1), *[(f"2016-{m:02}", 100) for m in range(1, 13)], ("2040-05", 2)]
    chart = when(months)
    assert chart
    assert (chart.first, chart.last, chart.before, chart.after) == ("2016-01", "2016-12", 1, 2)
    assert sum(bar.count for bar in chart.bars) + chart.before + chart.after == chart.total


def test_long_spans_are_told_by_year_and_gaps_stay() -> None:
    chart = when([("2001-03", 5), ("2009-11", 5)])
    assert chart
    assert chart.by_year
    assert [bar.count for bar in chart.bars] == [5, 0, 0, 0, 0, 0, 0, 0, 5]
    assert when([]) is None


def test_names_lose_their_part_number_only() -> None:
    assert file_name("a/2.1~facture.pdf") == "facture.pdf"
    assert file_name("a/b~c.txt") == "b~c.txt"
