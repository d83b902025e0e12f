"""Look-alike domains: what a reader would mistake, and what two honest names have in common."""

from time import process_time

import pytest

from crible.assess.lookalike import looks_like
from crible.assess.relations import Domains

CORPUS = Domains(
    {"horizon-campagne.example": 300, "courriel.example": 5_000, "gmail.com": 900, "yahoo.fr": 400, "orange.fr": 300},
    ours=frozenset({"mairie.example"}),
)


@pytest.mark.parametrize(
    ("domain", "other"),
    [
        ("horizon-carnpagne.example", "horizon-campagne.example"),
        ("horizoncampagne.example", "horizon-campagne.example"),
        ("horison-campagnes.example", "horizon-campagne.example"),
        ("horizon-carnpagne.test", "horizon-campagne.example"),
        ("mail.c0urriel.example", "courriel.example"),
        ("couriel.example", "courriel.example"),
        ("coruriel.example", "courriel.example"),
        ("gmai1.com", "gmail.com"),
        ("gmaıl.com", "gmail.com"),
        ("xn--gmal-nza.com", "gmail.com"),
        ("mairle.example", "mairie.example"),
    ],
)
def test_look_alikes(domain: str, other: str) -> None:
    found = looks_like(domain, CORPUS)
    assert found is not None
    assert found.domain == other


@pytest.mark.parametrize(
    "domain",
    [
        "horizon-campagne.example",
        "lists.horizon-campagne.example",
        "horizon-campagne.test",
        "gmail.fr",
        "yahoo.com",
        "strange.fr",
        "ti.com",
        "autre-chose.example",
        "localhost",
        "",
        "xn--zzzzzzzzzzzz99999.com",
    ],
)
def test_no_look_alikes(domain: str) -> None:
    assert looks_like(domain, CORPUS) is None


def test_a_domain_that_writes_often_is_nobodys_look_alike() -> None:
    assert looks_like("gmall.com", Domains({"gmail.com": 900, "gmall.com": 6})) is None
    assert looks_like("gmall.com", Domains({"gmail.com": 900, "gmall.com": 5})) is not None
    assert looks_like("gmall.com", Domains({"gmail.com": 60, "gmall.com": 5})) is None


def test_ten_thousand_domains_take_no_quadratic_time() -> None:
    names = [f"maison-{n:05d}-{n % 97}.example" for n in range(10_000)]
    corpus = Domains({name: 40 if n < 3_000 else 1 for n, name in enumerate(names)})
    started = process_time()
    for name in names:
        looks_like(name, corpus)
    assert process_time() - started < 10
