"""What the words for keys mean."""

import pytest

from crible.model.signature import KeyUsed


@pytest.mark.parametrize(
    ("bits", "rsa", "short"), [(512, True, True), (1023, True, True), (1024, True, False), (256, False, False)]
)
def test_only_an_rsa_key_can_be_short(bits: int, rsa: bool, short: bool) -> None:
    assert KeyUsed("valette.example", "s1", bits, ("somebody",), rsa=rsa).short is short
