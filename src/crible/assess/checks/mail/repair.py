"""What was signed, where the mail as stored is not it?"""

import re
from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import SHAPING as FIELDS
from crible.assess.covered import Params, excerpt, fields, iso, named, where
from crible.assess.relations import Relations
from crible.assess.standing import ambiguous, cover, doubled, trusted
from crible.model.evidence import Bears, Evidence, Says, Span, Strength
from crible.model.facts import MailFacts, Reading
from crible.model.signature import Repair, Scheme, SignatureResult, Step
from crible.proof.alignment import aligned

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]*", re.IGNORECASE)
TOLD = 2_000
"""Characters of either side that a step tells at most."""
READ_OTHERWISE = "read-otherwise"
"""Step: the signed bytes stand under a type or encoding that nobody signed and that does not fit them."""
SHOWN = 6
"""Steps that are told one by one."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """For each signature that was sought: the steps back to the signed mail, and how far they reached."""
    mail = reading.mail
    if mail is None:
        return
    for result in relations.signatures:
        if result.repair is not None and trusted(result):
            yield from _reached(result, result.repair, mail)
            yield from _told(result, result.repair)


def _reached(result: SignatureResult, repair: Repair, mail: MailFacts) -> Iterator[Evidence]:
    if repair.whole and result.facts.length is not None:
        yield _said(Says.UNTESTABLE, "repair-prefix", result, Strength.NONE)
    elif repair.neutral:
        yield _said(Says.UNTESTABLE, "repair-neutral", result, Strength.NONE)
    elif repair.whole:
        yield _changed(result, repair, mail)
    elif repair.headers:
        # The words are other than those signed, or were wrapped in a way not known yet: which of the two is open.
        yield _said(Says.UNTESTABLE, "repair-header-only", result, Strength.NONE)
    elif repair.body:
        # bh= stands in a header that was not reached, so nothing says that this body hash was signed.
        yield _said(Says.UNTESTABLE, "repair-body-only", result, Strength.NONE)


def _changed(result: SignatureResult, repair: Repair, mail: MailFacts) -> Evidence:
    """Words of the text exchanged differ from a signed copy; what lists and gateways do leaves a part unchanged."""
    words = [step for step in repair.steps if step.words and not _only_links(step)]
    if words and _from_signer(result, repair, mail):
        return _said(Says.QUESTIONS, "repair-words", result, Strength.DECISIVE, _difference(words[0]))
    untouched: Params = {
        "fields": _untouched(result, repair, mail),
        "aligned": _from_signer(result, repair, mail) and not doubled(mail) and not ambiguous(mail),
    }
    spans = tuple(Span("", start, end, result.facts.domain) for start, end in repair.spans)
    if any(step.name == READ_OTHERWISE for step in repair.steps):
        return _said(Says.QUESTIONS, "repair-misread", result, Strength.MODERATE)
    if words or cover(result) == "none":
        return _said(Says.UNTESTABLE, "repair-words-unaligned", result, Strength.NONE)
    return _said(Says.SUPPORTS, "repair-changed", result, Strength.STRONG, untouched, spans)


def _only_links(step: Step) -> bool:
    """Whether nothing but addresses of pages was exchanged, as gateways do to every link they let pass."""
    if max(len(step.stored), len(step.signed)) >= TOLD:
        return False  # more may have been exchanged than is told here
    stored, signed = (_LINK.sub(" ", side).split() for side in (step.stored, step.signed))
    return stored == signed


def _difference(step: Step) -> Params:
    return {"ours": excerpt(step.stored, 120) or "∅", "theirs": excerpt(step.signed, 120) or "∅"}


def _from_signer(result: SignatureResult, repair: Repair, mail: MailFacts) -> bool:
    """Whether the From that was signed, restored or as stored, is of the signer's own organisational domain."""
    if result.facts.scheme is not Scheme.DKIM or (result.used is not None and result.used.pattern):
        return False
    if any(step.field == "from" for step in repair.steps):
        return False  # a From exchanged together with words: too much changed to call it the same message
    domains = [box.address.rpartition("@")[2] for box in mail.senders]
    return bool(domains) and all(aligned(result.facts.domain, domain) for domain in domains)


def _untouched(result: SignatureResult, repair: Repair, mail: MailFacts) -> list[str]:
    changed = {step.field for step in repair.steps if step.changing and step.field}
    return [name for name in fields(result, mail) if name.lower() not in changed]


def _told(result: SignatureResult, repair: Repair) -> Iterator[Evidence]:
    """Each step, the changing ones first, with what stands there and what was signed."""
    for step in sorted(repair.steps, key=lambda step: not step.changing)[:SHOWN]:
        params: Params = named(result) | {
            "step": step.name,
            "field": FIELDS.get(step.field, step.field.title()),
            "stored": excerpt(step.stored, 120) or "∅",
            "signed": excerpt(step.signed, 120) or "∅",
        }
        yield Evidence(Says.UNTESTABLE, "repair-step", params, where(result), strength=Strength.NONE)


def _said(
    says: Says,
    message: str,
    result: SignatureResult,
    strength: Strength,
    more: Params | None = None,
    spans: tuple[Span, ...] = (),
) -> Evidence:
    params: Params = named(result) | {"signed": iso(result.facts.timestamp)} | (more or {})
    return Evidence(says, message, params, where(result), strength=strength, spans=spans)


CHECK = Check(
    id="mail.repair",
    version=2,
    question="What was signed, where the mail as stored is not it?",
    bears_on=Bears.CONTENT,
    strength=Strength.DECISIVE,
    source="RFC 6376 §3.5 (bh=) and RFC 8017 §8.2.2: with its key, a signature shows the digests of what was signed",
    messages=(
        "repair-neutral",
        "repair-changed",
        "repair-prefix",
        "repair-words",
        "repair-words-unaligned",
        "repair-misread",
        "repair-header-only",
        "repair-body-only",
        "repair-step",
    ),
    innocent=("innocent-list-changes", "innocent-gateway-rewrites", "innocent-typo-mended", "innocent-odd-mailer"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
