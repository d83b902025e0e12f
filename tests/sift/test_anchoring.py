"""Anchors: an ARC sealer's word, the newsroom's own server's, DNS; and what looks like one and is none."""

import base64
import json
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from key_holder import Holder
from leak_maker import mbox

sys.path.insert(0, str(Path(__file__).parents[1] / "proof" / "arc"))
from arc_sealer import add_set

from crible.model.errors import InputError
from crible.sift import found, keys
from crible.sift.own_mailbox import Told, witness
from crible.sift.recover import catch_up, recover, sought
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Weighing

LOST = Holder("valette.example")
RIVAL = Holder("valette.example", seed=2)
SERVER = "mx.redaction.example"


class Sealer:
    """A provider that checks DKIM and seals what it saw; its sets are those of the ARC tests."""

    def __init__(self, domain: str = "google.com", *, covers_signature: bool = True) -> None:
        self.domain, self._key = domain, rsa.generate_private_key(65537, 2048)
        self._pem = self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
        )
        self._covers = ["dkim-signature"] * covers_signature

    def sealed(self, message: bytes, *, result: str = "pass", b: str | None = None) -> bytes:
        """The mail with an ARC set of this sealer on top, whose results speak of its topmost signature."""
        quoted = b or signature_of(message)[:8]
        said = f"dkim={result} header.i=@valette.example header.s=s1 header.b={quoted}"
        signed = ("from", "to", "subject", "date", "message-id", *self._covers)
        crlf = message.replace(b"\n", b"\r\n")
        made = add_set(crlf, self._pem, domain=self.domain, selector="arc-1", said=said, signed=signed)
        return made.replace(b"\r\n", b"\n")

    def key_line(self) -> str:
        """A line of a key file."""
        public = self._key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return f"arc-1._domainkey.{self.domain} TXT v=DKIM1; p={base64.b64encode(public).decode()}\n"


def signature_of(message: bytes) -> str:
    """b= of the topmost DKIM-Signature, without its folding."""
    field = message.partition(b"DKIM-Signature:")[2].partition(b"\nFrom:")[0]
    return "".join(field.rpartition(b"b=")[2].decode().split())


@pytest.fixture(scope="module")
def google() -> Sealer:
    return Sealer()


def levels(case: Case) -> set[str]:
    with case.facts():
        return set(Weighing.objects.filter(document__reading__kind="mail").values_list("level", flat=True))


def again(case: Case) -> Case:
    sift(Case.open(case.folder), [], Options(jobs=1), Watch())
    return Case.open(case.folder)


def recovered(case: Case) -> Case:
    """The case with its lost keys recovered, and weighed again."""
    catch_up(case)
    with case.facts():
        wanted = sought(case, (), 9)
    assert all(one.key for one in recover(case, wanted, lambda _: lambda _s, _of: None, exponents=(3,)))
    return again(case)


def anchors(case: Case) -> list[tuple[str, ...]]:
    return [key.sources for key in keys.ring(case) if key.recovered and key.anchored]


def test_a_seal_that_names_the_very_signature_anchors_the_key(tmp_path: Path, sifted, google: Sealer) -> None:
    mails = LOST.mails(6)
    mbox(tmp_path / "a.mbox", [*mails[:5], google.sealed(mails[5])])
    (tmp_path / "keys.txt").write_text(google.key_line())
    case = sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(tmp_path / "keys.txt",))
    assert "proven" not in levels(case)
    case = recovered(case)
    assert anchors(case) == [("arc:google.com",)]
    assert levels(case) == {"proven"}
    (path,) = [path for path in found.files(case) if path.name == "arc.jsonl"]
    before = path.read_bytes()
    assert again(case)
    assert path.read_bytes() == before
    (case.folder / "keys" / "keys.txt").unlink()
    case = again(case)
    assert anchors(case) == [], "an anchor goes with the key that it rests on"
    assert levels(case) == {"unattested"}


def test_it_makes_no_difference_when_the_key_of_the_seal_comes(tmp_path: Path, sifted, google: Sealer) -> None:
    mails = LOST.mails(6)
    mbox(tmp_path / "a.mbox", [*mails[:5], google.sealed(mails[5])])
    case = recovered(sifted(tmp_path / "case", tmp_path / "a.mbox"))
    assert anchors(case) == []
    (tmp_path / "keys.txt").write_text(google.key_line())
    keys.keep(case, tmp_path / "keys.txt")
    assert levels(again(case)) == {"proven"}


def test_seals_that_anchor_nothing(tmp_path: Path, sifted, google: Sealer) -> None:
    """All in one case; whichever anchored the key would be named in its sources."""
    mails = LOST.mails(11)
    stranger = Sealer("ferrand.example")
    bad = [
        google.sealed(mails[6], result="fail"),
        google.sealed(mails[7], b=signature_of(mails[0])[:8]),
        google.sealed(mails[8]).replace(b"; dkim=pass", b"; spf=none; dkim=pass"),
        google.sealed(mails[9]).replace(mails[9], RIVAL.mails(1, 90)[0]),
        stranger.sealed(mails[10]),
    ]
    mbox(tmp_path / "a.mbox", [*mails[:6], *bad])
    (tmp_path / "keys.txt").write_text(google.key_line() + stranger.key_line())
    case = recovered(sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(tmp_path / "keys.txt",)))
    assert anchors(case) == []
    assert "proven" not in levels(case)


def test_a_set_that_is_not_bound_to_its_mail_counts_from_the_second_mail_on(tmp_path: Path, sifted) -> None:
    """A seal covers sets, not mails: unless its message signature covers DKIM-Signature a set can be moved."""
    loose = Sealer(covers_signature=False)
    (tmp_path / "keys.txt").write_text(loose.key_line())
    mails = LOST.mails(7)
    mbox(tmp_path / "a.mbox", [*mails[:5], loose.sealed(mails[5])])
    case = recovered(sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(tmp_path / "keys.txt",)))
    assert anchors(case) == []
    sift(case, [mbox(tmp_path / "b.mbox", [loose.sealed(mails[6])])], Options(jobs=1), Watch())
    assert anchors(case) == [("arc:google.com",)]


def test_a_seal_under_a_recovered_key_anchors_nothing(tmp_path: Path, sifted) -> None:
    """Nor where that key is anchored itself: one anchor must not lead to the next."""
    sealer = Holder("google.com", "arc-1", seed=7)
    sealing = Sealer()
    mails = LOST.mails(6)
    mbox(tmp_path / "a.mbox", [*mails[:5], sealing.sealed(mails[5])])
    case = recovered(sifted(tmp_path / "case", tmp_path / "a.mbox"))
    row = json.loads((found.files(case)[0]).read_text())
    public = sealing.key_line().partition("TXT ")[2].strip()
    anchored = row | {"domain": sealer.domain, "selector": "arc-1", "record": public, "anchored": True}
    found.keep(case, "own-mailbox-0.jsonl", [anchored | {"sources": ["own-mailbox:mx.redaction.example"]}])
    case = again(case)
    assert anchors(case) == [("own-mailbox:mx.redaction.example",)]
    assert "proven" not in levels(case)


def test_of_two_keys_the_one_that_is_attested_vouches(tmp_path: Path, sifted, google: Sealer) -> None:
    """The larger cohort is the forger's here."""
    mails = LOST.mails(6)
    mbox(tmp_path / "a.mbox", [*mails[:5], google.sealed(mails[5]), *RIVAL.mails(12, 100)])
    (tmp_path / "keys.txt").write_text(google.key_line())
    case = recovered(sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(tmp_path / "keys.txt",)))
    with case.facts():
        rows = list(Weighing.objects.order_by("document__path").values_list("level", "grade"))
    assert [level for level, _ in rows] == ["proven"] * 6 + ["unattested"] * 12
    assert all("two-keys" in grade["badges"] for _, grade in rows)


class OwnServer:
    """Delivers to the newsroom: its Received field on top, then what it found."""

    def __init__(self, name: str = SERVER, host: str = SERVER) -> None:
        self.name, self.host = name, host

    def delivered(self, message: bytes, day: str, *, b: str | None = None, result: str = "pass") -> bytes:
        quoted = signature_of(message)[:10] if b is None else b
        return (
            f"Received: from mta.valette.example (mta.valette.example [192.0.2.7])\n\tby {self.host} with ESMTPS"
            f" id x1; {day} 09:13:00 +0100\nAuthentication-Results: {self.name};\n"
            f'\tdkim={result} header.d=valette.example header.s=s1 header.b="{quoted}"\n'
        ).encode() + message


DAYS = ("Mon, 6 Feb 2017", "Tue, 7 Feb 2017", "Fri, 2 Jun 2017")


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory, sifted) -> Path:
    """A dump of six mails under a key that was recovered."""
    folder = tmp_path_factory.mktemp("dump")
    mbox(folder / "a.mbox", LOST.mails(6))
    return recovered(sifted(folder / "case", folder / "a.mbox")).folder


@pytest.fixture
def case(dump: Path, tmp_path: Path) -> Case:
    """One's own copy of it."""
    return Case.open(Path(shutil.copytree(dump, tmp_path / "case")))


def told_by(case: Case, tmp_path: Path, mails: list[bytes], server: str = SERVER) -> Told:
    told = witness(case, mbox(tmp_path / "own.mbox", mails), server, date(2017, 5, 5), Watch())
    assert told is not None
    return told


def test_the_newsrooms_own_server_anchors_by_mail_of_two_days(case: Case, tmp_path: Path) -> None:
    own, server = LOST.mails(2, 50), OwnServer()
    told = told_by(case, tmp_path, [server.delivered(one, day) for one, day in zip(own, DAYS, strict=False)])
    (one,) = told.keys
    assert (told.mails, told.named, one.days, one.anchored) == (2, 2, ("2017-02-06", "2017-02-07"), True)
    case = again(case)
    assert anchors(case) == [(f"own-mailbox:{SERVER}",)]
    assert levels(case) == {"proven"}
    (key,) = [key for key in keys.ring(case) if key.recovered]
    assert (key.first_seen, key.last_seen) == ("2017-02-06", "2017-02-07")


def test_one_day_is_not_enough_and_a_second_mailbox_may_bring_the_other(case: Case, tmp_path: Path) -> None:
    own, server = LOST.mails(3, 50), OwnServer()
    told = told_by(case, tmp_path, [server.delivered(one, DAYS[0]) for one in own[:2]])
    assert [(one.days, one.anchored) for one in told.keys] == [(("2017-02-06",), False)]
    assert levels(again(case)) == {"unattested"}
    told = told_by(case, tmp_path, [server.delivered(own[2], DAYS[1])])
    assert [one.anchored for one in told.keys] == [True]


def test_what_the_own_mailbox_does_not_say(case: Case, tmp_path: Path) -> None:
    """Each on a day of its own, so that whichever counted would be named."""
    server, others = OwnServer(), OwnServer(name="mx.ailleurs.example")
    one = LOST.mails(20, 50)
    on = [f"Mon, {day} Jan 2017" for day in range(1, 20)]
    first_line = b"Received: by mx.redaction.example; Mon, 9 Jan 2017 09:14:00 +0100\n"
    bad = [
        server.delivered(one[0], DAYS[2]),
        others.delivered(one[1], on[1]),
        OwnServer(host="mx.ailleurs.example").delivered(one[2], on[2]),
        server.delivered(one[3], on[3], result="neutral"),
        server.delivered(one[4], on[4], b="AAAAAAAAAA"),
        server.delivered(one[5], on[5], b=signature_of(one[5])[:4]),
        first_line + b"Authentication-Results: mx.redaction.example; dkim=none\n" + server.delivered(one[6], on[6]),
        server.delivered(RIVAL.mails(1, 70)[0], on[7]),
        server.delivered(one[8], on[8]).replace(b"numero 58", b"numero 59"),
        server.delivered(one[9], "Someday"),
    ]
    good = server.delivered(one[10], DAYS[1])
    told = told_by(case, tmp_path, [*bad, good])
    assert told.mails == 11
    assert [key.days for key in told.keys] == [("2017-02-07",)], "only the good one counts"
    assert anchors(case) == []


def test_a_mail_of_the_dump_is_no_witness_for_it(tmp_path: Path, sifted) -> None:
    delivered = [OwnServer().delivered(one, day) for one, day in zip(LOST.mails(6), DAYS[:2] * 3, strict=False)]
    mbox(tmp_path / "a.mbox", delivered)
    case = recovered(sifted(tmp_path / "case", tmp_path / "a.mbox"))
    told = told_by(case, tmp_path, delivered)
    assert (told.mails, told.keys) == (0, [])


def test_without_a_recovered_key_there_is_nothing_to_anchor(tmp_path: Path, sifted) -> None:
    mbox(tmp_path / "a.mbox", LOST.mails(2))
    case = sifted(tmp_path / "case", tmp_path / "a.mbox")
    with pytest.raises(InputError, match="own-mailbox-no-recovered"):
        told_by(case, tmp_path, LOST.mails(2, 50))
