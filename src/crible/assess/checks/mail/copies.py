"""What do other copies of the same message say?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.compare import TELLING
from crible.assess.covered import Params, clock, excerpt, moment
from crible.assess.relations import Change, Copy, Relations
from crible.assess.standing import ambiguous, doubled
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Part, Reading

NOTICE = 4_000
"""Bytes."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per copy that has something to say; a copy signed while the account was in other hands has not."""
    if reading.mail is None:
        return
    own = relations.standing
    proven = own is not None and own.full
    names = frozenset(part.name for part in reading.mail.parts if part.name)
    notices = frozenset(part.name for part in reading.mail.parts if part.name and _notice(part))
    for copy in sorted(relations.copies, key=lambda copy: copy.other.id):
        if not copy.other.spoiled:
            if not copy.same_sender:
                yield from _strange(copy)
            elif copy.covered or copy.same_text:
                yield from _agrees(copy, bool(doubled(reading.mail)) or ambiguous(reading.mail))
            else:
                yield from _differs(copy, proven, _differing(copy, names, notices))


def _strange(copy: Copy) -> Iterator[Evidence]:
    """A note, whatever the two say: else a stranger's own signed mail could vouch for a mail, or question it."""
    if copy.other.full or copy.other.part:
        yield _said(Says.UNTESTABLE, "copy-other-sender", copy, Strength.NONE)


def _agrees(copy: Copy, twice: bool) -> Iterator[Evidence]:
    """What an equal copy vouches for.

    A signature is read from the bottom up, so it still covers a copy with a second Subject on top; and it covers the
    body's bytes, which another Content-Type shows otherwise: neither copy is wholly proven by it.
    """
    other = copy.other
    if copy.covered and copy.same_text and other.full and not twice:
        yield _said(Says.SUPPORTS, "copy-covered", copy)
    elif copy.covered and (other.full or (other.part and other.whole)):
        yield _said(Says.SUPPORTS, "copy-covered-part", copy, Strength.STRONG)
    elif copy.same_text and other.full:
        yield _said(Says.SUPPORTS, "copy-same-text", copy, Strength.STRONG)
    elif copy.same_text and other.part and other.whole:
        yield _said(Says.SUPPORTS, "copy-same-text-handled", copy, Strength.MODERATE)


def _notice(part: Part) -> bool:
    """Small enough, and of a type, for what a gateway writes in the place of a file that it took out."""
    return part.mime in ("text/plain", "text/html") and part.body_end - part.body_start < NOTICE


def _differing(copy: Copy, names: frozenset[str], notices: frozenset[str]) -> frozenset[str]:
    """Files of ours that the other copy lacks or has with other bytes.

    One missing here was stripped, as gateways do, and a short note in its place tells so: no question.
    """
    ours = names.intersection(copy.attachments_differ)
    missing = set(copy.attachments_differ) - names
    return ours - notices if missing else ours


def _differs(copy: Copy, proven: bool, names: frozenset[str]) -> Iterator[Evidence]:
    changes = tuple(change for change in copy.changes if change.kinds)
    if copy.only_added:
        if copy.other.full:
            yield _said(Says.UNTESTABLE, "copy-only-added", copy, Strength.NONE)
    elif changes:
        yield _changed(copy, changes, proven)
    elif copy.other.full and names and _bound(copy):
        params: Params = {"names": [excerpt(name) for name in sorted(names)[:5]]}
        yield _said(Says.QUESTIONS, "copy-attachments-differ", copy, Strength.MODERATE, params)


def _bound(copy: Copy) -> bool:
    """Whether the signed copy is surely this message: its signature covers the Message-ID, or it has our Date.

    Else anybody can give a genuine mail the Message-ID of another one, and have it contradict that.
    """
    return "message-id" in copy.other.signed or not copy.redated


def _changed(copy: Copy, changes: tuple[Change, ...], proven: bool) -> Evidence:
    first = next((change for change in changes if TELLING.intersection(change.kinds)), changes[0])
    params: Params = {
        "ours": excerpt(first.ours, 120) or "∅",
        "theirs": excerpt(first.theirs, 120) or "∅",
        "count": len(changes),
        "kinds": sorted({kind for change in changes for kind in change.kinds}),
    }
    telling = any(TELLING.intersection(change.kinds) for change in changes)
    if copy.rebuilt:
        # Outlook makes a plain text of its own from the HTML: other words alone are its doing, other figures seldom.
        if telling:
            return _said(Says.QUESTIONS, "copy-differs", copy, Strength.WEAK, params)
        return _said(Says.UNTESTABLE, "copy-rebuilt", copy, Strength.NONE, params)
    full = copy.other.full and _bound(copy)
    if full and not proven:
        return _said(Says.QUESTIONS, "copy-differs-signed", copy, Strength.STRONG, params)
    if full:
        return _said(Says.QUESTIONS, "copy-differs-both-signed", copy, Strength.MODERATE, params)
    if copy.redated and not copy.other.part:
        # All six pairs in 29,263 real list mails that differ under one Message-ID were sent hours or days apart.
        return _said(Says.QUESTIONS, "copy-sent-again", copy, Strength.WEAK, params)
    strength = Strength.MODERATE if telling else Strength.WEAK
    return _said(Says.QUESTIONS, "copy-differs", copy, Strength.WEAK if proven else strength, params)


def _said(
    says: Says, message: str, copy: Copy, strength: Strength | None = None, params: Params | None = None
) -> Evidence:
    other = copy.other
    about: Params = {
        "domain": excerpt(other.domain),
        "when": moment(other.signed_at),
        "signed": clock(other),
    }
    return Evidence(says, message, about | (params or {}), refs=(other.id,), strength=strength)


CHECK = Check(
    id="mail.copies",
    version=5,
    question="What do other copies of the same message say?",
    bears_on=Bears.CONTENT,
    strength=Strength.DECISIVE,
    source="RFC 5322 §3.6.4: a Message-ID names one version of one message",
    messages=(
        "copy-covered",
        "copy-covered-part",
        "copy-same-text",
        "copy-same-text-handled",
        "copy-only-added",
        "copy-attachments-differ",
        "copy-differs-signed",
        "copy-differs-both-signed",
        "copy-differs",
        "copy-sent-again",
        "copy-rebuilt",
        "copy-other-sender",
    ),
    innocent=(
        "innocent-draft-beside-sent",
        "innocent-sent-again",
        "innocent-gateway-rewrites",
        "innocent-outlook-rendering",
        "innocent-stripped-attachments",
    ),
    needs=frozenset({"signatures", "copies"}),
    look_around=look_around,
)
