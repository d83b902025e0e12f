"""Numbers that check themselves, against python-stdnum as an independent reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as known_iban
from stdnum import luhn as known_luhn
from stdnum.fr import nir as known_nir
from stdnum.fr import siren as known_siren
from stdnum.fr import tva as known_vat

from crible.extract.finance.identifiers import LENGTHS, companies, ibans, luhn, mod97, sound_nir, sound_vat
from crible.extract.page import fold


def found(text: str) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.text, one.sound) for one in (*ibans(text), *companies(text, fold(text)))]


def test_an_account_is_read_whatever_its_grouping_and_what_follows() -> None:
    assert found("IBAN : FR76 3000 6000 0112 3456 7890 189 - BIC : AGRIFRPP") == [
        ("iban", "FR7630006000011234567890189", True)
    ]
    assert found("IBAN DE89370400440532013000\nSWIFT COBADEFF") == [("iban", "DE89370400440532013000", True)]
    assert found("FR76 3000 6000 0112 3456 7890 188") == [("iban", "FR7630006000011234567890188", False)]


@pytest.mark.parametrize(
    "text", ["AB12 3456 7890 1234 5678", "FR76 3000 6000 01", "PROJET FR12", "XFR7630006000011234567890189"]
)
def test_what_is_no_account_is_left_alone(text: str) -> None:
    assert list(ibans(text)) == []


@given(st.sampled_from(sorted(LENGTHS)), st.data())
def test_check_digits_of_accounts_are_those_of_stdnum(country: str, data: st.DataObject) -> None:
    body = data.draw(st.text(alphabet="0123456789", min_size=LENGTHS[country] - 4, max_size=LENGTHS[country] - 4))
    digits = known_iban.calc_check_digits(f"{country}00{body}")
    assert mod97(f"{country}{digits}{body}")
    assert not mod97(f"{country}{(int(digits) + 1) % 97:02}{body}") or (int(digits) + 1) % 97 == int(digits) % 97


@given(st.text(alphabet="0123456789", min_size=2, max_size=19))
def test_luhn_is_that_of_stdnum(digits: str) -> None:
    assert luhn(digits) == known_luhn.is_valid(digits)


@given(st.text(alphabet="0123456789", min_size=8, max_size=8))
def test_company_and_vat_are_those_of_stdnum(body: str) -> None:
    siren = body + known_luhn.calc_check_digit(body)
    vat = f"FR{(12 + 3 * (int(siren) % 97)) % 97:02}{siren}"
    assert known_siren.is_valid(siren)
    assert known_vat.is_valid(vat)
    assert found(f"Siren {siren} TVA {vat}") == [("siren", siren, True), ("vat", vat, True)]
    assert not sound_vat(vat[:-1] + str((int(vat[-1]) + 1) % 10))


def test_a_company_number_needs_its_word() -> None:
    assert found("B 732 829 320 RCS Paris") == [("siren", "732829320", True)]
    assert found("Siret 732 829 320 00074") == [("siret", "73282932000074", True)]
    assert found("dossier 732 829 320") == []
    assert found("Siret 732 829 320 00075") == [("siret", "73282932000075", False)]


def test_social_security_is_that_of_stdnum() -> None:
    number = "295109912611193"
    assert known_nir.is_valid(number)
    assert sound_nir(number[:13], number[13:])
    assert not sound_nir(number[:13], "94")
