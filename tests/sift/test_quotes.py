"""What replies vouch for, through the whole program: all of a mail that they quote whole, nothing of the rest."""

import json
from pathlib import Path

import pytest

TEXT = "".join(
    f"Le poste {n} du budget de la salle est de {n * 137} euros, accord de la tresorerie.\n" for n in range(20)
)
QUOTED = "".join(f"> {line}\n" for line in TEXT.splitlines())


def mail(serial: int, writer: str, text: str, answers: int | None = None) -> bytes:
    answered = f"In-Reply-To: <{answers}@valette.example>\n" if answers is not None else ""
    return (
        f"From: {writer} <{writer}@valette.example>\nTo: elsa@horizon.example\nSubject: Budget\n{answered}"
        f"Date: Tue, 14 Mar 2017 09:{serial:02}:00 +0100\nMessage-ID: <{serial}@valette.example>\n"
        f"Content-Type: text/plain; charset=us-ascii\n\n{text}"
    ).encode()


@pytest.mark.parametrize(
    ("writers", "quote", "level"),
    [
        (("ada", "bo"), QUOTED, "unattested"),
        (("ada", "bo"), "".join(QUOTED.splitlines(keepends=True)[:2]), "unattested"),
        (("ada", "ada"), QUOTED, "unattested"),
    ],
    ids=["two writers under one key, whole", "two writers, two lines", "one writer twice"],
)
def test_signed_replies_corroborate_what_they_quote(crible, signer, tmp_path, writers, quote, level) -> None:
    leak: Path = tmp_path / "leak"
    leak.mkdir()
    (leak / "0.eml").write_bytes(mail(0, "directrice", TEXT))
    for serial, writer in enumerate(writers, 1):
        reply = mail(serial, writer, f"On 14 March 2017 at 09:00, directrice wrote:\n{quote}\nAccord.\n", answers=0)
        (leak / f"{serial}.eml").write_bytes(signer.sign(reply))
    crible("sift", leak, "--case", tmp_path / "case", "--keys", signer.key_file(tmp_path / "keys.txt"))
    lines = [json.loads(line) for line in crible("export", "--case", tmp_path / "case").stdout.splitlines()]
    levels = {line["paths"][0].rpartition("/")[2]: line["grade"]["level"] for line in lines}
    assert levels == {"0.eml": level, "1.eml": "proven", "2.eml": "proven"}
