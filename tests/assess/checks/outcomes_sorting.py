"""Cases of the checks of financial papers: one per answer, and innocent twins that stay silent.

The papers are sorted by the program itself, so that a check and what it rests on are tried together.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crible.assess.relations import Domains, Relations
from crible.assess.sequence import Invoice, OutOfOrder
from crible.extract.sorting import sorted_
from crible.model.facts import Reading
from crible.model.files import FileFacts

Case = Callable[[Any], tuple[Reading, Relations]]

INVOICE = """Les Ateliers du Quai SARL
12 quai des Lices, 35000 Rennes
Siret 732 829 320 00074 - TVA FR44732829320

FACTURE n° FA-2017-0031
Date de facture : mardi 14 mars 2017
Échéance : 13/04/2017

Sonorisation de la salle          1 500,00 €
Location de chaises                 250,00 €

Total HT                          1 750,00 €
TVA 20 %                            350,00 €
Total TTC                         2 100,00 €

IBAN : FR76 3000 6000 0112 3456 7890 189
"""


def file(text: str = INVOICE, old: str = "", new: str = "") -> Reading:
    """A file of the invoice's text, one passage of it replaced."""
    assert old in text
    return sorted_(Reading("application/pdf", text=text.replace(old, new) if old else text, file=FileFacts()))


def paper(old: str = "", new: str = "") -> tuple[Reading, Relations]:
    return file(old=old, new=new), Relations()


def placed(*, earlier: bool) -> tuple[Reading, Relations]:
    other = Invoice("b" * 64, "FA-2017-0030", 736_400)
    return file(), Relations(sequence=OutOfOrder("FA-2017-0031", other, 12, 9, earlier=earlier))


def addressed(address: str, **counts: int) -> tuple[Reading, Relations]:
    reading = file(f"Merci de répondre à {address} avant vendredi.\n")
    return reading, replace(Relations(), domains=Domains({"horizon-gestion.example": 400, **counts}))


OUTCOMES: dict[str, dict[str, Case]] = {
    "file.arithmetic": {
        "sums-differ": lambda m: paper("2 100,00", "2 900,00"),
        "account-digits": lambda m: paper("0112 3456", "0112 3457"),
        "company-digits": lambda m: paper("320 00074", "320 00075"),
        "vat-digits": lambda m: paper("FR44", "FR45"),
        "weekday-other": lambda m: paper("mardi 14", "jeudi 14"),
    },
    "file.look-alike-address": {"look-alike-address": lambda m: addressed("compta@horizon-gestiom.example")},
    "corpus.invoice-sequence": {
        "sequence-earlier": lambda m: placed(earlier=True),
        "sequence-later": lambda m: placed(earlier=False),
    },
}
INNOCENT: dict[str, dict[str, Case]] = {
    "file.arithmetic": {
        "adds up": lambda m: paper(),
        "rounded by cents": lambda m: paper("2 100,00", "2 100,03"),
        "a discount explains the rest": lambda m: paper("Total TTC                         2 100,00",
                                                        "Remise 100,00 €\nTotal TTC 2 000,00"),
        "two rates": lambda m: paper("TVA 20 %                            350,00",
                                     "TVA 10 % 25,00 €\nTVA 20 % 325,00"),
        "no number of a company": lambda m: paper("Siret 732 829 320 00074", "Tél. 732 829 320"),
        "another country's account": lambda m: paper("FR76 3000 6000 0112 3456 7890 189", "XX76 3000 6000 0112"),
    },
    "file.look-alike-address": {
        "the frequent domain itself": lambda m: addressed("compta@horizon-gestion.example"),
        "another name": lambda m: addressed("compta@boulangerie-du-port.example"),
    },
    "corpus.invoice-sequence": {"in order": lambda m: paper()},
}  # fmt: skip
