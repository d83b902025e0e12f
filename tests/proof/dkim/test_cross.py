from crible.extract.mail.fields import Header, split_header
from crible.proof.dkim import cover, examine, judge


def split(message: bytes) -> tuple[Header, bytes]:
    header = split_header(message)
    return header, message[header.body_start :]


def test_the_sent_copy_is_covered_by_the_received_one_s_signature(signer, mail):
    header, body = split(signer.sign(mail))
    (facts,) = examine(header, body)
    assert judge(facts, signer.ring.find("press.example", "s1")).word == "pass"
    sent = mail.split(b"\r\n", 1)[1].replace(b"X-Mailer: Quill 3\r\n", b"X-Status: R\r\n").replace(b"\r\n", b"\n")
    field = header.all("dkim-signature")[0]
    assert cover(facts, field, *split(sent)) == (facts.header_digest, facts.body_hash)


def test_an_edited_copy_is_told_apart_in_the_part_edited(signer, mail):
    header, body = split(signer.sign(mail))
    (facts,) = examine(header, body)
    field = header.all("dkim-signature")[0]
    digest, body_digest = cover(facts, field, *split(mail.replace(b"1 500", b"15 000")))
    assert (digest == facts.header_digest, body_digest == facts.body_hash) == (True, False)
    digest, body_digest = cover(facts, field, *split(mail.replace(b"Bo Lind", b"Bo Lund")))
    assert (digest == facts.header_digest, body_digest == facts.body_hash) == (False, True)


def test_a_copy_with_a_signature_of_its_own_is_hashed_under_ours_not_its(signer, stranger, mail):
    header, body = split(signer.sign(mail, "relaxed/relaxed", length=True))
    (facts,) = examine(header, body)
    resigned = stranger.sign(mail, "simple/simple") + b"PS\r\n"
    field = header.all("dkim-signature")[0]
    assert cover(facts, field, *split(resigned)) == (facts.header_digest, facts.body_hash)


def test_under_a_transit_signature_too(signer, mail):
    signed = signer.sign(mail, domain="1e100.net").replace(b"DKIM-Signature:", b"X-Google-DKIM-Signature:", 1)
    header, body = split(signed)
    (facts,) = examine(header, body)
    field = header.all("x-google-dkim-signature")[0]
    assert cover(facts, field, *split(mail)) == (facts.header_digest, facts.body_hash)
