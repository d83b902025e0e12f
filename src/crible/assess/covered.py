"""What a verifying signature covers of a mail, in the terms that evidence is written in."""

from collections.abc import Sequence
from datetime import UTC, datetime

from crible.assess.relations import Standing
from crible.assess.standing import cover, shown
from crible.model.evidence import Param, Span
from crible.model.facts import MailFacts
from crible.model.signature import Scheme, SignatureResult

SHOWN = {
    "from": "From",
    "to": "To",
    "cc": "Cc",
    "reply-to": "Reply-To",
    "subject": "Subject",
    "date": "Date",
    "message-id": "Message-ID",
    "content-type": "Content-Type",
}
"""Fields a reader goes by, as they are written."""
SHAPING = SHOWN | {"sender": "Sender", "content-transfer-encoding": "Content-Transfer-Encoding"}
"""These, and fields that change what a reader is shown without being read themselves."""
Params = dict[str, Param]
HEADER = {
    Scheme.DKIM: "DKIM-Signature",
    Scheme.TRANSIT: "X-Google-DKIM-Signature",
    Scheme.ARC_MESSAGE: "ARC-Message-Signature",
    Scheme.ARC_SEAL: "ARC-Seal",
}


def fields(result: SignatureResult, mail: MailFacts) -> list[str]:
    """Fields under the signature, as a reader knows them; one that stands twice is left out, for which is signed?"""
    return [SHOWN[name] for name in SHOWN if name in result.facts.signed and mail.counts.get(name) == 1]


def uncovered(signed: Sequence[str], mail: MailFacts) -> list[str]:
    """Fields that the mail has and a signature over `signed` leaves out."""
    return [SHAPING[name] for name in SHAPING if mail.counts.get(name) and name not in signed]


def body_spans(result: SignatureResult, mail: MailFacts) -> tuple[Span, ...]:
    """The range of the stored mail, in bytes from its start, whose text the signature covers; empty for none."""
    end = max((part.body_end for part in mail.parts), default=0)
    if cover(result) == "prefix":
        end = result.facts.signed_end or 0
    if not shown(result, mail) or end <= mail.header_end:
        return ()
    return (Span("", mail.header_end, end, result.facts.domain),)


def where(result: SignatureResult) -> str:
    """`DKIM-Signature[0]`; of an ARC field the number is its instance, from 1."""
    return f"{HEADER[result.facts.scheme]}[{result.facts.index}]"


def named(result: SignatureResult) -> Params:
    """Who signed, with which key, and from how many sources (`count`) that key is known."""
    key = result.used
    return {
        "domain": excerpt(result.facts.domain),
        "selector": excerpt(result.facts.selector),
        "bits": f"{key.bits}" if key else "",
        "count": len(key.sources) if key else 0,
    }


def moment(seconds: int | None) -> str:
    """`2017-03-14 08:12 UTC`; a question mark for None or a year that no calendar has."""
    try:
        return "?" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return "?"


def iso(seconds: int | None) -> str:
    """`2017-03-14T08:12:00+00:00`; empty for None or a year that no calendar has."""
    try:
        return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def clock(standing: Standing) -> str:
    """When a document was signed by its signer's own clock, as `iso`; empty where only a Date says so."""
    return iso(standing.signed_at) if standing.clocked else ""


def excerpt(text: str, most: int = 80) -> str:
    """Words of a document inside a sentence of ours: one line, printable only, cut at `most` characters.

    Unprintable covers controls and the bidirectional marks that would turn our own sentence round.
    """
    head = text[: 4 * most]
    plain = head if head.isprintable() else "".join(c if c.isprintable() else " " for c in head)
    line = " ".join(plain.split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"
