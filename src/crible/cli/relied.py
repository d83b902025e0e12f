"""The user's own certificates and OpenPGP keys, as `crible keys list` shows them beside the keys of domains."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from crible.cli.context import say

if TYPE_CHECKING:
    from crible.proof.enclosed import Trust

SENTENCES = {"certificate": "relied-certificate", "openpgp": "relied-openpgp"}


def relied_lines(trust: "Trust") -> Iterator[str]:
    """One line each: what it is, whose, and the file it came in."""
    for row in relied_rows(trust):
        yield say(SENTENCES[str(row["kind"])], name=str(row["name"]), file=str(row["file"]), id=str(row["id"]))


def relied_rows(trust: "Trust") -> list[dict[str, object]]:
    """The same for JSON: `kind` is `certificate` or `openpgp`."""
    from cryptography.hazmat.primitives.hashes import SHA256

    certificates: list[dict[str, object]] = [
        {
            "kind": "certificate",
            "id": root.certificate.fingerprint(SHA256()).hex(),
            "name": root.certificate.subject.rfc4514_string(),
            "file": root.source,
        }
        for root in trust.roots
    ]
    keys: list[dict[str, object]] = [
        {"kind": "openpgp", "id": key.fingerprint, "name": ", ".join(sorted(key.addresses)), "file": key.source}
        for key in trust.keys
    ]
    return [*certificates, *keys]
