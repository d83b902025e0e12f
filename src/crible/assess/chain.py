"""Does the chain of ARC sets in a mail hold, and if not, where does it break (RFC 8617 §5.2)?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from crible.model.facts import MailFacts
from crible.model.signature import Headers, Scheme, SignatureResult, Word


class Holds(StrEnum):
    """What can be said of a chain."""

    NONE = "none"
    """The mail has no ARC sets."""
    PASS = "pass"  # noqa: S105
    """All seals verify, and the newest message signature over the mail as stored."""
    NO_KEY = "no-key"
    """Nothing fails, and a key is missing."""
    BROKEN = "broken"
    """The seal of `broken`, or the newest message signature, does not verify."""
    DISORDERED = "disordered"
    """The sets are no chain: one is missing, doubled or incomplete, or states what its place does not allow."""
    SAID_FAILED = "said-failed"
    """The seal of `broken` says that the chain failed before it came there: cv=fail ends a chain."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The answer, with what it rests on."""

    holds: Holds
    newest: SignatureResult | None = None
    """The message signature of the highest instance, where the sets are in order."""
    seals: tuple[SignatureResult, ...] = ()
    """By instance, from 1, where the sets are in order."""
    broken: int = 0
    """Instance that fails; 0 where none does or none can be named."""
    missing: tuple[SignatureResult, ...] = ()
    """Signatures whose key is not at hand, newest first: seals, and the newest message signature."""
    oldest_pass: int = 0
    """Lowest instance whose message signature still verifies: since then nothing it covers was changed (§5.2, step 5).
    0 where none does."""


def chain(results: Sequence[SignatureResult], mail: MailFacts) -> Chain:
    """The chain of `mail`; `results` are its judged signatures, those of ARC among others.

    Says nothing of how far a key is to be trusted: that it verifies is all that is asked of one here.
    """
    sets = mail.arc
    if not sets:
        return Chain(Holds.NONE)
    if any(not one.whole or one.instance != place for place, one in enumerate(sets, 1)):
        return Chain(Holds.DISORDERED)
    messages, seals = (_by_instance(results, scheme, len(sets)) for scheme in (Scheme.ARC_MESSAGE, Scheme.ARC_SEAL))
    if not messages or not seals:
        return Chain(Holds.DISORDERED)
    failed = max((one.instance for one in sets if one.cv == "fail"), default=0)
    if failed:
        return Chain(Holds.SAID_FAILED, messages[-1], seals, failed)
    if any(one.cv != ("pass" if place else "none") for place, one in enumerate(sets)):
        return Chain(Holds.DISORDERED)
    return _verified(messages, seals)


def _by_instance(results: Sequence[SignatureResult], scheme: Scheme, count: int) -> tuple[SignatureResult, ...]:
    """One result for each instance from 1 on; empty where they are not exactly that."""
    found = sorted((one for one in results if one.facts.scheme is scheme), key=lambda one: one.facts.index)
    return tuple(found) if [one.facts.index for one in found] == list(range(1, count + 1)) else ()


def _verified(messages: Sequence[SignatureResult], seals: tuple[SignatureResult, ...]) -> Chain:
    newest = messages[-1]
    asked = [newest, *reversed(seals)]
    missing = tuple(one for one in asked if one.word is Word.NO_KEY)
    failing = next((one for one in asked if one.word not in (Word.PASS, Word.NO_KEY)), None)
    oldest = _oldest_pass(messages)
    if failing is not None:
        return Chain(Holds.BROKEN, newest, seals, failing.facts.index, missing, oldest)
    return Chain(Holds.NO_KEY if missing else Holds.PASS, newest, seals, 0, missing, oldest)


def _oldest_pass(messages: Sequence[SignatureResult]) -> int:
    oldest = 0
    for one in reversed(messages):
        if one.word is not Word.PASS:
            break
        oldest = one.facts.index
    return oldest


def seal_of(found: Chain, instance: int) -> SignatureResult | None:
    """The seal of an instance, if it and every later one verify: only then are its set's words its sealer's."""
    later = found.seals[instance - 1 :] if instance > 0 else ()
    held = bool(later) and all(one.word is Word.PASS and one.headers is Headers.OK for one in later)
    return later[0] if held else None
