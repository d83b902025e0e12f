"""What a document says reaches files, spreadsheets and terminals as text, never as an order."""

import csv
import json
import re
import subprocess
import sys

import pytest
from attack_forge import mail

STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
ESCAPES = "=?utf-8?q?=1B]0;x=07=C2=9B2J=E2=80=AE=E2=80=A8_=3Dcmd|'/C_calc'!A0?="
NAME = "utf-8''..%2F..%2F%1b%5b2J%0a%e2%80%ae%3dcmd.txt"


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("outputs")
    leak = folder / "leak"
    leak.mkdir()
    body = f"--b\n\n\x1b[2J\x9b2J corps\n--b\nContent-Disposition: attachment; filename*={NAME}\n\nX\n--b--\n"
    hostile = mail(
        body, sender=f"{ESCAPES} <a@halle.example>", to=f"{ESCAPES} <b@mairie.example>", subject=ESCAPES,
        number="\x1b[2J\x9b@x", kind='multipart/mixed; boundary="b"',
    )  # fmt: skip
    (leak / "mail.eml").write_bytes(hostile)
    for name in (
        b"new\nline.txt",
        b"\xe2\x80\xaetxt.exe",
        b"\xff\x1b[2J.txt",
        b"=cmd.txt",
        b"\xc2\x9b2J.txt",
        b"n" * 251 + b".txt",
    ):
        (folder / "leak" / name.decode("utf-8", "surrogateescape")).write_bytes(b"contenu " + name)

    def crible(*arguments: str) -> str:
        done = subprocess.run([sys.executable, "-m", "crible", *arguments], cwd=folder, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    crible("sift", "leak", "--case", "case")
    exported = crible("export", "--case", "case")
    ids = [json.loads(line)["id"] for line in exported.splitlines()]
    return {
        "jsonl": exported,
        "csv": crible("export", "--case", "case", "--format", "csv"),
        "find": crible("find", "contenu", "--case", "case") + crible("find", "corps", "--case", "case"),
        "json": crible("find", "corps", "--case", "case", "--json"),
        "show": "".join(crible("show", id_, "--case", "case") for id_ in ids),
        "weigh": crible("weigh", "leak/mail.eml"),
        "ledger": crible("ledger", "--case", "case"),
    }


@pytest.mark.parametrize("output", ["jsonl", "csv", "find", "json", "show", "weigh", "ledger"])
def test_nothing_steers_the_terminal(outputs: dict[str, str], output: str) -> None:
    assert set(STEERING.findall(outputs[output].replace("\r\n", "\n"))) == set()


def test_the_export_still_says_what_the_document_says(outputs: dict[str, str]) -> None:
    lines = [json.loads(line) for line in outputs["jsonl"].split("\n") if line]
    subject = next(line["subject"] for line in lines if line["kind"] == "mail")
    assert subject == "\x1b]0;x\x07\x9b2J\u202e\u2028 =cmd|'/C calc'!A0"


def test_no_cell_is_a_formula(outputs: dict[str, str]) -> None:
    cells = [cell for row in csv.reader(outputs["csv"].splitlines(keepends=True)) for cell in row]
    assert any("=cmd" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip("\ufffd \n")[:1] in tuple("=+-@＝＋－＠")]


def test_no_path_leaves_its_place(outputs: dict[str, str]) -> None:
    paths = [path for line in outputs["jsonl"].split("\n") if line for path in json.loads(line)["paths"]]
    assert len(paths) == 8
    assert not [path for path in paths if {"", ".", ".."} & set(path.split("/"))]
