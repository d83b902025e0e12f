"""Which version of a document is a question, and which is an edition that says so itself."""

from crible.assess.compare import TELLING
from crible.assess.covered import Params, excerpt, moment
from crible.assess.relations import Change, SameAttachment, Standing, Version

FIGURES = frozenset({"number", "iban"})


def anchor(version: Version) -> Standing | None:
    """The signed mail that vouches for the other: one that carries it, or the other itself."""
    if version.carrier is not None:
        return version.carrier
    return version.other if version.other.full and not version.other.spoiled else None


def calm(version: Version) -> bool:
    """Whether the two say themselves why they differ: another date, an edition named, somebody else's name.

    A name in the place of another is the next letter, contract or certificate of one form; a name put in is none.
    """
    return bool(version.redated or version.announced) or any(_another(change) for change in version.changes)


def rival(version: Version) -> bool:
    """Whether the two claim to be one paper, by number, issuer and date, with other figures, neither vouched for."""
    if anchor(version) or version.reference or calm(version):
        return False
    return bool(version.number and version.issuer and version.dated and figures(version))


def told(version: Version) -> tuple[Change, ...]:
    """Passages that differ in a number, date, name, account or negation; all that was added or left out counts."""
    return tuple(change for change in version.changes if TELLING.intersection(change.kinds) or _one_sided(change))


def figures(version: Version) -> tuple[Change, ...]:
    """Passages where both have a figure, and another one; the barest first, for that is the one shown."""
    found = [one for one in version.changes if one.ours and one.theirs and FIGURES.intersection(one.kinds)]
    return tuple(sorted(found, key=lambda one: sum(map(str.isalpha, one.ours + one.theirs))))


def params(version: Version, changes: tuple[Change, ...], signed: Standing | None = None) -> Params:
    """What a sentence of a version needs: the first difference, how many, where the other lies, who signed it."""
    return {
        **difference(changes, version.count),
        "path": excerpt(version.path, 160),
        "similarity": version.similarity,
        "domain": excerpt(signed.domain) if signed else "",
        "when": moment(signed.signed_at) if signed else "",
    }


def difference(changes: tuple[Change, ...], count: int) -> Params:
    """The first of these changes, all kinds, and how many there are in all."""
    first = changes[0] if changes else Change("", "")
    return {
        "ours": excerpt(first.ours, 120) or "∅",
        "theirs": excerpt(first.theirs, 120) or "∅",
        "count": count,
        "kinds": sorted({kind for change in changes for kind in change.kinds}),
    }


def worded(same: SameAttachment) -> bool:
    """Whether the two attachments differ for a reader."""
    return same.compared and bool(same.changes)


def _another(change: Change) -> bool:
    return bool(change.ours and change.theirs) and "name" in change.kinds


def _one_sided(change: Change) -> bool:
    return not (change.ours and change.theirs)
