"""Somebody in the box: what he sends later, its Date typed back, neither vouches for a mail nor questions one."""

import json
import subprocess
import sys
from pathlib import Path

from attack_forge import key_file, mail, sign_undated

BEFORE = "Mon, 10 Apr 2017 09:30:00 +0200"
THEN = "Received: from relay by mx.mairie.example; Wed, 26 Apr 2017 09:30:05 +0200\n"


def crible(folder: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, "-m", "crible", *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_date_typed_back_does_not_hide_when_the_mail_came(tmp_path: Path) -> None:
    text = "J'accepte le marche pour 1 500 euros, sous reserve de l'accord du conseil.\n"
    leak = tmp_path / "leak"
    leak.mkdir()
    (leak / "genuine.eml").write_bytes(mail(text, number="1@halle.example", date=BEFORE))
    typed = mail(text.replace("1 500", "9 500"), number="1@halle.example", date=BEFORE, more=THEN)
    (leak / "intruder.eml").write_bytes(sign_undated(typed))
    (leak / "before.eml").write_bytes(sign_undated(mail(text, number="2@halle.example", date=BEFORE)))
    (tmp_path / "keys.txt").write_text(key_file())
    crible(tmp_path, "sift", "leak", "--case", "case", "--keys", "keys.txt")
    assert levels(tmp_path) == {"before": "proven", "genuine": "contradicted", "intruder": "proven"}
    settings = tmp_path / "case" / "case.toml"
    settings.write_text(settings.read_text().replace('since = ""', 'since = "2017-04-24"'))
    crible(tmp_path, "sift", "--case", "case")
    assert levels(tmp_path) == {"before": "proven", "genuine": "unattested", "intruder": "proven"}
    badges = {line["paths"][0]: line["grade"]["badges"] for line in exported(tmp_path)}
    assert "other-hands" in badges["leak/intruder.eml"]
    assert "other-hands" not in badges["leak/before.eml"]


def exported(folder: Path) -> list[dict]:
    return [json.loads(line) for line in crible(folder, "export", "--case", "case").splitlines()]


def levels(folder: Path) -> dict[str, str]:
    return {Path(line["paths"][0]).stem: line["grade"]["level"] for line in exported(folder)}
