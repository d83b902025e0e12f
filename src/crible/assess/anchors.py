"""Keys that an ARC sealer saw in DNS: its results name a signature of this very mail (product.md, Grades, anchor b)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from crible.assess import claimed
from crible.assess.chain import Chain, Holds, chain, seal_of
from crible.assess.standing import sound
from crible.model.facts import ArcSet, Claim, MailFacts
from crible.model.signature import Scheme, SignatureFacts, SignatureResult, Word

SEALERS = frozenset(
    {
        "google.com",
        "microsoft.com",
        "messagingengine.com",
        "yahoo.com",
        "zohomail.com",
        "zohomail.eu",
    }
)
"""Providers that verify DKIM for millions of strangers and seal what they saw: d= of their seals, as seen in public
mail. Anybody can seal, so a seal counts for what its sealer would lose by lying. Fastmail seals as messagingengine.com.
A list of names and no pattern: a subdomain may be a customer's."""


@dataclass(frozen=True, slots=True)
class Attested:
    """A sealer's word that the key of a selector verified one of this mail's signatures when the mail came to it."""

    domain: str
    selector: str
    signature_index: int
    """Of the DKIM-Signature, from 0 at the top."""
    sealer: str
    """d= of the seal."""
    bound: bool = False
    """The same handler's message signature also verifies over the mail as stored and covers DKIM-Signature: its set was
    not moved here from another mail. Without it a set with a like b= could have been, at the cost of some 2**48
    signatures."""


def attested(mail: MailFacts, results: Sequence[SignatureResult]) -> tuple[Attested, ...]:
    """What sealers attest of this mail's signatures, by instance, then from the top; none where the chain is in doubt.

    `results` are all its judged signatures. Asked of a chain: sets in order, the seal over the results that are read
    and every later seal verify, the former under a sound key of a sealer of the list. Whether earlier seals verify, and
    whether the mail was changed later on, is nothing to a key.
    """
    found = chain(results, mail)
    if found.holds not in (Holds.PASS, Holds.BROKEN, Holds.NO_KEY):
        return ()
    own = [one.facts for one in results if one.facts.scheme is Scheme.DKIM and not one.facts.malformed]
    return tuple(dict.fromkeys(one for each in mail.arc for one in _by_set(each, found, own, results)))


def _by_set(
    one: ArcSet, found: Chain, own: Sequence[SignatureFacts], results: Sequence[SignatureResult]
) -> Iterator[Attested]:
    seal = seal_of(found, one.instance)
    if seal is None or not sound(seal) or seal.facts.domain not in SEALERS:
        return
    bound = any(_binds(result, one.instance, seal.facts.domain) for result in results)
    for facts in own:
        if any(_names(claim, facts) for claim in one.claims):
            yield Attested(facts.domain, facts.selector, facts.index, seal.facts.domain, bound)


def _names(claim: Claim, facts: SignatureFacts) -> bool:
    """Whether a result says dkim=pass of exactly this signature."""
    who = (claimed.domain(claim), claimed.selector(claim))
    return claimed.passed(claim) and who == (facts.domain, facts.selector.lower()) and claimed.quotes(claim, facts)


def _binds(result: SignatureResult, instance: int, sealer: str) -> bool:
    facts = result.facts
    return (
        facts.scheme is Scheme.ARC_MESSAGE
        and (facts.index, facts.domain) == (instance, sealer)
        and result.word is Word.PASS
        and "dkim-signature" in facts.signed
    )
