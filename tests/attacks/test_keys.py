"""Keys that an attacker brings: what rests on them says so, or is not vouched for at all."""

from dataclasses import replace
from pathlib import Path

import pytest
from attack_forge import ATTACKER, VICTIM, key, mail, sign

from crible.model.grade import Level
from crible.proof.keyring import Key, KeyRing, parse_record
from crible.sift.one import weigh_files

SHARED = "20150623.gappssmtp.com"
MINE = ("user:mine.txt",)
SIGNED = sign(mail("9 000 euros.\n"))


def known(domain: str, whose: str, **changes: object) -> Key:
    return replace(parse_record(domain, "s1", key(whose)[1]), **changes)


@pytest.mark.parametrize(
    ("ring", "level", "badges"),
    [
        ([known(VICTIM, VICTIM, sources=MINE), known(VICTIM, ATTACKER)], "unattested", {"two-keys"}),
        ([known(VICTIM, VICTIM, sources=("a", "b")), known(VICTIM, ATTACKER)], "proven", {"two-keys"}),
        ([known(VICTIM, VICTIM, anchored=False)], "unattested", {"unknown-signer"}),
        ([known(VICTIM, VICTIM, private_published=True)], "unattested", {"published-key"}),
        ([known(VICTIM, VICTIM), known(VICTIM, VICTIM, private_published=True)], "unattested", {"published-key"}),
        ([known(VICTIM, VICTIM, hashes=frozenset({"sha1"}))], "unattested", set()),
        ([known(VICTIM, VICTIM, mail=False)], "unattested", set()),
        ([known(VICTIM, ATTACKER)], "unattested", set()),
        ([known("mairie.example", VICTIM)], "unattested", set()),
    ],
    ids=["user's against another", "twice known", "recovered", "published", "published elsewhere", "other hash",
         "not for mail", "another key", "another domain"],
)  # fmt: skip
def test_what_a_key_is_worth(tmp_path: Path, ring: list[Key], level: str, badges: set[str]) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(SIGNED)
    (answer,) = weigh_files([path], KeyRing(keys=ring))
    assert answer.grade is not None
    assert answer.grade.level is Level(level)
    assert badges <= set(answer.grade.badges)


@pytest.mark.parametrize("sender", ["ana@halle.example", f"ana@halle-example.{SHARED}"])
def test_a_shared_key_establishes_no_sender(tmp_path: Path, sender: str) -> None:
    """`a-b.example` and `a.b.example` are one name there: what it signs was handled, whoever sent it."""
    domain = f"halle-example.{SHARED}"
    ring = KeyRing(keys=[parse_record(f"*.{SHARED}", "s1", key(domain)[1])])
    ring = KeyRing(keys=[replace(one, pattern=f"*.{SHARED}") for one in ring])
    path = tmp_path / "mail.eml"
    path.write_bytes(sign(mail("9 000 euros.\n", sender=sender), domain=domain))
    (answer,) = weigh_files([path], ring)
    assert answer.grade is not None
    assert answer.grade.level is Level.PARTLY_PROVEN
    assert answer.grade.content.message == "content-handled"
