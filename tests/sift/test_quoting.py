"""Which words and bytes of a mail a signed one speaks for, through the whole program."""

import json
from pathlib import Path
from typing import Any

import pytest
from attack_forge import FREEMAIL, RIVAL, key_file, mail, sign

LINES = [f"Le poste {n} du budget de la salle est de {n * 137} euros, accord de la tresorerie." for n in range(2, 12)]
TEXT = "Bonjour Bo,\n\n" + "\n".join(LINES) + "\n\nAna\n"
SAID = "Le jeu. 20 avr. 2017 à 09:30, Ana Castel <ana@halle.example> a écrit :"
BO, CID = "Bo Lind <bo@mairie.example>", "Cid <cid@poste.example>"
LATER, LAST = "Thu, 20 Apr 2017 10:30:00 +0200", "Thu, 20 Apr 2017 11:30:00 +0200"


def marked(text: str, mark: str = "> ") -> str:
    return "".join(f"{mark}{line}\n" for line in text.splitlines())


def reply(quote: str) -> bytes:
    said = f"{SAID}\n{quote}\nVu.\n"
    answer = {"date": LATER, "number": "2@mairie.example", "more": "In-Reply-To: <1@halle.example>\n"}
    return sign(mail(said, sender=BO, to="ana@halle.example", **answer), domain=RIVAL)


NESTED = sign(
    mail(
        f"Vu.\n\nOn Thu, 20 Apr 2017 10:30:00 +0200, Bo Lind <bo@mairie.example> wrote:\n"
        f"> Qu'en dis-tu ?\n>\n> {SAID}\n"
        f"{marked(TEXT, '>> ')}\n",
        sender=CID,
        to="bo@mairie.example",
        date=LAST,
        number="3@poste.example",
        more="In-Reply-To: <lost@mairie.example>\n",
    ),
    domain=FREEMAIL,
)


@pytest.fixture
def weighed(crible: Any, tmp_path: Path) -> Any:
    """Sifts Ana's mail beside another; her mail's evidence of quotes, and her bytes."""

    def run(other: bytes, *, end: bytes) -> tuple[list[dict[str, Any]], bytes]:
        leak = tmp_path / "leak"
        leak.mkdir()
        ours = mail(TEXT, to="bo@mairie.example").replace(b"\r\n", end)
        (leak / "ana.eml").write_bytes(ours)
        (leak / "other.eml").write_bytes(other)
        (tmp_path / "keys.txt").write_text(key_file())
        crible("sift", leak, "--case", tmp_path / "case", "--keys", tmp_path / "keys.txt", "--jobs", "1")
        exported = map(json.loads, crible("export", "--case", tmp_path / "case").stdout.splitlines())
        line = next(line for line in exported if line["paths"] == ["leak/ana.eml"])
        return [one for one in line["evidence"] if one["check"] in ("mail.quoted-in-reply", "mail.forwarded")], ours

    return run


@pytest.mark.parametrize("end", [b"\r\n", b"\n"], ids=["crlf", "lf"])
def test_spans_are_the_very_bytes_that_are_quoted(weighed: Any, end: bytes) -> None:
    quote = marked("\n".join(LINES[1:3])) + "Oui.\n" + marked("\n".join(LINES[6:8]))
    (one,), ours = weighed(reply(quote), end=end)
    assert (one["message"], one["strength"]) == ("quoted-in-part", "weak")
    assert [ours[span["start"] : span["end"]] for span in one["spans"]] == [
        end.join(line.encode() for line in LINES[1:3]),
        end.join(line.encode() for line in LINES[6:8]),
    ]
    assert one["params"]["passages"] == 2


def test_a_rewrapped_quote_is_words_and_no_bytes(weighed: Any) -> None:
    (one,), _ = weighed(reply(marked(TEXT.replace(" de la ", " de\nla "))), end=b"\n")
    assert (one["message"], one["spans"], one["params"]["passages"]) == ("quoted-exactly", [], 0)


def test_without_a_parent_named_the_attribution_leads_there(weighed: Any) -> None:
    (one,), _ = weighed(
        sign(
            mail(
                f"Pour info.\n\n-----Message d'origine-----\nDe : Ana Castel [mailto:ana@halle.example]\n"
                f"Envoyé : jeudi 20 avril 2017 09:30\nÀ : Bo Lind\nObjet : Devis de la salle\n\n{TEXT}",
                sender=BO,
                to="cid@poste.example",
                date=LATER,
                number="4@mairie.example",
                subject="TR: Devis de la salle",
            ),
            domain=RIVAL,
        ),
        end=b"\n",
    )
    assert (one["check"], one["message"], one["strength"]) == ("mail.forwarded", "forwarded-exactly", "moderate")


def test_what_comes_through_another_hand_is_weak(weighed: Any) -> None:
    (one,), _ = weighed(NESTED, end=b"\n")
    assert (one["message"], one["strength"]) == ("quoted-in-part", "weak")
