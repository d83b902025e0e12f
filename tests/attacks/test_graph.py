"""Attacks by way of quotes, forwards and threads: what others say of a mail is worth no more than who says it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import dkim
import pytest
from attack_forge import ATTACKER, FREEMAIL, RIVAL, SIGNED, field, key_file, mail, sign

ANA, BO, CID = "Ana Castel <ana@halle.example>", "Bo Lind <bo@mairie.example>", "Cid <cid@poste.example>"
GUS = "Gus <gus@louche.example>"
TEXT = "".join(f"Le lot {n} du marche de la salle revient a {n * 113} euros, pose comprise.\n" for n in range(3, 15))
CHANGED = TEXT.replace("revient a 565 euros", "revient a 965 euros")
assert CHANGED != TEXT
BOTH = "bo@mairie.example, cid@poste.example"
HOUR = "Thu, 20 Apr 2017 {:02}:{:02}:00 +0200"


def at(minute: int, hour: int = 9) -> str:
    return HOUR.format(hour, minute)


def answering(
    text: str, *, parent: str, minute: int = 30, who: str = "Ana Castel <ana@halle.example>", more: str = ""
) -> dict[str, str]:
    """Body and identifiers of an answer that quotes `text` as Ana's of 9:`minute`."""
    quote = "".join(f"> {line}\n" for line in text.splitlines())
    said = f"D'accord.\n\nLe jeu. 20 avr. 2017 à 09:{minute:02}, {who} a écrit :\n{quote}\nA demain.\n"
    return {"text": said, "more": f"In-Reply-To: <{parent}>\n{more}", "subject": "Re: Devis de la salle"}


def passing_on(text: str, *, minute: int, sender: str = ANA, subject: str = "Devis de la salle") -> dict[str, str]:
    """Body and subject of an inline forward, as Gmail writes it."""
    head = (
        f"Pour info.\n\n---------- Message transféré ---------\nDe : {sender}\n"
        f"Date: jeu. 20 avr. 2017 à 09:{minute:02}\nSubject: {subject}\nTo: <bo@mairie.example>\n\n"
    )
    return {"text": f"{head}\n{text}\n", "subject": f"Fwd: {subject}"}


def sign_then(message: bytes, minute: int, *, signed: tuple[str, ...] = SIGNED) -> bytes:
    """Signed by Bo's domain at that minute of 20 April: dkimpy writes the clock's t=."""
    with patch.object(dkim.time, "time", return_value=1492671600 + 60 * minute):
        return sign(message, domain=RIVAL, signed=signed)


def scenes() -> Iterator[tuple[str, bytes]]:
    """(name, mail); a name begins with the level that is expected."""
    # a forged answer: no signature, its quote made up, against the mail that Ana signed
    yield "proven 0", sign(mail(TEXT, to=BOTH, number="a0@halle.example", date=at(0)))
    yield (
        "questioned: an unsigned answer that misquotes",
        mail(
            sender=BO,
            to="ana@halle.example",
            number="a1@mairie.example",
            date=at(5, 10),
            **answering(CHANGED, parent="a0@halle.example", minute=0),
        ),
    )
    yield (
        "unattested: an unsigned answer that quotes as it is",
        mail(
            sender=CID,
            to="ana@halle.example",
            number="a2@poste.example",
            date=at(6, 10),
            **answering(TEXT, parent="a0@halle.example", minute=0),
        ),
    )
    # the same, under a signature of somebody else's: the forger's, say
    yield (
        "partly-proven: an answer that misquotes, signed by a stranger",
        sign(
            mail(
                sender=BO,
                to="ana@halle.example",
                number="a4@mairie.example",
                date=at(8, 10),
                **answering(CHANGED, parent="a0@halle.example", minute=0),
            ),
            domain=ATTACKER,
        ),
    )
    # the same misquote, sent so: its writer's, and proven to be
    yield (
        "proven: a signed answer that misquotes",
        sign(
            mail(
                sender=BO,
                to="ana@halle.example",
                number="a3@mairie.example",
                date=at(7, 10),
                **answering(CHANGED, parent="a0@halle.example", minute=0),
            ),
            domain=RIVAL,
        ),
    )
    # a stranger repeats the Message-ID that an answer names, in a mail that his own domain signs
    yield (
        "unattested: an answer whose parent a stranger signed anew",
        mail(
            sender=BO,
            to=ANA,
            number="b1@mairie.example",
            date=at(5, 11),
            **answering(TEXT, parent="b0@halle.example", minute=1),
        ),
    )
    yield "proven 1", sign(mail(CHANGED, sender=GUS, to=BOTH, number="b0@halle.example", date=at(1)), domain=ATTACKER)
    # the same, the answer naming nobody by address and going to him too: weak
    yield (
        "unattested: an answer to a stranger among others",
        mail(
            sender=BO,
            to=f"ana@halle.example, {GUS}",
            number="b3@mairie.example",
            date=at(6, 11),
            **answering(TEXT, parent="b2@halle.example", minute=2, who="Ana Castel"),
        ),
    )
    yield "proven 2", sign(mail(CHANGED, sender=GUS, to=BOTH, number="b2@halle.example", date=at(2)), domain=ATTACKER)
    # a ring of answers that quote each other, none of them signed
    for n in range(3):
        yield (
            f"unattested: ring {n}",
            mail(
                sender=ANA,
                to=BOTH,
                number=f"c{n}@halle.example",
                date=at(10 + n),
                **answering(TEXT, parent=f"c{(n + 1) % 3}@halle.example", minute=10 + (n + 1) % 3),
            ),
        )
    # passed on with another amount, in a mail that nobody signed; Ana's original is proven
    yield (
        "proven 3",
        sign(mail(TEXT, to="bo@mairie.example", number="d0@halle.example", date=at(20), subject="Lots de la salle")),
    )
    yield (
        "questioned: a forward with another amount",
        mail(
            sender=BO,
            to="cid@poste.example",
            number="d1@mairie.example",
            date=at(5, 12),
            **passing_on(CHANGED, minute=20, subject="Lots de la salle"),
        ),
    )
    yield (
        "unattested: a forward as it was",
        mail(
            sender=BO,
            to="cid@poste.example",
            number="d2@mairie.example",
            date=at(6, 12),
            **passing_on(TEXT, minute=20, subject="Lots de la salle"),
        ),
    )
    # two mails of one key holder, one that answers and one that passes on, are one voice; another's makes two
    yield (
        "unattested: answered and passed on by one",
        mail(TEXT, to="bo@mairie.example", number="e0@halle.example", date=at(30), subject="Lots un"),
    )
    yield (
        "proven 4",
        sign(
            mail(
                sender=BO,
                to="ana@halle.example",
                number="e1@mairie.example",
                date=at(1, 13),
                **answering(TEXT, parent="e0@halle.example", minute=30),
            ),
            domain=RIVAL,
        ),
    )
    yield (
        "proven 5",
        sign(
            mail(
                sender=BO,
                to="cid@poste.example",
                number="e2@mairie.example",
                date=at(2, 13),
                **passing_on(TEXT, minute=30, subject="Lots un"),
            ),
            domain=RIVAL,
        ),
    )
    yield (
        "corroborated: passed on by two who had it",
        mail(TEXT, to=BOTH, number="e5@halle.example", date=at(31), subject="Lots deux"),
    )
    yield (
        "proven 6",
        sign(
            mail(
                sender=BO,
                to="cid@poste.example",
                number="e6@mairie.example",
                date=at(3, 13),
                **passing_on(TEXT, minute=31, subject="Lots deux"),
            ),
            domain=RIVAL,
        ),
    )
    yield (
        "proven 7",
        sign(
            mail(
                sender=CID,
                to="bo@mairie.example",
                number="e7@poste.example",
                date=at(4, 13),
                **passing_on(TEXT, minute=31, subject="Lots deux"),
            ),
            domain=FREEMAIL,
        ),
    )
    # one forger signs a copy of his invention and an answer to it, as others and in his own name
    yield "unattested: copied and answered by one forger", mail(TEXT, to=BOTH, number="l0@halle.example", date=at(43))
    yield (
        "partly-proven: the copy",
        sign(mail(TEXT, to=BOTH, number="l0@halle.example", date=at(43), more="X-Copy: 1\n"), domain=ATTACKER),
    )
    yield (
        "partly-proven: the answer",
        sign(
            mail(
                sender=BO,
                to="ana@halle.example",
                number="l1@mairie.example",
                date=at(9, 13),
                **answering(TEXT, parent="l0@halle.example", minute=43),
            ),
            domain=ATTACKER,
        ),
    )
    # strangers pass on what they never had
    yield (
        "unattested: passed on by strangers",
        mail(TEXT, to="zoe@halle.example", number="e8@halle.example", date=at(32), subject="Lots trois"),
    )
    yield (
        "proven 8",
        sign(
            mail(
                sender=CID,
                to="gus@louche.example",
                number="e9@poste.example",
                date=at(5, 13),
                **passing_on(TEXT, minute=32, subject="Lots trois"),
            ),
            domain=FREEMAIL,
        ),
    )
    yield (
        "proven 9",
        sign(
            mail(
                sender=GUS,
                to="cid@poste.example",
                number="e10@louche.example",
                date=at(6, 13),
                **passing_on(TEXT, minute=32, subject="Lots trois"),
            ),
            domain=ATTACKER,
        ),
    )
    # a stranger passes on a mail with another amount: his word against the file is weak
    yield (
        "unattested: passed on otherwise by a stranger",
        mail(TEXT, to="zoe@halle.example", number="f0@halle.example", date=at(33), subject="Lots quatre"),
    )
    yield (
        "proven 10",
        sign(
            mail(
                sender=GUS,
                to="cid@poste.example",
                number="f1@louche.example",
                date=at(7, 13),
                **passing_on(CHANGED, minute=33, subject="Lots quatre"),
            ),
            domain=ATTACKER,
        ),
    )
    # two mails of one minute to two people: who answers one does not misquote the other
    yield "unattested: twin invitation", mail(CHANGED, to="cid@poste.example", number="g1@halle.example", date=at(34))
    yield (
        "proven 11",
        sign(mail(TEXT, to="bo@mairie.example", number="g0@halle.example", date=at(34), subject="Votre devis")),
    )
    yield (
        "proven 12",
        sign(
            mail(
                sender=BO,
                to="ana@halle.example",
                number="g2@mairie.example",
                date=at(8, 13),
                **answering(TEXT, parent="g0@halle.example", minute=34),
            ),
            domain=RIVAL,
        ),
    )
    # an invented mail hung between two that are proven
    yield (
        "proven 13",
        sign_then(
            mail("Quand vient-on ?\n", sender=BO, to="ana@halle.example", number="h0@mairie.example", date=at(35)), 35
        ),
    )
    yield (
        "unattested: an invented mail between",
        mail(
            "J'accepte 9 000 euros.\n",
            to="bo@mairie.example",
            number="h1@halle.example",
            date=at(36),
            more="In-Reply-To: <h0@mairie.example>\n",
        ),
    )
    answer = {"sender": BO, "to": "ana@halle.example", "more": "In-Reply-To: <h1@halle.example>\n"}
    last = mail("Bien recu, merci.\n", number="h2@mairie.example", date=at(37), **answer)
    yield "proven 14", sign_then(last, 37, signed=(*SIGNED, "in-reply-to"))
    # the same, hung on an answer whose In-Reply-To no signature covers: anybody may have put it there
    yield (
        "unattested: hung on an unsigned field",
        mail(
            "J'accepte 8 000 euros.\n",
            to="bo@mairie.example",
            number="h4@halle.example",
            date=at(38),
            more="In-Reply-To: <h0@mairie.example>\n",
        ),
    )
    loose = mail("Entendu.\n", sender=BO, to="ana@halle.example", number="h5@mairie.example", date=at(39))
    yield "proven 14b", field(b"In-Reply-To", b": <h4@halle.example>", sign_then(loose, 39))
    # the same mail sent twice over one minute, an amount changed in the unsigned one; and an innocent series
    yield (
        "proven 15",
        sign(mail(TEXT, to="bo@mairie.example", number="i0@halle.example", date=at(40), subject="Dernier prix")),
    )
    yield (
        "questioned: a near copy of one minute",
        mail(CHANGED, to="bo@mairie.example", number="i1@halle.example", date=at(40), subject="Dernier prix"),
    )
    for n in range(4):
        one = mail(
            TEXT.replace("565", f"5{n}5"),
            to="bo@mairie.example",
            number=f"j{n}@halle.example",
            date=at(41),
            subject="Facture",
        )
        yield (f"proven 16{n}", sign(one)) if n == 0 else (f"unattested: invoice {n}", one)
    yield "proven 17", sign(mail(TEXT, to="bo@mairie.example", number="k0@halle.example", date=at(42), subject="Prix"))
    yield (
        "unattested: corrected an hour later",
        mail(CHANGED, to="bo@mairie.example", number="k1@halle.example", date=at(42, 10), subject="Prix"),
    )


SCENES = dict(scenes())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the box lies, and the case that was made of it."""
    folder = tmp_path_factory.mktemp("graph")
    box = b"".join(
        b"From x Thu Jan  1 00:00:00 1970\n" + one.replace(b"\r\n", b"\n") + b"\n" for one in SCENES.values()
    )
    (folder / "box.mbox").write_bytes(box)
    (folder / "keys.txt").write_text(key_file())
    crible(folder, "sift", "box.mbox", "--case", "case", "--keys", "keys.txt", "--jobs", "2")
    return folder


@pytest.fixture(scope="module")
def lines(folder: Path) -> dict[str, dict[str, Any]]:
    """The export's line of each scene's mail."""
    exported = [json.loads(line) for line in crible(folder, "export", "--case", "case").splitlines()]
    by_path = {path: line for line in exported for path in line["paths"]}
    return {name: by_path[f"box.mbox/{number:06}"] for number, name in enumerate(SCENES)}


def crible(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "crible", *arguments], cwd=folder, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


GRAPH = {"mail.quoted-in-reply", "mail.forwarded", "mail.quotes-original", "mail.near-copy", "mail.thread-neighbours"}


def said(line: dict[str, Any]) -> list[tuple[str, str]]:
    """What the checks over quotes, forwards and threads say."""
    return [(one["message"], one["strength"]) for one in line["evidence"] if one["check"] in GRAPH]


@pytest.mark.parametrize("name", SCENES)
def test_levels(lines: dict[str, dict[str, Any]], name: str) -> None:
    assert lines[name]["grade"]["level"] == name.partition(":")[0].partition(" ")[0], said(lines[name])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("questioned: an unsigned answer that misquotes", ("quotes-otherwise", "moderate")),
        ("partly-proven: an answer that misquotes, signed by a stranger", ("quotes-otherwise", "moderate")),
        ("unattested: an answer to a stranger among others", ("quotes-otherwise", "weak")),
        ("questioned: a forward with another amount", ("quotes-otherwise", "moderate")),
        ("corroborated: passed on by two who had it", ("forwarded-exactly", "moderate")),
        ("unattested: passed on by strangers", ("forwarded-exactly", "weak")),
        ("unattested: passed on otherwise by a stranger", ("forwarded-otherwise", "weak")),
        ("unattested: an invented mail between", ("between-proven", "weak")),
        ("questioned: a near copy of one minute", ("near-copy", "moderate")),
        ("unattested: corrected an hour later", ("near-copy", "weak")),
    ],
)
def test_why(lines: dict[str, dict[str, Any]], name: str, message: tuple[str, str]) -> None:
    assert message in said(lines[name])


def test_one_forgers_copy_and_answer_are_seen_and_count_once(lines: dict[str, dict[str, Any]]) -> None:
    line = lines["unattested: copied and answered by one forger"]
    assert {one["message"] for one in line["evidence"]} >= {"copy-same-text-handled", "quoted-exactly-handled"}


@pytest.mark.parametrize(
    "name",
    ["unattested: an answer whose parent a stranger signed anew", "unattested: an unsigned answer that quotes as it is",
     "unattested: twin invitation", "unattested: hung on an unsigned field",
     *(f"unattested: ring {n}" for n in range(3)),
     *(f"unattested: invoice {n}" for n in (1, 2, 3))],
)  # fmt: skip
def test_nothing_is_said(lines: dict[str, dict[str, Any]], name: str) -> None:
    assert said(lines[name]) == []


def test_spans_are_the_bytes_that_were_passed_on(lines: dict[str, dict[str, Any]]) -> None:
    name = "corroborated: passed on by two who had it"
    stored = SCENES[name].replace(b"\r\n", b"\n")
    assert lines[name]["grade"]["spans"] == []
    spans = [span for one in lines[name]["evidence"] for span in one["spans"]]
    assert {span["by"] for span in spans} == {RIVAL, FREEMAIL}
    assert {stored[span["start"] : span["end"]] for span in spans} == {TEXT.strip().encode()}


def test_what_an_intruder_may_have_signed_speaks_for_nothing_and_against_nothing(
    lines: dict[str, dict[str, Any]], folder: Path, tmp_path: Path
) -> None:
    """Bo's box was in other hands: his word is gone, the others' stands."""
    shutil.copytree(folder / "case", tmp_path / "case")
    settings = tmp_path / "case" / "case.toml"
    text = settings.read_text().replace('since = ""', 'since = "2017-04-20T00:00:00+02:00"')
    settings.write_text(text.replace("boxes = []", 'boxes = ["bo@mairie.example"]'))
    crible(tmp_path, "sift", "--case", "case")
    after = {line["id"]: line for line in map(json.loads, crible(tmp_path, "export", "--case", "case").splitlines())}
    levels = {name: after[line["id"]]["grade"]["level"] for name, line in lines.items()}
    assert levels["corroborated: passed on by two who had it"] == "unattested"
    assert levels["questioned: an unsigned answer that misquotes"] == "questioned"
    assert levels["questioned: a forward with another amount"] == "questioned"
    assert said(after[lines["unattested: an invented mail between"]["id"]]) == []
