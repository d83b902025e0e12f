"""Who writes in the fictional leak: people, and the houses (mail domains) that carry and sign their mail.

Everybody and everything here is invented; every domain is under .example (RFC 2606 §3).
"""

from dataclasses import dataclass
from typing import Literal

USUAL = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "mime-version")


@dataclass(frozen=True, slots=True)
class House:
    """A mail domain and how its servers sign (RFC 6376 §3.5); `selector` empty: they do not."""

    domain: str
    selector: str = ""
    algorithm: Literal["rsa-sha256", "ed25519-sha256"] = "rsa-sha256"
    bits: int = 2048
    canonical: str = "relaxed/relaxed"
    signs: tuple[str, ...] = (*USUAL, "content-type")
    oversigns: tuple[str, ...] = ()
    """Fields named once more than they stand, so that none can be added (RFC 6376 §8.15)."""
    limits_length: bool = False
    """Writes l=: whatever is appended later is not covered (RFC 6376 §8.2)."""
    source: str = ""
    """Who noted the key down, for `keys.jsonl`; empty: nobody did, the key is lost."""
    identifier: str = "uuid"
    """Manner of its Message-IDs."""


NEWSROOM = "demo: DNS query noted by the invented newsroom, 8 May 2017"
OLD_MAIL = "demo: an invented archive of DNS records, 2016"

HORIZON = House("horizon2017.example", "hz1", source=NEWSROOM)
COURRIELO = House("courrielo.example", "20161025", signs=USUAL, source=NEWSROOM, identifier="long")
"""A large free provider; like the best known one it never signs Content-Type."""
BOITEVIVE = House(
    "boitevive.example", "bv3", source=NEWSROOM, oversigns=("from", "to", "subject", "date", "content-type")
)
LACOMBE = House("imprimerie-lacombe.example", "mail", canonical="relaxed/simple", source=OLD_MAIL, identifier="host")
GROUP_LACOMBE = House("imprimeries-lacombe.example", "groupe", source=OLD_MAIL, identifier="host")
"""The printer's group: one letter more, legitimate, signed and frequent."""
NORTHBRIDGE = House("northbridge-advisory.example", "ed17", "ed25519-sha256", oversigns=("from",), source=NEWSROOM)
CONGRES = House("salles-et-congres.example", "smtp", signs=USUAL, limits_length=True, source=OLD_MAIL)
TILLEUL = House("mutuelle-tilleul.example", "m512", bits=512, source=OLD_MAIL, identifier="host")
CAPITOLE = House("lettre-capitole.example", "lc", source=NEWSROOM)
ENVOILIST = House("envoilist.example", "esp2", source=NEWSROOM, identifier="host")
"""Sends newsletters for others and signs them too."""
BOREALE = House("agence-boreale.example", "s2016")
"""Signs, but nobody kept its key."""
LISTS = House("listes-citoyennes.example")
CLAIRMAIL = House("clairmail.example", identifier="long")
BERTHIER = House("traiteur-berthier.example", identifier="host")
MONESTIER = House("cabinet-monestier.example", identifier="host")
HARBOUR = House("harbour-post.example")
ROULELIB = House("roulelib.example", identifier="host")
PANTRY = House("epicerie-des-halles.example", identifier="host")
OFFICINE = House("officine-directe.example", identifier="host")
"""Met nowhere but in mails that somebody laid into a box."""
NEAR_KNOWN = House("horizom2017.example", "k1", source=NEWSROOM)
"""A look-alike that signs soundly; its key is known."""
NEAR_UNKNOWN = House("horizon2o17.example", "k1")
ROGUE = House("relais-depot.example", "x")
"""Whose signature was put in front of another's; its key is nowhere."""

HOUSES = (
    HORIZON,
    COURRIELO,
    BOITEVIVE,
    LACOMBE,
    GROUP_LACOMBE,
    NORTHBRIDGE,
    CONGRES,
    TILLEUL,
    CAPITOLE,
    ENVOILIST,
    BOREALE,
    LISTS,
    CLAIRMAIL,
    BERTHIER,
    MONESTIER,
    HARBOUR,
    ROULELIB,
    PANTRY,
    OFFICINE,
    NEAR_KNOWN,
    NEAR_UNKNOWN,
    ROGUE,
)
BY_DOMAIN = {house.domain: house for house in HOUSES}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address, a way of writing and, for five of them, a mailbox in the leak."""

    name: str
    address: str
    closing: str = ""
    block: str = ""
    """Signature block, below `-- `."""
    quoting: Literal["french", "english", "outlook"] = "french"
    encoding: Literal["quoted-printable", "8bit", "base64"] = "quoted-printable"
    charset: str = "utf-8"
    html: bool = False
    wrap: int = 74
    """Characters a line, 0: one line a paragraph."""
    mailer: str = ""

    @property
    def house(self) -> House:
        """The domain that carries this person's mail."""
        return BY_DOMAIN[self.address.partition("@")[2]]


THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:45.0) Gecko/20100101 Thunderbird/45.8.0"
PHONE = "Apple Mail (2.3259)"
OFFICE = "Microsoft Outlook 16.0"

CAMILLE = Person(
    "Camille Rochebrune",
    "camille.rochebrune@horizon2017.example",
    "Camille",
    "Camille Rochebrune\nDirectrice de campagne, Horizon 2017",
    mailer=THUNDERBIRD,
)
HELENE = Person(
    "Hélène Garrigue",
    "helene.garrigue@horizon2017.example",
    "Bien à toi,\nHélène",
    "Hélène Garrigue, trésorière\nAssociation de financement Horizon 2017",
    quoting="outlook",
    html=True,
    wrap=0,
    mailer=OFFICE,
)
JULIEN = Person(
    "Julien Kervadec",
    "julien.kervadec@horizon2017.example",
    "JK",
    "Julien Kervadec, service de presse\n+33 1 99 00 41 17",
    encoding="8bit",
    mailer=PHONE,
)
NADIA = Person(
    "Nadia Amsellem",
    "nadia.amsellem@horizon2017.example",
    "Bises,\nNadia",
    "Nadia Amsellem\nPôle terrain",
    encoding="base64",
    mailer=THUNDERBIRD,
)
ANTOINE = Person(
    "Antoine Lescure",
    "antoine.lescure@clairmail.example",
    "A.",
    charset="windows-1252",
    wrap=72,
    mailer="Clairmail Web",
)
BOXES = {
    CAMILLE.address: "direction",
    HELENE.address: "tresorerie",
    JULIEN.address: "presse",
    NADIA.address: "terrain",
    ANTOINE.address: "conseil",
}

BRUNO = Person(
    "Bruno Teissier",
    "bruno.teissier@imprimerie-lacombe.example",
    "Cordialement,\nBruno Teissier",
    "Imprimerie Lacombe - 14 rue des Tanneurs, Aubusson-le-Vieux",
    quoting="outlook",
    mailer=OFFICE,
)
GROUP = Person(
    "Service clients - Groupe Lacombe",
    "service.clients@imprimeries-lacombe.example",
    "Le service clients",
    "Groupe Les Imprimeries Lacombe",
    wrap=0,
)
INGRID = Person(
    "Ingrid Halvorsen",
    "ingrid.halvorsen@northbridge-advisory.example",
    "Best,\nIngrid",
    "Northbridge Advisory | Oslo - Bruges",
    quoting="english",
    encoding="8bit",
)
MARC = Person(
    "Marc Diabaté",
    "m.diabate@salles-et-congres.example",
    "Bien cordialement,\nMarc Diabaté",
    "Salles & Congrès - service réservations",
    encoding="8bit",
)
SOPHIE = Person(
    "Sophie Delmas-Roy", "sophie@agence-boreale.example", "Sophie", "Agence Boréale / idées & images", html=True, wrap=0
)
GISELE = Person("Gisèle Berthier", "commandes@traiteur-berthier.example", "Gisèle Berthier", charset="windows-1252")
MONESTIER_P = Person("Paul-Henri Monestier", "ph@cabinet-monestier.example", "P.-H. Monestier", quoting="outlook")
TOM = Person("Tom Pennington", "t.pennington@harbour-post.example", "Cheers,\nTom", quoting="english", wrap=70)
MUTUELLE = Person("Mutuelle du Tilleul", "gestion@mutuelle-tilleul.example", "Le service gestion", wrap=0)
ELISE = Person("Élise Vaucourt", "elise.vaucourt@horizon2017.example", "É.V.", mailer=PHONE)
ELISE_HOME = Person("Élise Vaucourt", "e.vaucourt@courrielo.example", "É.", mailer=PHONE)
LUCIE = Person("Lucie Fontanel", "lucie.fontanel@boitevive.example", "Lucie, comité de Clairmont")
YANN = Person("Yann Le Goadec", "yann.legoadec@courrielo.example", "Kenavo,\nYann", wrap=0, html=True)
KARIM = Person("Karim Benhaddou", "karim.benhaddou@boitevive.example", "À très vite,\nKarim", encoding="8bit")
MIREILLE = Person("Mireille Castagnier", "mireille.castagnier@courrielo.example", "Mireille C.", wrap=0, html=True)
PAULINE = Person("Pauline Oberlin", "pauline.oberlin@boitevive.example", "Bonne semaine,\nPauline")
REMI = Person("Rémi Sauvageot", "remi.sauvageot@clairmail.example", "Rémi", charset="windows-1252")
AICHA = Person("Aïcha Morvan", "aicha.morvan@courrielo.example", "Aïcha", wrap=0)
LETTER = Person("La Lettre du Capitole", "redaction@lettre-capitole.example", "La rédaction", html=True, wrap=0)
TRAIN = Person("Roulélib", "ne-pas-repondre@roulelib.example", "Votre équipe Roulélib", html=True, wrap=0)
SHOP = Person("Épicerie des Halles", "commande@epicerie-des-halles.example", "L'équipe de l'Épicerie", wrap=0)
LIST = Person("comites", "comites@listes-citoyennes.example")
COMMITTEES = (
    (LUCIE, "Clairmont"),
    (YANN, "Port-Lannec"),
    (KARIM, "Wattrebois"),
    (MIREILLE, "Nîmelle"),
    (PAULINE, "Colmbach"),
    (REMI, "Dijeu"),
    (AICHA, "Le Mançois"),
)
