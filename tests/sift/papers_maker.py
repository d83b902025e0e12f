"""Papers of an invented printer, as text files."""

PAPER = """Imprimerie Valette
12 rue des Presses, 59000 Lille
Facture {number}
Date : {date}
Association de financement Horizon
27 rue du Faubourg, Horizon-Ville
Affiches 60 x 80, papier couché, deux couleurs                {net} €
Total hors taxes {net} €
TVA 20 % {vat} €
Total TTC {gross} €
Paiement à trente jours, par virement. Pas d'escompte pour paiement anticipé.
IBAN FR76 3000 4000 0312 3456 7890 143
"""
REPORT = """Rapport annuel sur l'activité du fonds Orme, 12 mars 2016
Le fonds a soutenu cette année quatorze rédactions locales dans six régions, pour un montant total de 240 000 euros.
Les bénéficiaires ont publié trois cents enquêtes, dont quarante ont été reprises par la presse nationale.
Le comité s'est réuni quatre fois et n'a pas modifié les critères d'attribution.
La station de radio de Colmbach a reçu une aide pour son studio, comme l'an passé.
Les comptes ont été vérifiés par un commissaire indépendant, qui n'a pas relevé d'anomalie.
"""


def bill(number: str = "2017-031", net: str = "1 500,00", date: str = "12/02/2017", extra: str = "") -> bytes:
    """One invoice; the tax and the total follow the net amount."""
    cents = int("".join(c for c in net if c.isdigit()))

    def euros(value: int) -> str:
        return f"{value // 100:,}".replace(",", " ") + f",{value % 100:02}"

    text = PAPER.format(number=number, date=date, net=net, vat=euros(cents // 5), gross=euros(cents * 6 // 5))
    return (text + extra).encode()
