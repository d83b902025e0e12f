"""What is vouched for within a text: only where bytes and characters map exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.assess.relations import Change, QuotedBy, Quoting, Standing
from crible.model.evidence import Span
from crible.model.facts import MailFacts, Part
from crible.sift.packing import pack
from crible.web.queries.marks import QUOTED, VOUCHED, _apart, _misquoted, _quotes, _vouched
from crible.web.queries.names import Named
from crible.web.queries.passages import PAGE, Group, Mark, Page, page, safe

TEXT = "Été à Paris\nligne deux\nla fin\n"


def laid(how: str, text: str = TEXT) -> MailFacts:
    size = len(text.encode()) + (text.count("\n") if how == "crlf" else 0)
    return MailFacts(parts=(Part("1", "text/plain", 0, 100, 100 + size, inline_text=True),), laid=how)


@pytest.mark.parametrize(("how", "break_"), [("lf", 1), ("crlf", 2)])
def test_bytes_become_characters_whatever_the_line_ends(how: str, break_: int) -> None:
    first = len("Été à Paris".encode()) + break_
    span = Span("", 60, 100 + first + len("ligne deux") + break_, "a.example")
    (mark,) = _vouched([span], laid(how), TEXT)
    assert TEXT[mark.start : mark.end] == "Été à Paris\nligne deux\n"
    assert mark.kind == VOUCHED


def test_a_character_or_line_end_that_a_range_cuts_is_outside_of_it() -> None:
    (mark,) = _vouched([Span("", 100, 101, "a.example"), Span("", 100, 102, "a.example")], laid("lf"), TEXT)
    assert (mark.start, mark.end) == (0, 1)
    end = 100 + len("Été à Paris".encode()) + 1
    (mark,) = _vouched([Span("", 100, end, "a.example")], laid("crlf"), TEXT)
    assert TEXT[mark.start : mark.end] == "Été à Paris"


def test_what_lies_in_another_part_or_in_the_header_is_not_marked() -> None:
    assert (
        list(_vouched([Span("2", 100, 120, "a"), Span("", 0, 90, "a"), Span("", 900, 990, "a")], laid("lf"), TEXT))
        == []
    )


def test_a_signature_goes_before_a_quote_and_no_mark_lies_over_another() -> None:
    quoted, vouched = Mark(3, 9, QUOTED, 1), Mark(5, 20, VOUCHED)
    assert _apart([vouched, quoted, Mark(20, 22, QUOTED, 2)]) == [vouched, Mark(20, 22, QUOTED, 2)]


def named(id_: str, *, closed: bool = False) -> Named:
    return Named(id_, "p", 1, "read", "mail", "S", "a@b.example", 0, "proven", 0, closed)


def test_a_quote_in_a_closed_or_a_stolen_mail_marks_nothing() -> None:
    def quote(id_: str, *, spoiled: bool = False) -> tuple[str, str, bytes]:
        found = QuotedBy(Standing(id_, full=True, spoiled=spoiled), 9, True, (), of=9, passages=((0, 4),))
        return "quote", id_, pack(found)

    about = {"open": named("open"), "closed": named("closed", closed=True), "stolen": named("stolen")}
    found = [quote("open"), quote("closed"), quote("stolen", spoiled=True), quote("unknown")]
    assert [(quoter.id, passages) for quoter, *_, passages in _quotes(found, about)] == [("open", ((0, 4),))]


def test_a_quote_that_differs_is_set_against_the_mail_that_was_signed() -> None:
    change = Change("2 120", "212", ("number",))
    facts = pack(Quoting(Standing("a" * 64, full=True), 40, (change,)))
    assert _misquoted([("quoting", "a", facts)], {"a": named("a")}) == ((change,), named("a"))
    assert _misquoted([("quoting", "a", facts)], {"a": named("a", closed=True)}) == ((), None)


def texts(found: Page) -> list[tuple[str, str, bool]]:
    def one(group: Group) -> tuple[str, str, bool]:
        return "".join(piece.text for piece in group.pieces), group.mark.kind if group.mark else "", group.block

    return [one(group) for group in found.groups]


def test_whole_lines_are_marked_in_the_margin_and_words_under_them() -> None:
    found = page("avant\ndeux lignes\nici\naprès", 1, (), [Mark(6, 21, QUOTED, 1)])
    assert texts(found) == [("avant\n", "", False), ("deux lignes\nici\n", QUOTED, True), ("après", "", False)]
    found = page("avant deux après", 1, (), [Mark(6, 10, QUOTED, 1)])
    assert texts(found) == [("avant ", "", False), ("deux", QUOTED, False), (" après", "", False)]


def test_a_difference_lies_under_a_mark_or_beside_it_never_across() -> None:
    found = page(
        "le prix est de 12 euros ferme", 1, [Change("12 euros", "13 euros", ("number",))], [Mark(0, 17, QUOTED, 1)]
    )
    assert texts(found)[0] == ("le prix est de 12 euros", QUOTED, False)
    assert [piece.other for piece in found.pieces] == [None, "13 euros", None]


def test_marks_keep_their_place_beside_what_cannot_be_printed() -> None:
    found = page("a\u202eb\r\nPASSAGE\r\nfin", 1, (), [Mark(5, 12, QUOTED, 1)])
    assert [text for text, kind, _ in texts(found) if kind] == ["PASSAGE\n"]


def test_a_mark_goes_on_over_the_page() -> None:
    text = "x" * (PAGE - 5) + "y" * 10
    mark = [Mark(PAGE - 5, PAGE + 5, VOUCHED)]
    assert texts(page(text, 1, (), mark))[1][0] == "yyyyy"
    assert texts(page(text, 2, (), mark)) == [("yyyyy", VOUCHED, True)]


@settings(deadline=None)  # other tests share the machine
@given(
    st.text("ab \n\u202e\u00e9", max_size=60),
    st.lists(st.integers(0, 70), max_size=8, unique=True),
    st.text("ab", max_size=3),
)
def test_marking_changes_no_character(text: str, places: list[int], word: str) -> None:
    ends = sorted(places)[: len(places) // 2 * 2]
    marks = [Mark(a, b, QUOTED, 1) for a, b in zip(ends[::2], ends[1::2], strict=True)]
    shown = page(text, 1, [Change(word, "z", ("words",))], marks)
    assert "".join(piece.text for piece in shown.pieces) == safe(text)
