"""Is the mail unchanged since the last handler of its ARC chain, whoever sent it?"""

from collections.abc import Iterator, Sequence

from crible.assess import claimed
from crible.assess.anchors import SEALERS
from crible.assess.chain import Chain, Holds, chain, seal_of
from crible.assess.check import Check
from crible.assess.covered import Params, body_spans, excerpt, fields, iso, named, where
from crible.assess.relations import Relations
from crible.assess.standing import handled, sound
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import MailFacts, Reading
from crible.model.signature import SignatureResult


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer for the chain. A broken one is a note: lists and gateways break chains as they break signatures."""
    mail = reading.mail
    if mail is None:
        return
    found = chain(relations.arc, mail)
    if found.holds is Holds.PASS:
        yield _held(found, mail)
    elif found.holds is Holds.NO_KEY:
        first = found.missing[0]
        params: Params = named(first) | {
            "count": len({(one.facts.domain, one.facts.selector) for one in found.missing})
        }
        yield Evidence(Says.UNTESTABLE, "arc-no-key", params, where(first), strength=Strength.NONE)
    elif found.holds is Holds.BROKEN:
        yield _broken("arc-broken", found.seals[found.broken - 1], Strength.WEAK)
    elif found.holds is Holds.SAID_FAILED:
        yield _broken("arc-said-failed", found.seals[found.broken - 1], Strength.NONE)
    elif found.holds is Holds.DISORDERED:
        yield _disordered(relations.arc, mail)


def _disordered(halves: Sequence[SignatureResult], mail: MailFacts) -> Evidence:
    """The first half that cannot be evaluated says why, where one does."""
    for one in halves:
        if one.facts.malformed in MALFORMED:
            params: Params = {"domain": excerpt(one.facts.domain) or "?"}
            return Evidence(Says.UNTESTABLE, one.facts.malformed, params, where(one), strength=Strength.NONE)
    return Evidence(Says.UNTESTABLE, "arc-disordered", {"count": len(mail.arc)}, "ARC-Seal", strength=Strength.NONE)


def _held(found: Chain, mail: MailFacts) -> Evidence:
    """Support where the newest message signature covers what a reader goes by; else a note that the chain holds."""
    for newest in handled(found, mail):
        params: Params = named(newest) | {"fields": fields(newest, mail), "signed": iso(newest.facts.timestamp)}
        said = _said(found, mail)
        message = "arc-pass-said" if said else "arc-pass"
        return Evidence(Says.SUPPORTS, message, params | said, where(newest), spans=body_spans(newest, mail))
    last = found.seals[-1]
    return Evidence(Says.UNTESTABLE, "arc-holds", named(last), where(last), strength=Strength.NONE)


def _said(found: Chain, mail: MailFacts) -> Params:
    """The first sealer of the list who wrote dkim=pass, and for which domains: what it saw on arrival.

    Anybody can seal, and write what he likes under his own seal: of others nothing is repeated.
    """
    for one in mail.arc:
        seal = seal_of(found, one.instance)
        names = sorted({claimed.domain(claim) for claim in one.claims if claimed.passed(claim)} - {""})
        if names and seal is not None and sound(seal) and seal.facts.domain in SEALERS:
            return {"other": excerpt(seal.facts.domain), "names": [excerpt(name) for name in names[:5]]}
    return {}


def _broken(message: str, seal: SignatureResult, strength: Strength) -> Evidence:
    params: Params = {"domain": excerpt(seal.facts.domain), "count": seal.facts.index}
    return Evidence(Says.UNTESTABLE, message, params, where(seal), strength=strength)


MALFORMED = tuple(f"arc-malformed-{reason}" for reason in ("set", "instance", "cv", "seal-headers", "signs-arc"))
"""Why a half of a set cannot be evaluated, as its facts name it, beside what can be wrong with any signature."""

CHECK = Check(
    id="mail.arc",
    version=1,
    question="Is the mail unchanged since the last handler of its ARC chain, whoever sent it?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="RFC 8617 §5.2",
    messages=(
        "arc-pass",
        "arc-pass-said",
        "arc-holds",
        "arc-no-key",
        "arc-broken",
        "arc-said-failed",
        "arc-disordered",
        *MALFORMED,
    ),
    innocent=("innocent-list-changes", "innocent-gateway-rewrites", "innocent-export-rewrites"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
