"""Quoted passages of replies and forwards, in French and English."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crible.extract.mail.quotes import CHARACTERS, QUOTES, quotes


def found(text: str) -> list[tuple[int, str, str]]:
    return [(quote.depth, quote.attribution, quote.text) for quote in quotes(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Le 14 mars 2017 à 09:12, Anne Roy <a@m.example> a écrit :",
        "Le 14/03/2017 09:12, Anne Roy a écrit\xa0:",
        "On Tue, Mar 14, 2017 at 9:12 AM Anne Roy <a@m.example> wrote:",
        "2017-03-14 9:12 GMT+01:00 Anne Roy <a@m.example>:".replace(">:", "> wrote:"),
        "Anne Roy wrote:",
        "Anne Roy writes:",
    ],
)
def test_attributions_of_quoted_lines(line: str) -> None:
    text = f"Merci.\n\n{line}\n\n> Bonjour,\n> le total est 12.\n\nCordialement"
    assert found(text) == [(1, line, "Bonjour,\nle total est 12.")]


def test_an_attribution_wrapped_over_two_lines() -> None:
    text = "Oui.\n\nLe mardi 14 mars 2017 à 09:12:33 UTC+1, Anne Roy\n<anne.roy@m.example> a écrit :\n> Non ?\n"
    assert found(text) == [
        (1, "Le mardi 14 mars 2017 à 09:12:33 UTC+1, Anne Roy <anne.roy@m.example> a écrit :", "Non ?")
    ]


def test_levels_and_replies_between() -> None:
    text = "\n".join(
        [
            *("On Monday, B wrote:", "> On Sunday, A wrote:", ">> first", "> >second", "> answer", "", "mine", ""),
            *("> more", "", "end"),
        ]
    )
    assert found(text) == [
        (1, "On Monday, B wrote:", "On Sunday, A wrote:\nanswer\nmore"),
        (2, "On Sunday, A wrote:", "first\nsecond"),
    ]


def test_two_attributions_are_two_passages() -> None:
    text = "On Monday, A wrote:\n> one\n\nOn Tuesday, B wrote:\n> two\n"
    assert found(text) == [(1, "On Monday, A wrote:", "one"), (1, "On Tuesday, B wrote:", "two")]


@pytest.mark.parametrize(
    "head",
    [
        "-----Message d'origine-----\nDe : Anne Roy\nEnvoyé : mardi 14 mars 2017 09:12\nÀ : Jo\nObjet : Budget",
        "-----Original Message-----\nFrom: Anne Roy\nSent: Tuesday, March 14\nTo: Jo\nSubject: Budget",
        "________________________________\nDe : Anne Roy <a@m.example>\nEnvoyé : mardi\nÀ : Jo;\n Paul\nObjet : Budget",
        "From: Anne Roy\nDate: Tuesday\nTo: Jo\nSubject: Budget",
        "Début du message réexpédié :\n\nDe: Anne Roy\nDate: 14 mars\nObjet: Budget",
        "Begin forwarded message:\n\nFrom: Anne Roy\nSubject: Budget\nDate: 14 March",
        "---------- Forwarded message ---------\nFrom: Anne Roy <a@m.example>\nDate: Tue\nSubject: Budget\nTo: Jo",
        "-------- Message transféré --------\nSujet : Budget\nDate : 14 mars\nDe : Anne Roy",
        "*De :* Anne Roy\n*Envoyé :* mardi\n*Objet :* Budget",
    ],
)  # fmt: skip
def test_forwarded_blocks(head: str) -> None:
    ((depth, attribution, text),) = found(f"Pour info.\n\n{head}\n\nBonjour,\nle total est 12.\n")
    assert depth == 1
    assert "Anne Roy" in attribution
    assert text.removeprefix("_" * 32).strip() == "Bonjour,\nle total est 12."


def test_a_forward_in_a_forward_is_one_deeper() -> None:
    head = "-----Message d'origine-----\nDe : {0}\nObjet : x\n\ntexte de {0}\n"
    assert [(depth, text) for depth, _, text in found(head.format("A") + head.format("B"))] == [
        (1, "texte de A"),
        (2, "texte de B"),
    ]


def test_an_attribution_without_marked_lines_quotes_the_rest() -> None:
    text = "Merci.\n\nLe 14 mars 2017 à 09:12, Anne Roy a écrit :\n\nBonjour,\n\nle total est 12.\n"
    assert found(text) == [(1, "Le 14 mars 2017 à 09:12, Anne Roy a écrit :", "Bonjour,\n\nle total est 12.")]


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour,\nil a écrit : merci.\n",
        "De : ce que je sais\nrien n'est sûr\n",
        "From: here to there\nwe went\n",
        "-----\nsignature\n",
        "a > b\n=> c\n",
        "",
    ],
)
def test_no_quote(text: str) -> None:
    assert found(text) == []


def test_bounds() -> None:
    assert len(quotes("".join(f"On day {n}, A wrote:\n> x\n\n" for n in range(100)))) == QUOTES
    assert sum(len(quote.text) for quote in quotes("> " + "x" * 1000 + "\n> y\n" * 100_000)) <= CHARACTERS


BLOCK = "From: x\nSubject: y\nDate: z\n"
HOSTILE = [
    ">",
    "> ",
    ">\n",
    "wrote:\n",
    "On \n",
    "-----Original Message-----\n",
    "De : x\n",
    "\n",
    "a écrit ",
    ":",
    BLOCK,
]


@pytest.mark.parametrize("piece", [*HOSTILE, "> wrote:\n"])
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    quotes(piece * 200_000)
    assert time.process_time() - began < 2


@given(
    st.lists(st.sampled_from([*HOSTILE, "> ", ">> On 1 May 2017 at 10:00, A wrote:\n", "a b c\n", "\n"]), max_size=60)
)
def test_a_passage_lies_where_it_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    for quote in quotes(text):
        assert 0 <= quote.start < quote.end <= len(text)
        within, said = (
            "".join(words.replace(">", "").split()) for words in (text[quote.start : quote.end], quote.text)
        )
        assert said.startswith(within[:1])
        assert len(said) <= len(within)
