import pytest
from publicsuffixlist import PublicSuffixList

from crible.proof.alignment import _suffixes, aligned, organisational


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("Mail.Press.Example.", "press.example"),
        ("a.b.gouv.fr", "b.gouv.fr"),
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
        ("", ""),
        ("anna.github.io", "anna.github.io"),
        ("a..b", "a..b"),
        ("[192.0.2.1]", "[192.0.2.1]"),
        ("192.0.2.1", "192.0.2.1"),
    ],
)
def test_organisational_domain(domain, expected):
    assert organisational(domain) == expected


@pytest.mark.parametrize(
    ("signer", "sender", "expected"),
    [
        ("press.example", "mail.press.example", True),
        ("bounce.press.example", "news.press.example", True),
        ("press.example", "press.example.net", False),
        ("evilpress.example", "press.example", False),
        ("co.uk", "bbc.co.uk", False),
        ("anna.github.io", "berta.github.io", False),
        ("press-example.20150623.gappssmtp.com", "press.example", False),
        ("", "", False),
        ("xn--cole-9oa.example", "www.école.example", True),
        ("xn--cole-9oa.example", "e\u0301cole.example", True),
    ],
)
def test_relaxed_alignment(signer, sender, expected):
    assert aligned(signer, sender) is expected


def test_a_sharp_s_is_not_two():
    """IDNA 2003 maps one name to the other; they can belong to two people."""
    assert not aligned("strasse.example", "straße.example")
    assert aligned("xn--strae-oqa.example", "STRAßE.example")


def test_the_list_is_the_library_s_own():
    own = PublicSuffixList()
    assert _suffixes()._publicsuffix == own._publicsuffix
    assert _suffixes()._maxlabel == own._maxlabel
