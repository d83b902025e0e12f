"""What an attacker can make of ARC, S/MIME, OpenPGP and lines that nobody signs: never a proof of what he wrote."""

from dataclasses import replace

import pytest
from arc_sealer import add_set
from attack_forge import ATTACKER, VICTIM, key, ring
from pgp_signer import armour, ed, packet
from smime_signer import INNER, chain, cms, identity, signed_mail

from crible.assess import run
from crible.assess.grade import grade
from crible.assess.relations import Relations, apart
from crible.assess.standing import standing
from crible.extract.mail import read as reader
from crible.extract.mail.fields import split_header
from crible.model.grade import Level
from crible.proof import arc, enclosed
from crible.proof.dkim import examine, judge
from crible.proof.enclosed.examine import examine as examine_inside
from crible.proof.enclosed.files import read_trust
from crible.proof.enclosed.trust import Trust

MAIL = (
    b"From: Ana Castel <ana@halle.example>\r\nTo: bo@mairie.example\r\nSubject: Devis\r\n"
    b"Date: Thu, 20 Apr 2017 09:30:00 +0200\r\nMessage-ID: <1@halle.example>\r\n\r\nLa salle : 1 500 euros.\r\n"
)


def weighed(message: bytes, trust: Trust = Trust()):  # noqa: B008
    """What a case with everybody's keys would say of a mail by itself."""
    header = split_header(message)
    reading = reader.read(message, head=header)
    sets = arc.examine(header)
    facts = (*examine(header, message[header.body_start :]), *sets.seals)
    results = [judge(each, ring().find(each.domain, each.selector)) for each in facts]
    said = replace(reading.mail, signatures=facts, arc=sets.sets, enclosed=examine_inside(message, reading))
    reading = replace(reading, mail=said)
    signatures, halves = apart(results)
    inside = tuple(enclosed.vouched(one, trust) for one in said.enclosed)
    own = standing("0" * 64, reading, results)
    around = Relations(signatures=signatures, arc=halves, enclosed=inside, standing=own)
    rows = [*run.weigh_local(reading)[0], *run.weigh_corpus(reading, around)[0]]
    return grade("mail", rows), rows


def seal(message: bytes, domain: str, **changes: str) -> bytes:
    return add_set(message, key(domain)[0], domain=domain, selector="s1", **changes)  # type: ignore[arg-type]


def test_a_sound_seal_shows_a_handler_and_no_sender():
    answer, _ = weighed(seal(MAIL, VICTIM))
    assert (answer.level, answer.origin.message) == (Level.PARTLY_PROVEN, "origin-handled")


def test_a_set_moved_to_another_mail_vouches_for_nothing():
    top = seal(MAIL, VICTIM).partition(b"From: ")[0]
    assert weighed(top + MAIL.replace(b"1 500", b"1 900"))[0].level is Level.UNATTESTED


def test_an_older_set_does_not_vouch_for_what_a_later_one_covers():
    first = seal(MAIL, VICTIM)
    answer, rows = weighed(seal(first.replace(b"1 500", b"1 900"), ATTACKER, said=f"dkim=pass header.d={VICTIM}"))
    assert answer.level is Level.PARTLY_PROVEN
    assert answer.spans[0].by == ATTACKER  # unchanged since *he* handled it, and so it says
    assert VICTIM not in str(answer)
    assert not any(VICTIM in str(row.evidence.params) for row in rows if row.check == "mail.arc")


def test_a_message_signature_of_one_and_a_seal_of_another_is_no_handler():
    """The victim's genuine message signature under the attacker's own seal, with results of his making."""
    message = seal(MAIL, VICTIM)
    mixed = add_set(MAIL, key(ATTACKER)[0], domain=ATTACKER, selector="s1", said=f"dkim=pass header.d={VICTIM}")
    theirs = next(line for line in message.split(b"\r\nARC-") if line.startswith(b"Message-Signature"))
    his = next(line for line in mixed.split(b"\r\nARC-") if line.startswith(b"Message-Signature"))
    assert weighed(mixed.replace(his, theirs))[0].level is Level.UNATTESTED


def test_typed_results_vouch_for_nothing():
    typed = f"Authentication-Results: mx.google.com; dkim=pass header.d={VICTIM} header.s=s1 header.b=AAAAAAAA\r\n"
    arcs = typed.replace("Authentication-Results:", "ARC-Authentication-Results: i=1;")
    answer, _ = weighed(typed.encode() + arcs.encode() + MAIL)
    assert (answer.level, answer.questions) == (Level.UNATTESTED, 0)


@pytest.fixture(scope="module")
def authority():
    return chain("ana@press.example")


def test_a_signed_part_under_another_sender_vouches_for_nothing(authority):
    root, middle, ana = authority
    moved = signed_mail(cms(ana, [middle])).replace(b"ana@press.example", b"bo@press.example")
    assert weighed(moved, read_trust(root.pem, "r"))[0].level is Level.UNATTESTED


def test_a_signed_part_under_another_subject_is_vouched_for_alone(authority):
    root, middle, ana = authority
    moved = signed_mail(cms(ana, [middle])).replace(b"Subject: Estimate", b"Subject: Resignation")
    answer, rows = weighed(moved, read_trust(root.pem, "r"))
    assert answer.level is Level.PARTLY_PROVEN
    assert [moved[span.start : span.end] for span in answer.spans] == [INNER]
    assert "limit-enclosed" in [limit.message for limit in answer.limits]
    assert "Subject" not in str([row.evidence.params.get("fields") for row in rows])


def test_a_certificate_of_his_own_in_her_name_vouches_for_nothing(authority):
    root, _, _ = authority
    his = identity("Racine d’essai", ca=True, kind="rsa")
    fake = identity("Ana Castel", his, address="ana@press.example")
    answer, _ = weighed(signed_mail(cms(fake, [his])), read_trust(root.pem, "r"))
    assert (answer.level, answer.questions) == (Level.UNATTESTED, 0)


def test_a_key_of_his_own_with_her_name_vouches_for_nothing():
    hers, his = ed(), ed()
    made = armour("SIGNATURE", packet(2, his.sign(INNER, 0, loose=b"\x09\x10" + hers.fingerprint[-8:])))
    mail = signed_mail(b"", kind="application/pgp-signature").replace(b"Content-Transfer-Encoding: base64\r\n", b"")
    mail = mail.replace(b"name=s.p7s\r\n\r\n", b"name=s.asc\r\n\r\n" + made.replace(b"\n", b"\r\n"))
    assert weighed(mail, read_trust(hers.public(), "ana.asc"))[0].level is Level.UNATTESTED
