"""One signature's search: header first, the body beside it, and what was found told as a `Repair`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from crible.extract.mail.fields import Field, Header
from crible.model.signature import Scheme, SignatureFacts
from crible.proof.dkim.canonical import How
from crible.proof.dkim.fieldtable import own_form
from crible.proof.dkim.terms import HASHES
from crible.proof.repair.bodies import BodySearch
from crible.proof.repair.draft import Draft
from crible.proof.repair.headers import Form, HeaderSearch, Shared
from crible.proof.repair.mail import Mail
from crible.proof.repair.recipes import BODY, HEADER
from crible.proof.repair.work import Work

FIELDS = {Scheme.DKIM: "dkim-signature", Scheme.TRANSIT: "x-google-dkim-signature"}
LEARNT = (1, 1, 1, 2, 2, 2)
"""Costs of the steps that most of the container's other mails needed."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is sought: the digests of the mail that was signed."""

    facts: SignatureFacts
    """The signature as examined in the stored mail."""
    header_digest: bytes
    """As the key reveals it; empty if unknown (Ed25519, or no key): then only the body can be sought."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search reached; None for what it did not."""

    forms: Mapping[str, Form] | None
    draft: Draft | None


@dataclass(slots=True)
class Known:
    """What was found for other signatures of the same mail."""

    bodies: dict[tuple[str, str, int | None, bytes], Draft | None] = field(default_factory=dict)
    """By canonical form, hash, l= and bh=."""
    forms: dict[str, Form] = field(default_factory=dict)
    """Of the fields that these signatures signed: what one signer saw the next one mostly saw too."""
    failed: bool = False
    """One header was out of reach: the next one likely is, and gets half the work."""
    made: Shared = field(default_factory=dict)
    """Forms of fields that were tried for these signatures."""
    texts: dict[int, str] = field(default_factory=dict)
    """Signed texts by the identity of the draft in `bodies`."""


def search(mail: Mail, target: Target, order: Sequence[str], work: Work, known: Known | None = None) -> Found:
    """The signed header and body, each on its own. `known`: what was found for others of this mail."""
    facts = target.facts
    if facts.malformed or facts.algorithm not in HASHES:
        return Found(None, None)
    costs = _learnt(order, [recipe.name for recipe in HEADER]) | _learnt(order, [recipe.name for recipe in BODY])
    header_how, _, body_how = facts.canonical.partition("/")
    hash_name = HASHES[facts.algorithm]
    known = Known() if known is None else known
    forms = _forms(mail, target, cast(How, header_how), hash_name, costs, work.share(1 if known.failed else 2), known)
    known.failed = known.failed or forms is None
    known.forms.update(forms or {})
    sought = (body_how, hash_name, facts.length, facts.body_hash)
    if sought not in known.bodies:
        finder = BodySearch(mail, cast(How, body_how), hash_name, facts.length, BODY, work.share(2), costs)
        known.bodies[sought] = finder.run(facts.body_hash)
    return Found(forms, known.bodies[sought])


def _learnt(order: Sequence[str], names: Sequence[str]) -> dict[str, int]:
    """Costs by name for the names that the order gives, its first ones cheapest."""
    known = frozenset(names)
    return dict(zip([name for name in dict.fromkeys(order) if name in known], LEARNT, strict=False))


def _forms(
    mail: Mail,
    target: Target,
    how: How,
    hash_name: str,
    costs: Mapping[str, int],
    work: Work,
    known: Known,
) -> Mapping[str, Form] | None:
    own = own_field(mail.header, target.facts)
    if not target.header_digest or own is None:
        return None
    if target.header_digest == target.facts.header_digest:
        return {}
    forms = [own_form(own, how)]
    finder = HeaderSearch(mail, target.facts.signed, how, hash_name, forms, HEADER, work, costs, known.made)
    return finder.as_known(known.forms, target.header_digest) or finder.run(target.header_digest)


def own_field(header: Header, facts: SignatureFacts) -> Field | None:
    """The field that a signature was read from."""
    fields = header.all(FIELDS[facts.scheme]) if facts.scheme in FIELDS else ()
    return fields[facts.index] if facts.index < len(fields) else None
