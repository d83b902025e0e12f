"""The papers that hang on the mails: invoices, quotes, contracts, notes, sheets, photos."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crible.demo.paper.docx import MIME as DOCX
from crible.demo.paper.docx import docx
from crible.demo.paper.ooxml import Origin
from crible.demo.paper.pdf import Line, pdf
from crible.demo.paper.png import photo
from crible.demo.paper.xlsx import MIME as XLSX
from crible.demo.paper.xlsx import xlsx

TEXTS: dict[str, tuple[str, str, str]] = {
    "note-eau.docx": (
        "Antoine Lescure",
        "Note : l'eau, ce bien qu'on laisse fuir",
        "Un litre sur cinq se perd entre la source et le robinet. Dans deux départements, c'est deux sur cinq.\n"
        "Proposition 1. Dix ans de travaux sur les réseaux, 320 millions d'euros par an, la moitié par les agences.\n"
        "Proposition 2. Les trente premiers mètres cubes à tarif social, financés par les gros consommateurs.\n"
        "Ce que nous ne proposons pas : de nouveaux barrages. Les projets en cours suffisent à dire ce qu'ils coûtent.",
    ),
    "contrat-professions.docx": (
        "Bruno Teissier",
        "Contrat d'impression n° HZ-2017-058",
        "Entre l'Imprimerie Lacombe et l'association de financement Horizon 2017, il est convenu ce qui suit.\n"
        "Article 1. L'imprimeur fournit 412 000 professions de foi, recto verso, papier 70 g.\n"
        "Article 2. Le prix est de 0,0186 € l'exemplaire hors taxes, conditionnement et livraison compris.\n"
        "Article 3. Livraison en commission de propagande le 5 avril 2017 au plus tard, pénalité de 2 % par jour.",
    ),
    "convention-local.docx": (
        "Pauline Oberlin",
        "Convention de mise à disposition d'un local, Colmbach",
        "Le bailleur met à la disposition du comité un local de 41 m², 8 rue des Tisserands.\n"
        "Le loyer est de 120 € par mois, charges en sus, payable le 5. La convention prend fin le 31 mai 2017.",
    ),
}
SHEETS: dict[str, tuple[str, str, Sequence[Sequence[str | float]]]] = {
    "budget-mars.xlsx": (
        "Hélène Garrigue",
        "Budget au 15 mars",
        (
            ("Poste", "Prévu", "Engagé", "Reste"),
            ("Réunions publiques", 96000, 71200, 24800),
            ("Impression et affichage", 74500, 38150, 36350),
            ("Transports", 41000, 33900, 7100),
            ("Numérique et clip", 38000, 23800, 14200),
            ("Études", 18500, 9100, 9400),
            ("Locaux et divers", 22000, 12400, 9600),
            ("Total", 290000, 188550, 101450),
        ),
    ),
    "justificatifs-fevrier.xlsx": (
        "Hélène Garrigue",
        "Pièces manquantes",
        (
            ("Date", "Pièce", "Montant", "Comité", "État"),
            ("03/02/2017", "Péage", 14.2, "Dijeu", "reçu"),
            ("09/02/2017", "Location sono", 180, "Port-Lannec", "à trouver"),
            ("17/02/2017", "Train", 62.5, "Clairmont", "reçu"),
            ("24/02/2017", "Carburant", 41.8, "Port-Lannec", "à trouver"),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice or a quote; amounts in euros."""

    supplier: str
    address: str
    heading: str
    rows: tuple[tuple[str, float], ...]
    customer: str = "Association de financement Horizon 2017"

    @property
    def total(self) -> float:
        """Before tax."""
        return sum(amount for _, amount in self.rows)


LACOMBE = ("Imprimerie Lacombe", "14 rue des Tanneurs, Aubusson-le-Vieux")
CONGRES = ("Salles & Congrès", "Halle aux Grains, place du Marché")
BILLS: dict[str, Bill] = {
    "devis-2017-031.pdf": Bill(*LACOMBE, "Devis 2017-031", (("6 000 affiches 120 x 176 à 1,18 €", 7080.0),)),
    "devis-2017-031-v2.pdf": Bill(
        *LACOMBE, "Devis 2017-031, version 2", (("4 500 affiches 120 x 176 à 1,29 €", 5805.0),)
    ),
    "bon-livraison-221.pdf": Bill(*LACOMBE, "Bon de livraison 221", (("38 palettes, dépôt de Clairmont", 0.0),)),
    "devis-clip.pdf": Bill(
        "Agence Boréale",
        "3 quai des Brumes",
        "Devis clip 90 secondes",
        (("Tournage, deux jours", 15800.0), ("Montage et droits", 7600.0)),
    ),
    "plan-salle.pdf": Bill(
        *CONGRES, "Plan et jauge : 1 140 places assises, 2 300 debout", (("Issue C à laisser libre", 0.0),)
    ),
}


def paper(name: str, at: datetime) -> tuple[str, bytes]:
    """MIME type and bytes of a paper by its name; raises KeyError for a name nobody wrote."""
    if name.endswith(".png"):
        return "image/png", photo(random.Random(name))  # noqa: S311
    if name in TEXTS:
        author, title, text = TEXTS[name]
        return DOCX, docx([title, *text.split("\n")], _origin(title, author, at))
    if name in SHEETS:
        author, title, rows = SHEETS[name]
        return XLSX, xlsx(title, rows, _origin(title, author, at))
    return "application/pdf", bill_pdf(BILLS[name], at)


def bill_pdf(bill: Bill, at: datetime, producer: str = "Factura 8.2") -> bytes:
    """An invoice or a quote as a one-page PDF."""
    lines = [
        Line(60, 780, bill.supplier, 16, bold=True),
        Line(60, 762, bill.address),
        Line(60, 700, bill.heading, 13, bold=True),
        Line(60, 682, f"Date : {at:%d/%m/%Y}"),
        Line(330, 700, bill.customer),
        Line(330, 686, "27 rue du Faubourg, Horizon-Ville"),
    ]
    height = 640.0
    for label, amount in bill.rows:
        lines += [Line(60, height, label), Line(450, height, f"{euros(amount)} €")]
        height -= 18
    lines += [
        Line(330, height - 10, "Total hors taxes", bold=True),
        Line(450, height - 10, f"{euros(bill.total)} €", bold=True),
        Line(330, height - 28, "TVA 20 %"),
        Line(450, height - 28, f"{euros(bill.total / 5)} €"),
        Line(330, height - 46, "Total TTC", bold=True),
        Line(450, height - 46, f"{euros(bill.total * 1.2)} €", bold=True),
        Line(60, 80, "Paiement à trente jours, par virement. Pas d'escompte pour paiement anticipé.", 8),
    ]
    return pdf([lines], bill.heading, producer, f"{at:%Y%m%d%H%M%S}+01'00'")


def euros(amount: float) -> str:
    """An amount as French invoices write it: 2 450,00."""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",")


def _origin(title: str, author: str, at: datetime) -> Origin:
    saved = at.astimezone(UTC) - timedelta(minutes=25)
    begun = saved - timedelta(days=3, hours=2)
    return Origin(title, author, author, f"{begun:%Y-%m-%dT%H:%M:%SZ}", f"{saved:%Y-%m-%dT%H:%M:%SZ}")
