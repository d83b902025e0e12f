"""What a mail's own signatures prove of it, by the `proven` row of the grades table, and the questions that asks.

`standing` is the only way proof gets from one document to another: checks and relations speak of other documents
through it, never through a grade.
"""

from collections.abc import Sequence
from typing import Literal

from crible.assess.chain import Chain, Holds, chain
from crible.assess.relations import Relations, Standing
from crible.extract.mail.fit import MISTYPED, OUTSIDE
from crible.model.facts import MailFacts, Reading
from crible.model.signature import Scheme, SignatureResult, Word
from crible.proof.alignment import aligned

CRITICAL = ("from", "to", "cc", "subject", "date", "content-type", "content-transfer-encoding")
"""Fields that a reader is shown, or by which the text is decoded, and that may stand once only (RFC 5322 §3.6, RFC 2045
§3): the first Content-Transfer-Encoding decodes the body, while a signature may cover the last."""
MUST_SIGN = ("from", "subject", "date")
"""Fields that a whole proof covers, those present."""

READ_BY = (*CRITICAL, "message-id", "reply-to", "sender")
"""Fields that a reader goes by, or that shape what is shown."""

Cover = Literal["whole", "prefix", "none"]


def standing(id: str, reading: Reading, results: Sequence[SignatureResult]) -> Standing:  # noqa: A002
    """What the mail's own signatures prove: the first that proves it in full, else the first that proves a part.

    `id` is the document's SHA-256 in hex. Sound means: it verifies, under an anchored key of 1024 bits or more whose
    private half nobody published. A second valid signature beside it changes nothing (evidence.md, anchors).
    """
    mail = reading.mail
    if mail is None:
        return Standing(id)
    vouching = [result for result in results if not result.facts.scheme.arc]
    vouching = [result for result in vouching if sound(result) and cover(result) != "none"]
    vouching += handled(chain(results, mail), mail)
    vouching = [result for result in vouching if not recast(result, mail)]
    full = next((result for result in vouching if proves(result, mail)), None)
    best = full or next((result for result in vouching if cover(result) == "whole"), None)
    best = best or next(iter(vouching), None)
    if best is None:
        return Standing(id)
    return Standing(
        id,
        full=full is not None,
        part=full is None,
        domain=best.facts.domain,
        signed_at=signed_at(best, mail),
        whole=cover(best) == "whole",
        clocked=best.facts.timestamp is not None,
        sender=mail.senders[0].address.lower() if mail.senders else "",
        signed=tuple(name for name in READ_BY if name in best.facts.signed),
    )


def proves(result: SignatureResult, mail: MailFacts) -> bool:
    """Whether this signature alone proves the mail in full."""
    return (
        sound(result)
        and result.facts.scheme is Scheme.DKIM
        and from_signer(result, mail)
        and cover(result) == "whole"
        and not missing(result, mail)
        and not doubled(mail)
        and not ambiguous(mail)
    )


def handled(found: Chain, mail: MailFacts) -> tuple[SignatureResult, ...]:
    """The newest message signature of an ARC chain that holds, where it shows the mail unchanged since its handler.

    It and its seal are sound and of one organisation, and it covers From, Subject, Date (those present) and the whole
    body. Nothing of that establishes a sender: a handler signs whatever passes through.
    """
    newest = found.newest
    if found.holds is not Holds.PASS or newest is None:
        return ()
    held = sound(newest) and sound(found.seals[-1]) and aligned(newest.facts.domain, found.seals[-1].facts.domain)
    return (newest,) if held and cover(newest) == "whole" and not missing(newest, mail) else ()


def vouching(relations: Relations, mail: MailFacts) -> tuple[SignatureResult, ...]:
    """Every signature that is sound by itself, and the one that an ARC chain stands for."""
    own = (result for result in relations.signatures if sound(result))
    return (*own, *handled(chain(relations.arc, mail), mail))


def verifies(result: SignatureResult) -> bool:
    """As the mail is stored, or after neutral repairs: these leave what a reader is shown as it is.

    With l= no repair counts: how far a prefix of the repaired body reaches into the stored one, its writer may decide.
    """
    return result.word is Word.PASS or (
        result.repair is not None and result.repair.neutral and result.facts.length is None
    )


def trusted(result: SignatureResult) -> bool:
    """Its key is anchored, has no rival as well anchored, is long enough, and was never published."""
    key = result.used
    if key is None or result.rivalled:
        return False
    return key.anchored and not key.short and not key.private_published


def sound(result: SignatureResult) -> bool:
    """It verifies, under a key to be trusted."""
    return verifies(result) and trusted(result)


def cover(result: SignatureResult) -> Cover:
    """How much of the body lies under the signature; `l=0` before a body covers none of it (RFC 6376 §8.2)."""
    facts = result.facts
    if facts.length is None or facts.length >= facts.body_length:
        return "whole"
    return "prefix" if facts.length > 0 else "none"


def from_signer(result: SignatureResult, mail: MailFacts) -> bool:
    """Whether every From address is of the signer's own organisational domain (RFC 7489 §3.1.1).

    A shared key (`used.pattern`) is aligned with nobody: its names are not injective, so `a-b.…` may be two customers.
    """
    if result.facts.scheme is not Scheme.DKIM or (result.used is not None and result.used.pattern):
        return False
    domains = sender_domains(mail)
    return bool(domains) and all(aligned(result.facts.domain, domain) for domain in domains)


def sender_domains(mail: MailFacts) -> tuple[str, ...]:
    """Domains of the From addresses, each once, in order; `` for an address without one."""
    parted = (box.address.rpartition("@") for box in mail.senders)
    return tuple(dict.fromkeys(domain.lower() if at else "" for _, at, domain in parted))


def missing(result: SignatureResult, mail: MailFacts) -> tuple[str, ...]:
    """Fields among From, Subject and Date that the mail has and the signature leaves out."""
    return tuple(name for name in MUST_SIGN if mail.counts.get(name) and name not in result.facts.signed)


def doubled(mail: MailFacts) -> tuple[str, ...]:
    """Critical fields that stand more than once."""
    return tuple(name for name in CRITICAL if mail.counts.get(name, 0) > 1)


def ambiguous(mail: MailFacts) -> bool:
    """Whether other programs may see other fields, or another end of the header, than the signature was held against.

    A missing empty line counts where a body follows: some programs then take its first lines for fields.
    """
    unseparated = "header-unseparated" in mail.defects and any(part.body_end > part.body_start for part in mail.parts)
    return unseparated or "header-ambiguous" in mail.defects


def recast(result: SignatureResult, mail: MailFacts) -> bool:
    """Whether an unsigned Content-Type stands over a body that it does not describe.

    Then the bytes are as signed, and what is read in them may be another text, with attachments that nobody attached:
    such a mail speaks neither for nor against any other document.
    """
    return "content-type" not in result.facts.signed and not {MISTYPED, OUTSIDE}.isdisjoint(mail.defects)


def shown(result: SignatureResult, mail: MailFacts) -> bool:
    """Whether anything that a reader is shown lies under the signature: with l=, a boundary may leave it out."""
    end = result.facts.signed_end
    if cover(result) != "prefix" or end is None:
        return cover(result) != "none"
    inner = [part for part in mail.parts if part.number and not part.mime.startswith("multipart/")]
    return any(part.body_start < end for part in inner)


def signed_at(result: SignatureResult, mail: MailFacts) -> int | None:
    """t= in Unix seconds, else the Date if it is signed and stands once; None if neither is there."""
    if result.facts.timestamp is not None:
        return result.facts.timestamp
    if mail.date is None or "date" not in result.facts.signed or mail.counts.get("date", 1) > 1:
        return None
    return int(mail.date.seconds)
