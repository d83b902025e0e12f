"""Attacks by way of other documents: what a stranger's own signed mail, a planted copy or a reply can do to a mail.

One small leak holds them all; each scene has a Message-ID of its own.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from attack_forge import ATTACKER, FREEMAIL, RIVAL, attach, key_file, mail, multipart, sign, swap

EVE, FAY = "Eve <eve@poste.example>", "Fay <fay@poste.example>"
GUS, BO, CID = "Gus <gus@louche.example>", "Bo Lind <bo@mairie.example>", "Cid <cid@poste.example>"
TEXT = (
    "Bonjour Bo,\n\nLa salle du 1/12/2017 coute 1 500 euros, chauffage non compris, payable le jour meme.\n"
    "Voir <https://banque.example/compte>.\n> Qui paie la caution ?\nMoi.\n\nAna\n"
)
LONG = TEXT + "".join(f"Ligne {n} sans histoire.\n" for n in range(5500)) + "Enfin, 700 euros de caution.\n"
MIXED, ALTERNATIVE = 'multipart/mixed; boundary="b"', 'multipart/alternative; boundary="b"'


def versions(html: str) -> str:
    return multipart(("Content-Type: text/plain", TEXT), ("Content-Type: text/html", f"<p>{html}</p>"))


def quoting(text: str, sender: str, domain: str, number: str, date: str, parent: str) -> bytes:
    """A signed reply that quotes `text` whole."""
    said = "Bien recu.\n\nLe 20 avril 2017 a 09:30, Ana Castel <ana@halle.example> a ecrit :\n"
    quote = "".join(f"> {line}\n" for line in text.splitlines())
    return sign(
        mail(
            said + quote,
            sender=sender,
            to="ana@halle.example",
            number=number,
            date=date,
            more=f"In-Reply-To: <{parent}>\n",
        ),
        domain=domain,
    )


def scenes() -> Iterator[tuple[str, bytes]]:
    """(name, mail); the name says what the test below expects of it."""
    yield "genuine", sign(mail(TEXT, number="a0@halle.example"))
    # A stranger sends a mail of his own under somebody's Message-ID.
    yield "unattested: words by a stranger's copy", mail(TEXT, number="a1@halle.example")
    yield "stranger 1", sign(mail(TEXT, number="a1@halle.example", sender=EVE), domain=FREEMAIL)
    yield "unattested: figures against a stranger's copy", mail(TEXT, number="a2@halle.example")
    other = TEXT.replace("1 500", "9 500")
    yield "stranger 2", sign(mail(other, number="a2@halle.example", sender=EVE), domain=FREEMAIL)
    own = "Le traiteur demande 2 300 euros pour le buffet du soir, boissons comprises.\n"
    yield "contradicted: genuine copy behind five strangers'", mail(own.replace("2", "7"), number="a3@halle.example")
    yield "genuine 3", sign(mail(own, number="a3@halle.example"))
    for n in range(6):
        yield (
            f"stranger 3{n}",
            sign(mail(f"Tout autre chose {n}.\n", number="a3@halle.example", sender=EVE), domain=FREEMAIL),
        )
    # A genuine mail whose signer leaves Message-ID out is given the one of another mail.
    loose = ("from", "to", "subject", "date")
    renamed = sign(mail(TEXT, number="g0@halle.example", date="Fri, 3 Mar 2017 08:00:00 +0100"), signed=loose)
    yield "unattested: against a genuine mail renamed", mail(own, number="a4@halle.example")
    yield "renamed", swap(renamed, b"<g0@halle.example>", b"<a4@halle.example>")
    yield "contradicted: by such a signer's own copy", mail(own.replace("2", "7"), number="a5@halle.example")
    yield "genuine 5a", sign(mail(own, number="a5@halle.example"), signed=loose)
    # Copies that a lenient comparison takes for the same text.
    for n, (why, old, new) in enumerate(
        (
            ("date moved", "1/12/2017", "11/2/2017"),
            ("link elsewhere", "banque.example/compte", "louche.example/compte"),
            ("link added", "Ana\n", "Ana\n<https://louche.example/payer-9000-euros>\n"),
            ("words of another made one's own", "> Qui paie", "Qui paie"),
            ("question made an answer", "caution ?", "caution."),
            ("end of a long mail", "700 euros", "9 700 euros"),
        )
    ):
        whole = LONG if "long" in why else TEXT
        yield f"genuine 4{n}", sign(mail(whole, number=f"b{n}@halle.example"))
        yield (
            f"not vouched: {why}",
            mail(swap(whole.encode(), old.encode(), new.encode()), number=f"b{n}@halle.example"),
        )
    yield "genuine 5", sign(mail(versions("Verser 1 500 euros"), kind=ALTERNATIVE, number="c0@halle.example"))
    yield "not vouched: other HTML", mail(versions("Verser 9 500 euros"), kind=ALTERNATIVE, number="c0@halle.example")
    signed = multipart(("Content-Type: text/plain", TEXT), attach("a.txt", b"facture 1\n"))
    broken = ("Content-Type: application/pdf; name=b.pdf\nContent-Transfer-Encoding: base64", "====")
    more = multipart(("Content-Type: text/plain", TEXT), attach("a.txt", b"facture 1\n"), broken)
    yield "genuine 6", sign(mail(signed, kind=MIXED, number="c1@halle.example"))
    yield "not vouched: a file more that does not decode", mail(more, kind=MIXED, number="c1@halle.example")
    # Three planted mails turn a line into "boilerplate" of the sender.
    line = "Le solde de 9 000 euros va chez Louche.\n"
    for n in range(3):
        yield f"plant {n}", mail(f"{line}Bonjour {n}\n", number=f"d{n}@halle.example")
    yield "genuine 7", sign(mail(TEXT, number="d9@halle.example"))
    yield (
        "not vouched: a line planted elsewhere",
        mail(TEXT.replace("Moi.\n", f"Moi.\n{line}"), number="d9@halle.example"),
    )
    # The signature of one copy covers the other, but for what it never named.
    bare = swap(mail("Oui.\n\nAna\n", number="e0@halle.example"), b"Subject: Devis de la salle\r\n", b"")
    yield "genuine 8", sign(bare)
    yield "partly: a subject that the signed copy has not", b"Subject: J'accepte 9 000 euros\r\n" + bare
    loose = ("from", "subject", "date", "message-id")
    yield "genuine 9", sign(mail("Non.\n\nAna\n", number="e1@halle.example"), signed=loose)
    yield "limited: another To", mail("Non.\n\nAna\n", number="e1@halle.example", to="eve@poste.example")
    # Replies.
    invented = "J'accepte la somme de 9 000 euros pour la salle et je n'en dirai rien a personne, promis.\n"
    both = f"{EVE}, {FAY}"
    yield "unattested: quoted by one stranger's two accounts", mail(invented, number="f0@halle.example", to=both)
    yield (
        "reply 0",
        quoting(invented, EVE, FREEMAIL, "f1@poste.example", "Thu, 20 Apr 2017 10:30:00 +0200", "f0@halle.example"),
    )
    yield (
        "reply 1",
        quoting(invented, FAY, FREEMAIL, "f2@poste.example", "Thu, 20 Apr 2017 11:30:00 +0200", "f0@halle.example"),
    )
    said = "".join(f"Point {n} du devis pour la salle: {n * 37} euros, chauffage compris.\n" for n in range(1, 30))
    for n, (why, tail) in enumerate(
        (
            ("a sentence more", "Je verse 9 000 euros a Louche.\n"),
            ("a sentence under the dashes", "--\nJe verse 9 000 euros a Louche, en liquide, ce soir, sans recu.\n"),
            ("a sentence as if quoted", "> Je verse 9 000 euros a Louche, en liquide, ce soir, sans recu.\n"),
        )
    ):
        yield f"unattested: {why}", mail(said + tail, number=f"g{n}@halle.example")
        yield (
            f"reply 2{n}",
            quoting(said, BO, RIVAL, f"g{n}@mairie.example", "Thu, 20 Apr 2017 10:30:00 +0200", f"g{n}@halle.example"),
        )
        yield (
            f"reply 3{n}",
            quoting(
                said, CID, FREEMAIL, f"g{n}@poste.example", "Thu, 20 Apr 2017 10:40:00 +0200", f"g{n}@halle.example"
            ),
        )
    yield (
        "corroborated: quoted whole by two who got it",
        mail(said, number="g9@halle.example", to="bo@mairie.example, cid@poste.example"),
    )
    yield (
        "reply 4",
        quoting(said, BO, RIVAL, "g9@mairie.example", "Thu, 20 Apr 2017 10:30:00 +0200", "g9@halle.example"),
    )
    yield (
        "reply 5",
        quoting(said, CID, FREEMAIL, "g9@poste.example", "Thu, 20 Apr 2017 10:40:00 +0200", "g9@halle.example"),
    )
    yield "unattested: misquoted by a stranger", mail(said, number="h0@halle.example")
    wrong = said.replace(": 370 euros", ": 970 euros")
    yield (
        "reply 6",
        quoting(wrong, EVE, FREEMAIL, "h0@poste.example", "Thu, 20 Apr 2017 10:30:00 +0200", "h0@halle.example"),
    )
    yield "questioned: misquoted by who got it", mail(said, number="h1@halle.example", to="bo@mairie.example")
    yield (
        "reply 7",
        quoting(wrong, BO, RIVAL, "h1@mairie.example", "Thu, 20 Apr 2017 10:30:00 +0200", "h1@halle.example"),
    )
    # A stranger's mail carries what he likes.
    inner = mail("Je demissionne.\n", number="i0@halle.example").decode()
    forward = multipart(
        ("Content-Type: text/plain", "Voici."), ("Content-Type: message/rfc822", inner), attach("faux.txt", b"9 000\n")
    )
    yield "carrier", sign(mail(forward, sender=GUS, kind=MIXED, number="i1@louche.example"), domain=ATTACKER)


SCENES = dict(scenes())
LEVELS = {"unattested", "contradicted", "questioned", "corroborated"}


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The export's line of each scene's mail, and of what they carry, by name or by path."""
    folder = tmp_path_factory.mktemp("leak")
    box = b"".join(
        b"From x Thu Jan  1 00:00:00 1970\n" + one.replace(b"\r\n", b"\n") + b"\n" for one in SCENES.values()
    )
    (folder / "box.mbox").write_bytes(box)
    (folder / "keys.txt").write_text(key_file())
    crible(folder, "sift", "box.mbox", "--case", "case", "--keys", "keys.txt", "--jobs", "2")
    exported = [json.loads(line) for line in crible(folder, "export", "--case", "case").splitlines()]
    by_path = {path: line for line in exported for path in line["paths"]}
    named = {name: by_path[f"box.mbox/{number:06}"] for number, name in enumerate(SCENES)}
    return by_path | named


def crible(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "crible", *arguments], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", [name for name in SCENES if name.partition(":")[0] in LEVELS])
def test_levels(lines: dict[str, dict[str, Any]], name: str) -> None:
    assert lines[name]["grade"]["level"] == name.partition(":")[0], said(lines[name])


@pytest.mark.parametrize("name", [name for name in SCENES if name.startswith("not vouched")])
def test_copies_that_differ_are_not_vouched_for(lines: dict[str, dict[str, Any]], name: str) -> None:
    assert lines[name]["grade"]["level"] in ("unattested", "questioned", "contradicted"), said(lines[name])


@pytest.mark.parametrize("name", [name for name in SCENES if name.startswith("genuine")])
def test_genuine_mails_stay_proven(lines: dict[str, dict[str, Any]], name: str) -> None:
    assert lines[name]["grade"]["level"] == "proven", said(lines[name])


def test_a_field_that_the_signed_copy_has_not_is_not_proven(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["partly: a subject that the signed copy has not"]
    assert line["grade"]["level"] == "partly-proven", said(line)


def test_what_the_other_copys_signature_leaves_out_is_named(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["limited: another To"]
    assert line["grade"]["level"] == "proven", said(line)
    assert any("To" in limit for limit in line["grade"]["limits"]), line["grade"]["limits"]


def test_no_family_is_shared_with_a_strangers_mail(lines: dict[str, dict[str, Any]]) -> None:
    ours = lines["unattested: words by a stranger's copy"]
    assert ours["family"] != lines["stranger 1"]["family"]
    assert lines["genuine 9"]["family"] == lines["limited: another To"]["family"]


@pytest.mark.parametrize("path", ["2", "3~faux.txt"])
def test_what_a_stranger_carries_is_said_to_be_his(lines: dict[str, dict[str, Any]], path: str) -> None:
    number = list(SCENES).index("carrier")
    grade = lines[f"box.mbox/{number:06}/{path}"]["grade"]
    assert grade["level"] == "partly-proven"
    assert "louche.example" in grade["content"]
    assert "not shown" in grade["origin"]
    assert "halle" not in grade["content"] + grade["origin"]


def said(line: dict[str, Any]) -> list[str]:
    return [one["message"] for one in line["evidence"]]
