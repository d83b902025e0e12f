"""The mail domains of the benchmark: who carries them, how they sign, and which keys were kept.

All are invented (RFC 2606 §3). What their programs write, on the other hand, has the form that real ones use.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from crible.demo.cast import House

Kept = Literal["known", "lost", "unsigned"]
Carrier = Literal["google", "microsoft", "postfix", "exim", "webmail"]

BASIC = ("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "mime-version")
GOOGLE = ("mime-version", "in-reply-to", "references", "from", "date", "message-id", "subject", "to", "cc")
"""Google never signs Content-Type."""
MICROSOFT = ("from", "date", "subject", "message-id", "content-type", "mime-version")
"""Neither To nor Cc."""
FEW = ("from", "subject", "date", "message-id", "mime-version")
"""No Content-Type, To or Cc."""


@dataclass(frozen=True, slots=True)
class Host:
    """A domain and its servers."""

    domain: str
    carrier: Carrier
    kept: Kept
    selector: str = ""
    bits: int = 2048
    signs: tuple[str, ...] = (*BASIC, "content-type")
    canonical: str = "relaxed/relaxed"
    oversigns: tuple[str, ...] = ()
    limits: bool = False
    """Writes l=."""
    language: Literal["fr", "en"] = "fr"
    seen: tuple[str, str] = ("2016-02-01", "2017-09-30")
    """First and last day on which its key was seen in DNS, where it was."""
    published: bool = False
    """Its private key was published later on."""

    @property
    def house(self) -> House:
        """As the signer wants it."""
        return House(
            self.domain,
            self.selector,
            bits=self.bits,
            canonical=self.canonical,
            signs=self.signs,
            oversigns=self.oversigns,
            limits_length=self.limits,
        )


RIVAGE = Host("ateliers-rivage.example", "google", "known", "google", signs=GOOGLE)
NORTHQUAY = Host("northquay.example", "microsoft", "known", "selector1", signs=MICROSOFT, language="en")
POSTELINE = Host("posteline.example", "google", "known", "20161025", signs=GOOGLE)
BOITALIB = Host("boitalib.example", "webmail", "known", "t20160331", bits=1024)
VAUCLAIR = Host("fonderie-vauclair.example", "postfix", "known", "ovh201609", canonical="relaxed/simple")
SERRAULT = Host("cabinet-serrault.example", "exim", "known", "mail", bits=1024)
HARBOURLINE = Host(
    "harbourline.example", "postfix", "known", "default", canonical="relaxed/simple", language="en",
    oversigns=("from", "to", "subject", "date"),
)  # fmt: skip
ORCHARD = Host("orchardpost.example", "postfix", "known", "04042016", language="en")
SALTMARSH = Host("saltmarsh-review.example", "google", "known", "google", signs=GOOGLE, language="en")
ESTUAIRE = Host("lettre-estuaire.example", "postfix", "known", "lettre", bits=1024)
QUAI = Host("salles-du-quai.example", "exim", "known", "exim", bits=1024, signs=FEW, limits=True)
DOUCET = Host("imprimerie-doucet.example", "exim", "known", "dkim", bits=1024)
DOUCETS = Host("imprimeries-doucet.example", "postfix", "known", "groupe", bits=1024)
"""The printer's group: one letter more, legitimate and frequent."""
AUBIER = Host("mutuelle-aubier.example", "exim", "known", "m512", bits=512)
OUVERT = Host("courrier-ouvert.example", "postfix", "known", "open2016", published=True)
ALIZE = Host("studio-alize.example", "exim", "known", "mail", bits=1024)
"""Made its key anew under the same selector in mid-December; the older one is nowhere."""
CLOCHER = Host("le-clocher.example", "postfix", "known", "k1", bits=1024)
"""Whose ring entry has a poisoned one beside it."""
RELAIS = Host("relais-envois.example", "postfix", "known", "r1", bits=1024)
"""Sends for others and signs in its own name."""

LOOKALIKE = Host("ateliers-rivaqe.example", "postfix", "known", "rv", bits=1024)
"""Somebody's domain with a q for a g; its key is in DNS like any other."""
INVENTED = Host("conseil-amont.example", "postfix", "lost", "ca", bits=1024)
"""Met in nothing but mails that one hand made."""

LUMENEO = Host("lumeneo.example", "google", "lost", "google", signs=GOOGLE)
MISTRAL = Host("mistralmail.example", "webmail", "lost", "m2015", bits=1024)
FERRAND = Host("ferrand-conseil.example", "exim", "lost", "fc", bits=1024)
BRAEMAR = Host("braemar-trust.example", "microsoft", "lost", "selector1", bits=1024, signs=MICROSOFT, language="en")
VAUCLAIR_OLD = Host("fonderie-vauclair.example", "postfix", "lost", "ovh201506", bits=1024, canonical="relaxed/simple")
"""The key that the foundry signed with until November: rotated, and nobody noted it down."""

SOULAC = Host("mairie-soulagne.example", "exim", "unsigned")
PINSON = Host("traiteur-pinson.example", "exim", "unsigned")
CHABANEL = Host("gite-chabanel.example", "webmail", "unsigned")
OLDQUAY = Host("oldquay-cafe.example", "postfix", "unsigned", language="en")
SYNDICAT = Host("syndicat-estran.example", "postfix", "unsigned")
WREN = Host("wren-and-daughters.example", "exim", "unsigned", language="en")

LISTE = Host("listes-rivage.example", "postfix", "unsigned")
"""Carries the mailing list; it signs nothing itself."""

NEWSROOM = Host("redaction-aval.example", "postfix", "unsigned")
"""Who sifts the dump; its own mailbox is no part of it."""
SERVER = f"mx.{NEWSROOM.domain}"
"""What its server calls itself in Authentication-Results."""
KNOWN_SINCE = "2017-05-01"
"""The day the dump was known: what that mailbox received from then on is no witness."""

KNOWN = (RIVAGE, NORTHQUAY, POSTELINE, BOITALIB, VAUCLAIR, SERRAULT, HARBOURLINE, ORCHARD, SALTMARSH, ESTUAIRE, QUAI,
         DOUCET, DOUCETS, AUBIER, OUVERT, ALIZE, CLOCHER, RELAIS,
         LOOKALIKE)  # fmt: skip
LOST = (LUMENEO, MISTRAL, FERRAND, BRAEMAR)
UNSIGNED = (SOULAC, PINSON, CHABANEL, OLDQUAY, SYNDICAT, WREN)

ROTATED = datetime(2016, 11, 10, tzinfo=UTC)
REGENERATED = datetime(2016, 12, 15, tzinfo=UTC)


def signer(host: Host, at: datetime) -> tuple[Host, str]:
    """Which selector and which hand's key a host signs with at a moment."""
    if host == VAUCLAIR and at < ROTATED:
        return VAUCLAIR_OLD, ""
    if host == ALIZE and at < REGENERATED:
        return replace(ALIZE, kept="lost"), "older"
    return host, ""


TRANSIT = House("1e100.net", "20160210", signs=GOOGLE)
"""Google's own signature on what leaves it, here under a key of ours."""
