"""What a sealer's results attest of a key, and what they do not."""

import base64
from dataclasses import replace

import pytest

from crible.assess.anchors import Attested, attested
from crible.model.facts import ArcSet, Claim
from crible.model.signature import Scheme, Word

SIGNATURE = b"a signature of the sender"
QUOTED = base64.b64encode(SIGNATURE).decode()[:8]
NAMED = {"header.d": "horizon.example", "header.s": "s1", "header.b": QUOTED}


def case(make, named=None, *, method="dkim", result="pass", sealer="google.com", words=(Word.PASS, Word.PASS), **seal):
    """A mail whose key is lost, sealed twice; the first set's results name its signature."""
    claim = Claim("mx.example", method, result, NAMED if named is None else named)
    mail = make.mail(arc=(ArcSet(1, "none", (claim,), True), ArcSet(2, "pass", (), True))).mail
    results = [make.result(Word.NO_KEY, signature=SIGNATURE)]
    for index, word in enumerate(words, 1):
        by = {"domain": sealer if index == 1 else "liste.example", "index": index}
        results.append(make.result(scheme=Scheme.ARC_MESSAGE, signed=("from", "dkim-signature"), **by))
        results.append(make.result(word, scheme=Scheme.ARC_SEAL, key=seal.get("key"), **by))
    return mail, results


def test_a_listed_sealer_s_word_for_this_very_signature(make):
    assert attested(*case(make)) == (Attested("horizon.example", "s1", 0, "google.com", bound=True),)


def test_as_google_writes_it(make):
    named = {"header.i": "@horizon.example", "header.s": "S1", "header.b": QUOTED}
    assert attested(*case(make, named))


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"header.d": "horizon.example", "header.s": "s1"},
        NAMED | {"header.b": QUOTED[:7]},
        NAMED | {"header.b": "AAAAAAAA"},
        NAMED | {"header.s": "s2"},
        NAMED | {"header.d": "rival.example"},
        {"header.i": "@mail.horizon.example", "header.s": "s1", "header.b": QUOTED},
    ],
    ids=str,
)
def test_less_than_domain_selector_and_signature_is_nothing(make, named):
    assert attested(*case(make, named)) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"result": "fail"},
        {"method": "spf"},
        {"sealer": "evil.example"},
        {"sealer": "mail.google.com"},
        {"words": (Word.HEADERS_ALTERED, Word.PASS)},
        {"words": (Word.PASS, Word.HEADERS_ALTERED)},
        {"words": (Word.NO_KEY, Word.PASS)},
        {"words": (Word.PASS, Word.NO_KEY)},
    ],
    ids=str,
)
def test_a_stranger_s_word_or_a_broken_seal_is_nothing(make, changes):
    assert attested(*case(make, **changes)) == ()


@pytest.mark.parametrize("change", [{"anchored": False}, {"bits": 512}, {"private_published": True}], ids=str)
def test_a_seal_under_an_unsound_key_is_nothing(make, change):
    assert attested(*case(make, key=make.key(**change))) == ()


def test_sets_out_of_order_or_said_to_have_failed_are_nothing(make):
    mail, results = case(make)
    assert attested(replace(mail, arc=mail.arc[:1]), results) == ()
    assert attested(replace(mail, arc=(mail.arc[0], ArcSet(2, "fail", (), True))), results) == ()
    assert attested(replace(mail, arc=(replace(mail.arc[0], whole=False), mail.arc[1])), results) == ()


def test_a_set_that_a_list_outlived_still_attests_but_is_not_bound_to_the_text(make):
    mail, results = case(make)
    results[1] = make.result(
        Word.BODY_ALTERED, scheme=Scheme.ARC_MESSAGE, domain="google.com", index=1, signed=("from", "dkim-signature")
    )
    assert [one.bound for one in attested(mail, results)] == [False]
