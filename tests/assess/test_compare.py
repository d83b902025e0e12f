"""Copies and quotes: what mail systems do to a text is no change, one figure of another is."""

import textwrap
from collections import Counter
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.assess.compare import changes, likeness, likeness_of, nearly, quoted
from crible.assess.relations import Change
from crible.assess.tokens import tokens

TEXT = """Bonjour Elsa,

La salle n'est pas réservée du 3 mars au 7 avril, d'après Chloé Ferrand.
Le montant retenu est de 18 214 € TTC, à régler avant le 20 mars prochain.
Merci de virer la somme sur FR76 3000 6000 0112 3456 7890 189 sans attendre.
"""


def prefixed(text: str, mark: str = "> ", width: int = 40) -> str:
    return "\n".join(mark + line for line in textwrap.wrap(text, width))


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("\n", "\r\n"),
        TEXT.replace(" ", "\N{NO-BREAK SPACE}"),
        TEXT.replace("18 214", "18\N{NARROW NO-BREAK SPACE}214").replace("'", "’"),
        TEXT.replace("18 214 €", "18214€"),
        prefixed(TEXT),
        prefixed(TEXT, ">> ", 72),
        TEXT.replace(" de ", " de \n"),
        TEXT.replace("réservée", "*réservée*"),
        TEXT.replace("Chloé Ferrand", "Chloé Ferrand <mailto:c.ferrand@horizon.example>"),
        TEXT.upper(),
        TEXT.replace("mars", "mars\N{ZERO WIDTH SPACE}"),
    ],
)
def test_what_mail_systems_do_to_a_text_is_no_change(other: str) -> None:
    assert changes(TEXT, other) == ((), False)
    assert changes(other, TEXT) == ((), False)


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("18 214", "58 214", ("number",)),
        ("20 mars", "30 mars", ("number", "date")),
        ("7 avril", "7 mai", ("date",)),
        ("Ferrand", "Dubois", ("name",)),
        ("n'est pas", "est", ("negation",)),
        ("7890 189", "7890 188", ("iban", "number")),
        ("somme", "caution", ("words",)),
    ],
)
def test_the_kind_of_a_change_is_named(old: str, new: str, kinds: tuple[str, ...]) -> None:
    (change,), only_added = changes(TEXT.replace(old, new), TEXT)
    assert set(kinds) <= set(change.kinds)
    assert change.ours.strip(".,") in new
    assert change.theirs.strip(".,") in old
    assert not only_added


def test_a_figure_is_shown_whole() -> None:
    assert changes(TEXT.replace("18 214", "58 214"), TEXT)[0] == (Change("58 214", "18 214", ("number",)),)


@pytest.mark.parametrize(
    "ours",
    [
        TEXT + "_______\nusrp-users mailing list\nhttps://liste.example/options\n",
        "[EXTERNE] Attention, ce message vient de l'extérieur.\n\n" + TEXT,
        "Avertissement.\n" + TEXT + "Ce message est confidentiel.\n",
    ],
)
def test_a_footer_or_banner_only_adds(ours: str) -> None:
    found, only_added = changes(ours, TEXT)
    assert only_added
    assert all(not change.theirs for change in found)


@pytest.mark.parametrize(
    "ours",
    [
        TEXT.replace("à régler", "à ne pas régler") + "Pied de page.\n",
        TEXT.replace("Merci de virer", "Merci de ne surtout pas virer"),
        TEXT.rpartition("Merci")[0],
        "",
    ],
)
def test_a_word_put_within_or_a_passage_left_out_is_more_than_adding(ours: str) -> None:
    found, only_added = changes(ours, TEXT)
    assert found
    assert not only_added


def test_a_text_of_which_nothing_is_ours_does_not_only_add() -> None:
    assert changes("Tout autre chose.", "")[1] is False


def test_boilerplate_is_set_aside_however_it_is_spaced() -> None:
    ours = TEXT + "Ce  message est confidentiel,\nne le diffusez pas.\n"
    assert changes(TEXT, ours)[0]
    aside = ("Ce message est confidentiel,", "Ne le diffusez pas.")
    assert changes(TEXT, ours, boilerplate=aside) == ((), False)
    assert changes(TEXT.replace("18 214", "58 214"), ours, boilerplate=aside)[0] == (
        Change("58 214", "18 214", ("number",)),
    )


def test_rewritten_links_are_a_change_of_no_kind() -> None:
    (change,), _ = changes("Voir https://a.example/x ici.", "Voir https://filtre.example/?u=a ici.")
    assert change.kinds == ()


def test_at_most_twenty_changes_are_told() -> None:
    ours = " ".join(f"le lot{n} vaut {n + 1000} euros" for n in range(60))
    theirs = " ".join(f"le lot{n} vaut {n + 3000} euros" for n in range(60))
    assert len(changes(ours, theirs)[0]) == 20


@pytest.mark.parametrize("width", [25, 40, 72, 200])
def test_a_quote_is_exact_however_it_is_wrapped(width: int) -> None:
    words, exact, found = quoted(TEXT, prefixed(TEXT, width=width))
    assert (exact, found) == (True, ())
    assert words > 40


def test_half_a_paragraph_is_quoted_exactly() -> None:
    words, exact, found = quoted(TEXT, "Le montant retenu est de 18 214 € TTC,")
    assert (words, exact, found) == (8, True, ())


def test_comments_between_quoted_lines_and_older_quotes_count_neither_way() -> None:
    lines = TEXT.splitlines()
    reply = "\n".join([lines[2], "Ah bon ?", "Non, pas du tout, c'est convenu.", *lines[3:], "[...] Qui d'autre ?"])
    assert quoted(TEXT, reply)[1:] == (True, ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("18 214", "58 214"),
        ("n'est pas", "est"),
        ("Ferrand", "Dubois"),
        ("20 mars", "21 mars"),
        ("7890 189", "7890 188"),
    ],
)
@pytest.mark.parametrize("width", [50, 72])
def test_a_quote_with_another_figure_name_date_or_negation_tells(old: str, new: str, width: int) -> None:
    _, exact, found = quoted(TEXT, prefixed(TEXT.replace(old, new), width=width))
    assert not exact
    assert len(found) == 1
    assert found[0].theirs.strip(".,") in new


def test_other_words_make_a_quote_inexact_and_no_more() -> None:
    assert quoted(TEXT, TEXT.replace("la somme", "toute la caution demandée"))[1:] == (False, ())


def test_nothing_of_ours_is_no_quote() -> None:
    assert quoted(TEXT, "Rien de tout cela ne figure dans le message cité.") == (0, False, ())


def test_a_patch_quotes_the_other_of_two_nearly_equal_lines() -> None:
    patch = (
        "-\tval = readl(port->membase + UART_OFFSET_1) & mask | flag one two\n"
        "+\tval = readl(port->membase + UART_OFFSET_2) & mask | flag one two\n"
        "-\tif the value is larger than 100 then we wait here\n"
        "+\tif the value is larger than 200 then we wait here\n"
    )
    for line in patch.splitlines():
        assert quoted(patch, "> " + line)[2] == ()


def test_the_header_block_above_a_nested_quote_is_no_quote() -> None:
    ours = "De : A <a@x.example>\nEnvoyé : mardi 14 mars 2017 09:58\nÀ : B\nObjet : salle\n\n" + TEXT
    reply = ours.replace("09:58", "10:30")
    assert quoted(ours, reply)[2] == ()
    assert quoted("Le 14 mars 2017 à 09:58, A a écrit :\n" + TEXT, "Le 14 mars 2017 à 10:30, A a écrit :\n" + TEXT)[1]


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(ours: str, theirs: str) -> None:
    changes(ours, theirs)
    words, exact, found = quoted(ours, theirs)
    assert not (exact and (found or not words))


@given(st.lists(st.sampled_from(TEXT.split()), max_size=80), st.integers(10, 90))
def test_wrapping_never_makes_a_change(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert changes(prefixed(text, width=width), text) == ((), False)
    assert quoted(text, prefixed(text, width=width))[2] == ()


def test_hostile_texts_are_compared_in_bounded_time() -> None:
    started = process_time()
    for ours, theirs in (
        ("le la " * 200_000, "la les " * 200_000),
        ("< " * 300_000, "<http://" * 100_000),
        ("1 234 " * 200_000, "12 34 " * 200_000),
        (">" * 1_000_000, "> " * 500_000),
        ("A" * 2_000_000, "FR76 3000 " * 100_000),
        (" " * 1_000_000 + "a", "\n" * 500_000),
        ("De: " * 200_000, "De:\n" * 200_000),
    ):
        changes(ours, theirs)
        quoted(ours, theirs)
    assert process_time() - started < 15


BILL = "".join(f"Le lot {n} du marché de la salle revient à {n * 113} euros, pose comprise.\n" for n in range(3, 9))


@pytest.mark.parametrize(
    ("other", "kinds"),
    [
        (BILL.replace("565", "965"), [("number",)]),
        (BILL.replace("comprise", "non comprise", 1), [("negation",)]),
        (BILL.replace("\n", "  \n").replace("salle revient", "salle\nrevient"), []),
        (BILL + "Et le lot 10 est offert par la mairie, comme promis au conseil de mars.\n", []),
        (BILL.replace("salle", "place"), []),
        ("".join(line.replace("euros", f"{n} euros") for n, line in enumerate(BILL.splitlines(keepends=True))), []),
        (BILL[:40], []),
    ],
    ids=["one figure", "turned round", "spacing", "a line more", "other words", "every figure", "cut"],
)
def test_nearly_the_same_but_for_a_detail(other: str, kinds: list[tuple[str, ...]]) -> None:
    assert [change.kinds for change in nearly(BILL, other)[1]] == kinds


def test_a_short_text_is_never_nearly_another() -> None:
    assert nearly("Oui, 500 euros.", "Oui, 900 euros.") == (0, ())


def test_likeness_shows_whole_figures_and_what_tells_first() -> None:
    ours = "Total hors taxes 16 542,50 € pour les affiches livrées jeudi matin au dépôt"
    theirs = "Total hors taxes 6 542,50 € pour les affiches apportées jeudi matin au dépôt"
    found = likeness(ours, theirs)
    assert (found.shared, found.count, found.similarity) == (12, 2, 85)
    assert [(one.ours, one.theirs) for one in found.changes] == [("16 542,50", "6 542,50"), ("livrées", "apportées")]
    assert likeness(ours, "Tout autre chose", least=60).changes == ()
    assert likeness(ours, f"{ours} {theirs}").contained == 100
    assert likeness("", "").similarity == 0


def test_likeness_counts_what_it_does_not_look_at() -> None:
    alike = [" ".join(f"{word}{n}" for word in ("ce", "qui", "reste", "egal")) for n in range(400)]
    found = likeness(*(" ".join(f"{word}{n} {rest}" for n, rest in enumerate(alike)) for word in ("mot", "autre")))
    assert (found.count, len(found.changes)) == (400, 20)


@given(
    st.lists(st.sampled_from(["a", "b", "c", "12", "345"]), max_size=40), st.lists(st.sampled_from("abcd"), max_size=40)
)
def test_no_more_words_are_shared_in_order_than_in_any(ours: list[str], theirs: list[str]) -> None:
    a, b = tokens(" ".join(ours)), tokens(" ".join(theirs))
    assert likeness_of(a, b).shared <= (Counter(a.keys) & Counter(b.keys)).total()
