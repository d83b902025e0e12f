"""Who writes: seven owners of leaked boxes and about a hundred correspondents, drawn from the seed."""

import random
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crible.demo.forgeries import hosts
from crible.demo.forgeries.hosts import Host

Client = Literal["gmail", "exchange", "outlook", "apple", "iphone", "thunderbird", "javamail", "roundcube", "mailing"]

FRENCH = (
    "Adèle Bastien Céline Damien Élodie Fabrice Gaëlle Hervé Inès Jérôme Katia Loïc Maëlle Noé Odile Perrine Quentin "
    "Rachel Sébastien Thaïs Ulysse Violette Wassim Yasmine Zoé Anouk Baptiste Clémence Didier Estelle Florent "
    "Ghislaine Hakim Ilona Joëlle Kévin Leïla Mathurin Nadège Olivier"
)
FRENCH_LAST = (
    "Aubrac Berlioux Carvalho Desmoulières Escoffard Fayolles Grandjean Hébrard Isnardon Jolivet Kermorgan Lavergnas "
    "Maupertuis Nivelon Oustry Pélissane Quillévéré Roussignol Sauvignac Tranchant Urbanier Vialatte Wartelle Ybert "
    "Zurfluh Ansquer Boisrobert Chantemesse Delpuech Etchevers Foucauld Guimbretière"
)
ENGLISH = (
    "Alistair Beatrice Callum Daphne Edmund Fiona Gareth Harriet Imogen Jasper Kirsten Lachlan Maisie Nigel Olive "
    "Percival Rosalind Stuart Tabitha Una Vernon Winifred"
)
ENGLISH_LAST = (
    "Ashcombe Birtwell Cathcart Dunmore Ellingham Farnsby Garrowby Hathersage Inglewood Jessop Kilbride Lorrimer "
    "Muncaster Netherby Ormerod Penhallow Quarles Rushforth Stanmore Tressider Wetherell Yarborough"
)
CLOSINGS = {
    "fr": ("Bien à vous,", "Cordialement,", "Bonne journée,", "À bientôt,", "Merci d'avance,", "Bien amicalement,"),
    "en": ("Best,", "Kind regards,", "Many thanks,", "All the best,", "Cheers,", "Yours,"),
}
CLIENTS: dict[str, tuple[Client, ...]] = {
    "google": ("gmail", "gmail", "gmail", "apple", "thunderbird"),
    "microsoft": ("exchange",),
    "postfix": ("thunderbird", "apple", "roundcube", "outlook"),
    "exim": ("outlook", "thunderbird", "roundcube"),
    "webmail": ("javamail",),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an address and a program to write with."""

    name: str
    address: str
    host: Host
    client: Client
    closing: str
    block: str = ""
    """Signature block; empty for none."""
    box: str = ""
    """File name of the leaked box; empty for correspondents."""
    takeout: bool = False
    """The box was exported by Google, with its own numbers on top."""

    @property
    def language(self) -> Literal["fr", "en"]:
        """What this person writes in."""
        return self.host.language

    @property
    def zone(self) -> int:
        """Hours east of UTC in winter."""
        return 1 if self.language == "fr" else 0

    @property
    def first(self) -> str:
        """What friends say."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Town:
    """Everybody."""

    owners: tuple[Person, ...]
    known: tuple[Person, ...]
    lost: tuple[Person, ...]
    unsigned: tuple[Person, ...]
    letter: Person
    """The newsletter."""

    def at(self, host: Host) -> Person:
        """The first correspondent of a host; raises StopIteration if it has none."""
        return next(person for person in (*self.known, *self.lost, *self.unsigned) if person.host == host)


SPECIAL = (hosts.ESTUAIRE, hosts.AUBIER, hosts.OUVERT, hosts.CLOCHER, hosts.RELAIS, hosts.LOOKALIKE)
"""Hosts with one correspondent, who writes rarely or by rules of their own."""


def town(rng: random.Random) -> Town:
    """The people of a run."""
    taken: set[str] = set()
    owners = (
        _owner(rng, taken, hosts.RIVAGE, "gmail", "direction.mbox", takeout=True),
        _owner(rng, taken, hosts.RIVAGE, "apple", "projets.mbox"),
        _owner(rng, taken, hosts.RIVAGE, "thunderbird", "comptes.mbox"),
        _owner(rng, taken, hosts.RIVAGE, "gmail", "accueil.mbox"),
        _owner(rng, taken, hosts.NORTHQUAY, "exchange", "liaison.mbox"),
        _owner(rng, taken, hosts.NORTHQUAY, "exchange", "trustees.mbox"),
        _owner(rng, taken, hosts.POSTELINE, "gmail", "personnel.mbox", takeout=True),
    )
    crowd = {
        kept: tuple(
            _person(rng, taken, host, clients[number % len(clients)])
            for host in group
            for clients in [CLIENTS[host.carrier]]
            for number in range(1 if host in SPECIAL else 5)
        )
        for kept, group in (("known", hosts.KNOWN), ("lost", hosts.LOST), ("unsigned", hosts.UNSIGNED))
    }
    letter = Person("La Lettre de l'Estuaire", f"redaction@{hosts.ESTUAIRE.domain}", hosts.ESTUAIRE, "mailing", "")
    return Town(owners, crowd["known"], crowd["lost"], crowd["unsigned"], letter)


def ascii_name(text: str) -> str:
    """Without accents, lower case, fit for an address."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(char for char in bare if char.isalnum())


def _owner(
    rng: random.Random, taken: set[str], host: Host, client: Client, box: str, *, takeout: bool = False
) -> Person:
    person = _person(rng, taken, host, client)
    return Person(person.name, person.address, host, client, person.closing, person.block, box=box, takeout=takeout)


def _person(rng: random.Random, taken: set[str], host: Host, client: Client) -> Person:
    french = host.language == "fr"
    while True:
        first = rng.choice((FRENCH if french else ENGLISH).split())
        last = rng.choice((FRENCH_LAST if french else ENGLISH_LAST).split())
        address = f"{ascii_name(first)}.{ascii_name(last)}@{host.domain}"
        if address not in taken:
            break
    taken.add(address)
    closing = f"{rng.choice(CLOSINGS[host.language])}\n{first}"
    block = _block(rng, f"{first} {last}", host) if rng.random() < 0.5 else ""
    return Person(f"{first} {last}", address, host, client, closing, block)


def _block(rng: random.Random, name: str, host: Host) -> str:
    trade = host.domain.removesuffix(".example").replace("-", " ").title()
    number = " ".join(f"{rng.randrange(100):02}" for _ in range(3))
    french = ("chargé de mission", "secrétariat", "comptabilité", "service client", "direction")
    english = ("programme officer", "accounts", "front desk", "trustee", "editor")
    role: Sequence[str] = french if host.language == "fr" else english
    phone = f"+33 1 99 {number}" if host.language == "fr" else f"+44 1632 96{rng.randrange(10000):04}"
    return f"{name}\n{trade}, {rng.choice(role)}\n{phone}"
