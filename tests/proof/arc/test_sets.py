"""ARC sets on mails sealed with keys of the run; dkimpy's verifier is the oracle."""

import dkim
import pytest
from arc_sealer import add_set
from hypothesis import given
from hypothesis import strategies as st

from crible.assess.chain import Chain, Holds, chain, seal_of
from crible.extract.mail import read as reader
from crible.extract.mail.fields import split_header
from crible.model.facts import MailFacts
from crible.model.signature import Body, Scheme, Word
from crible.proof import arc
from crible.proof.dkim import examine, judge
from crible.proof.keyring import KeyRing, parse_record


def held(message: bytes, ring: KeyRing) -> Chain:
    header = split_header(message)
    found = arc.examine(header)
    facts = (*examine(header, message[header.body_start :]), *found.seals)
    results = [judge(each, ring.find(each.domain, each.selector)) for each in facts]
    return chain(results, MailFacts(arc=found.sets))


def oracle(message: bytes, records: dict[bytes, bytes]) -> str:
    verdict, _, _ = dkim.arc_verify(message, dnsfunc=lambda name, timeout=5: records.get(name))
    return (verdict or b"fail").decode()


@pytest.fixture
def ring(signer):
    return KeyRing(keys=[parse_record("relay.example", "arc1", signer.record)])


@pytest.fixture
def records(signer):
    return {b"arc1._domainkey.relay.example.": signer.record.encode()}


@pytest.fixture
def sealed(signer, mail):
    """A chain of three sets; a footer was added between the first and the second."""
    first = add_set(mail, signer.private)
    second = add_set(first.replace(b"Press office\r\n", b"Press office\r\n--\r\nthe list\r\n"), signer.private)
    return add_set(second, signer.private)


def test_a_chain_holds_and_dkimpy_agrees(sealed, ring, records):
    found = held(sealed, ring)
    assert (found.holds, found.oldest_pass) == (Holds.PASS, 2)
    assert oracle(sealed, records) == "pass"
    assert [seal.facts.index for seal in found.seals] == [1, 2, 3]
    assert [seal.body for seal in found.seals] == [Body.UNKNOWN] * 3
    assert found.newest is not None
    assert (found.newest.word, found.newest.facts.index) == (Word.PASS, 3)


def test_line_ends_of_a_mailbox_change_nothing(sealed, ring):
    assert held(sealed.replace(b"\r\n", b"\n"), ring).holds is Holds.PASS


@pytest.mark.parametrize(
    ("old", "new", "holds", "broken"),
    [
        (b"1 500", b"1 900", Holds.BROKEN, 3),
        (b"Subject: Estimate", b"Subject: Invoice", Holds.BROKEN, 3),
        (b"i=1; relay.example; dkim=pass", b"i=1; relay.example; dkim=fail", Holds.BROKEN, 3),
        (b"i=3; relay.example; dkim=pass", b"i=3; relay.example; dkim=fail", Holds.BROKEN, 3),
        (b"ARC-Authentication-Results: i=2", b"ARC-Authentication-Results: i=4", Holds.DISORDERED, 0),
        (b"cv=none", b"cv=pass", Holds.DISORDERED, 0),
        (b"ARC-Seal: i=2;", b"X-Seal: i=2;", Holds.DISORDERED, 0),
        (b"ARC-Seal: i=2;", b"ARC-Seal: i=0;", Holds.DISORDERED, 0),
        (b"ARC-Seal: i=2;", b"ARC-Seal: i=3;", Holds.DISORDERED, 0),
        (b"ARC-Authentication-Results: i=3;", b"ARC-Authentication-Results: i=3", Holds.DISORDERED, 0),
    ],
)
def test_what_breaks_a_chain(sealed, ring, records, old, new, holds, broken):
    altered = sealed.replace(old, new)
    assert altered != sealed
    found = held(altered, ring)
    assert (found.holds, found.broken) == (holds, broken)
    assert oracle(altered, records) == "fail"


def test_the_seal_that_is_broken_is_named(sealed, signer, ring):
    head, _, rest = sealed.partition(b"ARC-Seal: i=2;")
    broken = head + b"ARC-Seal: i=2;" + rest.replace(b"cv=pass; b=", b"cv=pass; x=1; b=", 1)
    again = add_set(broken, signer.private)
    found = held(again, ring)
    assert (found.holds, found.broken) == (Holds.BROKEN, 3)  # the third set was sealed over the second as it was
    assert seal_of(found, 4) is not None
    assert seal_of(found, 3) is None


def test_missing_keys_are_named_newest_first(signer, mail, ring):
    message = add_set(add_set(mail, signer.private, domain="unknown.example"), signer.private)
    found = held(message, ring)
    assert (found.holds, found.broken) == (Holds.NO_KEY, 0)
    assert [(one.facts.domain, one.facts.index) for one in found.missing] == [("unknown.example", 1)]
    assert held(message, KeyRing()).missing[0].facts.domain == "relay.example"


def test_a_chain_that_a_handler_called_failed_stays_failed(signer, mail, ring):
    altered = add_set(mail, signer.private).replace(b"1 500", b"1 900")
    message = add_set(altered, signer.private, cv="fail")
    found = held(message, ring)
    assert (found.holds, found.broken) == (Holds.SAID_FAILED, 2)
    assert found.seals[-1].word is Word.PASS  # it covers its own set alone (RFC 8617 §5.1.2)


def test_no_sets_no_chain(mail, ring):
    assert held(mail, ring).holds is Holds.NONE
    assert arc.examine(split_header(mail)) == arc.Arc()


def test_a_set_says_what_its_sealer_wrote(sealed):
    first = arc.examine(split_header(sealed)).sets[0]
    (claim,) = first.claims
    assert (first.instance, first.cv, first.whole) == (1, "none", True)
    assert (claim.server, claim.method, claim.result) == ("relay.example", "dkim", "pass")
    assert claim.properties == {"header.d": "press.example", "header.s": "s1"}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"h=from :", b"h=arc-seal : from :", "arc-malformed-signs-arc"),
        (b"h=from :", b"h=", "dkim-malformed-from-unsigned"),
        (b"Signature: i=1; a=rsa-sha256", b"Signature: i=1; a=rsa-sha1", "dkim-malformed-algorithm"),
        (b"Signature: i=1;", b"Signature: i=51;", "arc-malformed-instance"),
        (b"Seal: i=1; a=rsa-sha256", b"Seal: i=1; h=from; a=rsa-sha256", "arc-malformed-seal-headers"),
        (b"Seal: i=1; a=rsa-sha256", b"Seal: i=1; a=rsa-sha1", "dkim-malformed-algorithm"),
        (b"cv=none", b"cv=maybe", "arc-malformed-cv"),
        (b"ARC-Authentication-Results", b"X-Authentication-Results", "arc-malformed-set"),
    ],
)
def test_what_cannot_be_evaluated(signer, mail, old, new, why):
    message = add_set(mail, signer.private).replace(old, new)
    header = split_header(message)
    facts = (*examine(header, message[header.body_start :]), *arc.examine(header).seals)
    assert why in {each.malformed for each in facts}


def test_fifty_one_sets_are_no_chain_and_little_work(mail, ring):
    fields = b"".join(
        b"ARC-Seal: i=%d; a=rsa-sha256; d=a.example; s=s; cv=pass; b=aa\r\n"
        b"ARC-Message-Signature: i=%d; a=rsa-sha256; d=a.example; s=s; h=from; bh=aa; b=aa\r\n"
        b"ARC-Authentication-Results: i=%d; a.example; none\r\n" % (n, n, n)
        for n in range(51, 0, -1)
    )
    found = arc.examine(split_header(fields + mail))
    assert found.sets[0].instance == 0
    assert len(found.seals) <= arc.sets.MOST
    assert held(fields + mail, ring).holds is Holds.DISORDERED


def test_the_reader_s_mail_and_the_sets_meet(sealed):
    """The sets are found in whatever the reader takes for the header."""
    assert reader.read(sealed).mail is not None
    assert [one.instance for one in arc.examine(split_header(sealed)).sets] == [1, 2, 3]


@given(
    st.lists(st.sampled_from([b"i=1", b"i=2", b"cv=none", b"b=aa", b"a=rsa-sha256", b"d=a.example", b"s=s", b"\xff"]))
)
def test_any_fields_are_sets_or_none(tags):
    value = b"; ".join(tags)
    fields = b"".join(name + b": " + value + b"\n" for name in (b"ARC-Seal", b"ARC-Message-Signature"))
    found = arc.examine(split_header(fields + b"ARC-Authentication-Results: " + value + b"\n\nx"))
    assert all(seal.scheme is Scheme.ARC_SEAL for seal in found.seals)
