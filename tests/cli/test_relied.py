"""Certificates and OpenPGP keys among the keys of a case."""

import json

from pgp_signer import ed
from smime_signer import identity


def test_they_are_listed_after_the_keys_of_domains(crible, demo_case, tmp_path):
    root, owner, case = identity("Racine d’essai", ca=True), ed(), tmp_path / "small"
    crible("sift", demo_case / "leak" / "pieces" / "notes", "--case", case)
    (tmp_path / "racine.pem").write_bytes(root.pem)
    (tmp_path / "ana.asc").write_bytes(owner.public())
    crible("keys", "add", tmp_path / "racine.pem", tmp_path / "ana.asc", "--case", case)
    *_, first, second = crible("keys", "list", "--case", case).stdout.splitlines()
    assert "Racine d’essai" in first
    assert first.endswith("racine.pem")
    assert second.startswith("ana@press.example")
    assert second.endswith("ana.asc")
    rows = json.loads(crible("keys", "list", "--case", case, "--json").stdout)["relied_on"]
    assert [(row["kind"], row["file"]) for row in rows] == [("certificate", "racine.pem"), ("openpgp", "ana.asc")]
    assert rows[1]["id"] == owner.fingerprint.hex()
