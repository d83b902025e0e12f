import hashlib
import time

import dkim
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crible.extract.mail.fields import split_header
from crible.model.signature import Scheme, SignatureFacts
from crible.proof.dkim import examine, verify
from crible.proof.dkim.examine import MOST
from crible.words import keys as sentences

FIELD = (
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=press.example; s=s1;\r\n"
    b"\th=from:to; bh=" + b"A" * 43 + b"=; b=QUJD\r\n"
)
REST = b"From: ana@press.example\r\nTo: bo@desk.example\r\n\r\nHello\r\n"


def look(message: bytes) -> tuple[SignatureFacts, ...]:
    header = split_header(message)
    return examine(header, message[header.body_start :])


def malformed(field: bytes) -> str | None:
    (facts,) = look(field + REST)
    return facts.malformed


def test_facts_of_a_signature_as_dkimpy_made_it(signer, mail):
    (facts,) = look(signer.sign(mail, "relaxed/simple", length=True))
    assert (facts.domain, facts.selector, facts.algorithm) == ("press.example", "s1", "rsa-sha256")
    assert facts.canonical == "relaxed/simple"
    assert facts.signed == ("from", "to", "subject", "date", "message-id")
    assert facts.identity == "@press.example"
    assert facts.index == 0
    assert facts.scheme is Scheme.DKIM
    assert facts.body_digest == facts.body_hash
    assert facts.length == facts.body_length
    assert facts.timestamp is not None
    assert facts.malformed is None


def test_signed_end_is_where_the_stored_mail_leaves_the_signature(signer, mail):
    signed = signer.sign(mail, "relaxed/relaxed", length=True)
    assert look(signed)[0].signed_end == len(signed)
    for stored in (signed + b"PS: not signed\r\n", (signed + b"PS: not signed\r\n").replace(b"\r\n", b"\n")):
        (facts,) = look(stored)
        assert facts.signed_end is not None
        assert facts.length is not None
        assert facts.length < facts.body_length
        assert stored[: facts.signed_end].rstrip().endswith(b"Press office")
        assert stored[facts.signed_end :].strip() == b"PS: not signed"


def test_selection_is_bottom_up_and_a_name_too_many_is_the_empty_string():
    """RFC 6376 §5.4.2: h=from:to:to:to over two To fields takes the lower, the upper, and nothing."""
    message = FIELD.replace(b"from:to", b"from:to:to:to") + b"To: upper\r\n" + REST
    (facts,) = look(message)
    own = FIELD.replace(b"from:to", b"from:to:to:to").replace(b"b=QUJD", b"b=")
    own = b"dkim-signature:" + b" ".join(own.split(b":", 1)[1].split())
    canonical = b"from:ana@press.example\r\nto:bo@desk.example\r\nto:upper\r\n" + own
    assert facts.header_digest == hashlib.sha256(canonical).digest()


def test_white_space_around_the_value_of_b_goes_with_it():
    """RFC 6376 §3.7 deletes it; dkimpy keeps what stands before the semicolon."""
    first = FIELD.replace(b"; b=QUJD\r\n", b"\r\n").replace(b"v=1;", b"v=1; b=QUJD;")
    spaced = first.replace(b"b=QUJD;", b"b= QU\r\n JD \r\n\t;")
    assert look(first + REST)[0].signature == look(spaced + REST)[0].signature == b"ABC"
    assert look(first + REST)[0].header_digest == look(spaced + REST)[0].header_digest


def test_several_signatures_keep_their_order_and_transit_comes_after():
    message = b"X-Google-" + FIELD.replace(b"press.example", b"1e100.net") + FIELD + FIELD.replace(b"s1", b"s2") + REST
    assert [(facts.scheme, facts.index, facts.selector) for facts in look(message)] == [
        (Scheme.DKIM, 0, "s1"),
        (Scheme.DKIM, 1, "s2"),
        (Scheme.TRANSIT, 0, "s1"),
    ]


def test_transit_is_hashed_under_the_name_dkim_signature(signer, mail):
    signed = signer.sign(mail, domain="1e100.net").replace(b"DKIM-Signature:", b"X-Google-DKIM-Signature:", 1)
    plain = look(signer.sign(mail, domain="1e100.net"))[0]
    (transit,) = look(signed)
    assert transit.scheme is Scheme.TRANSIT
    assert transit.header_digest == plain.header_digest


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"v=1; ", b"", "version"),
        (b"v=1", b"v=2", "version"),
        (b"v=1", b"v", "tags"),
        (b"s=s1", b"s=s1; s=s1", "duplicate-tag"),
        (b"s=s1;", b"", "missing-tag"),
        (b"bh=" + b"A" * 43 + b"=; ", b"", "missing-tag"),
        (b"rsa-sha256", b"rsa-md5", "algorithm"),
        (b"relaxed/relaxed", b"nofws", "canonicalization"),
        (b"relaxed/relaxed", b"simple/", "canonicalization"),
        (b"relaxed/relaxed", b"Simple", None),
        (b"relaxed/relaxed", b"simple/simple/simple", "canonicalization"),
        (b"b=QUJD", b"b=QUJ", "base64"),
        (b"b=QUJD", b"b=QU*D", "base64"),
        (b"b=QUJD", b"b=", "base64"),
        (b"A" * 43 + b"=", b"QUJD", "body-hash"),
        (b"rsa-sha256", b"rsa-sha1", "body-hash"),
        (b"d=press.example", b"d=press example", "domain"),
        (b"d=press.example", b"d=", "domain"),
        (b"s=s1", b"s=" + b"s" * 256, "domain"),
        (b"s=s1", b"s=s1; i=ana@evil.example", "identity"),
        (b"s=s1", b"s=s1; i=ana@notpress.example", "identity"),
        (b"s=s1", b"s=s1; i=press.example", "identity"),
        (b"s=s1", b"s=s1; i=ana@news.press.example", None),
        (b"s=s1", b"s=s1; i=ana@press=2Eexample", None),
        (b"h=from:to", b"h=to:subject", "from-unsigned"),
        (b"h=from:to", b"h=fr om:to", "from-unsigned"),
        (b"h=from:to", b"h= From :\r\n To ", None),
        (b"s=s1", b"s=s1; l=-1", "length"),
        (b"s=s1", b"s=s1; l=" + b"9" * 77, "length"),
        (b"s=s1", b"s=s1; l=" + b"9" * 76, None),
        (b"s=s1", b"s=s1; q=http", "query"),
        (b"s=s1", b"s=s1; q=foo/bar:dns/txt", None),
        (b"s=s1", b"s=s1; t=yesterday", "timestamp"),
        (b"s=s1", b"s=s1; t=1; x=0", None),
        (b"s=s1", b"s=s1; t=99999999999999", None),
        (b"s=s1", b"s=s1; z=" + b"a" * 70_000, "too-long"),
        (b"DKIM-", b"X-Google-DKIM-", "transit-domain"),
    ],
)
def test_what_makes_a_signature_malformed(old, new, why):
    assert malformed(FIELD.replace(old, new, 1)) == (f"dkim-malformed-{why}" if why else None)


def test_every_malformed_key_has_a_sentence_in_both_languages():
    found = {key for key in sentences("evidence") if key.startswith("dkim-malformed-")}
    assert len(found) == 17
    assert found <= sentences("evidence", "fr")


def test_a_malformed_one_still_names_its_domain_and_has_no_digests():
    (facts,) = look(FIELD.replace(b"h=from:to", b"h=to") + REST)
    assert (facts.domain, facts.selector) == ("press.example", "s1")
    assert facts.header_digest == facts.body_digest == facts.signature == b""


def test_a_mail_without_signature_or_without_anything():
    assert look(REST) == ()
    assert look(b"") == ()


def test_ten_thousand_signatures_cost_fifty(signer, mail):
    junk = FIELD * 10_000
    before = time.process_time()
    facts = look(signer.sign(junk + mail))
    assert time.process_time() - before < 2
    assert len(facts) == MOST + 1
    assert facts[0].body_digest == facts[0].body_hash
    assert facts[-1].malformed == "dkim-malformed-too-many-signatures"


@pytest.mark.parametrize(
    "message",
    [
        FIELD.replace(b"h=from:to", b"h=" + b"from:" * 12_000 + b"to") * 50 + b"From: x\r\n" * 20_000 + REST,
        FIELD * 50 + b"To: " + b"x " * 4_000_000 + b"\r\n" + REST,
        FIELD.replace(b"QUJD", b"Q" * 60_000) * 50 + REST,
        FIELD.replace(b"v=1;", b"v=1" + b";" * 60_000) * 50 + REST,
        b"".join(FIELD.replace(b"s=s1", b"s=s1; l=%d" % (n * 40_000)) for n in range(50))
        + REST
        + b"a b  c\n" * 300_000,
        FIELD + b"From:" + b" " * 4_000_000 + b"\t\r\n" + REST,
    ],
    ids=["huge-h", "huge-field", "huge-b", "semicolons", "fifty-lengths", "blanks"],
)
def test_work_is_bounded_for_hostile_headers(message):
    before = time.process_time()
    assert look(message)
    assert time.process_time() - before < 3


def test_beyond_the_header_bytes_allowed_for_one_mail_signatures_are_not_evaluated():
    keys = [
        facts.malformed
        for facts in look(FIELD.replace(b"from:to", b"from:to:to") * 50 + b"To: " + b"x " * 1_000_000 + b"\r\n" + REST)
    ]
    assert keys[0] is None
    assert keys[-1] == "dkim-malformed-too-long"


def test_a_time_that_no_calendar_can_show_is_left_out():
    (facts,) = look(FIELD.replace(b"s=s1", b"s=s1; t=253402300799; x=253402300800") + REST)
    assert (facts.timestamp, facts.expires) == (253402300799, None)


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_can_be_examined(message):
    assert isinstance(verify(message), tuple)


TAGS = st.lists(
    st.tuples(
        st.sampled_from(["v", "a", "b", "bh", "c", "d", "h", "i", "l", "q", "s", "t", "x", "z", "?"]),
        st.sampled_from(
            ["1", "rsa-sha256", "ed25519-sha256", "QUJD", "A" * 43 + "=", "simple", "relaxed/simple", "gmail.com",
             "from:to", "from", "@gmail.com", "0", "7", "99", "20161025", "é", "", "\r\n\t", "a;b"]
        ) | st.text(max_size=5),
    ),
    max_size=14,
)  # fmt: skip


@settings(max_examples=300)
@given(TAGS, st.binary(max_size=60))
def test_any_tags_can_be_examined_and_judged(tags, body):
    field = "; ".join(f"{name}={value}" for name, value in tags)
    for result in verify(b"DKIM-Signature: " + field.encode() + b"\r\nFrom: a@b.example\r\n\r\n" + body):
        assert result.word != "pass"


def test_the_number_of_signatures_met_by_dkimpy_is_ours(signer, mail):
    twice = signer.sign(signer.sign(mail), "simple/simple")
    assert len(look(twice)) == 2
    assert dkim.DKIM(twice, minkey=512).verify(1, dnsfunc=lambda name, timeout=5: signer.record.encode())
    assert [str(result.word) for result in verify(twice, signer.ring)] == ["pass", "pass"]
