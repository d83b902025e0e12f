"""Does a signed mail, or a file from outside, hold this very document with other figures, names or dates?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.editions import anchor, calm, figures, params, rival, told
from crible.assess.freemail import FREEMAIL
from crible.assess.relations import Relations, Standing, Version
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per version with something to tell, files only: mails have checks of their own.

    Identity decides. Moderate where the other is vouched for or from outside, ours is not, and the two bear one number,
    or one title and one date; weak where only the words say that they are one, or where the word is a stranger's:
    anybody sends an altered copy from a box of his own. Everything else is a note; two papers of one number that nobody
    vouches for are asked by `corpus.same-number`.
    """
    if reading.mail is not None or relations.reference:
        return
    vouched = any(one.mail.full and not one.mail.spoiled for one in relations.carriers)
    given = {one.file for one in relations.attached if one.changes and not one.elsewhere}
    for version in relations.versions:
        if version.other.id not in given and told(version) and (vouched or not rival(version)):
            signed = anchor(version)
            strange = signed is not None and not version.reference and _stranger(signed, reading, relations)
            yield _answer(version, vouched=vouched or bool(relations.references), strange=strange)


def _answer(version: Version, *, vouched: bool, strange: bool) -> Evidence:
    signed = anchor(version)
    key = "proven" if signed else "reference" if version.reference else ""
    if not key or vouched:
        return _said(Says.UNTESTABLE, "version-differs", version, None, Strength.NONE)
    if calm(version):
        return _said(Says.UNTESTABLE, f"version-edition-{key}", version, signed, Strength.NONE)
    strength = Strength.WEAK if strange else _strength(version)
    return _said(Says.QUESTIONS, f"version-differs-{key}", version, signed, strength)


def _stranger(signed: Standing, reading: Reading, relations: Relations) -> bool:
    """Whether who signed seldom writes here, and ours names neither the address nor, but for freemail, its domain."""
    domain = signed.sender.rpartition("@")[2] or signed.domain
    known = relations.domains
    if signed.sender in known.writers or domain in known.ours - FREEMAIL:
        return False
    named = {one.text.lower() for one in reading.sorting.entities if one.kind == "email"} if reading.sorting else set()
    return signed.sender not in named and (domain in FREEMAIL or not any(one.endswith(f"@{domain}") for one in named))


def _strength(version: Version) -> Strength | None:
    """None for the check's own. A figure for a figure under one number; any telling passage under one title and date.

    Without a date of its own in the text a paper is worked on and saved again: a budget, a list.
    """
    if version.number and figures(version):
        return None
    if version.titled and version.dated:
        return None
    if version.reference and version.titled and version.same_type and figures(version):
        return None
    return Strength.WEAK


def _said(says: Says, key: str, version: Version, signed: Standing | None, strength: Strength | None) -> Evidence:
    refs = (version.other.id,) if signed is None or signed.id == version.other.id else (version.other.id, signed.id)
    return Evidence(says, key, params(version, figures(version) or told(version), signed), refs=refs, strength=strength)


CHECK = Check(
    id="corpus.near-version",
    version=1,
    question="Does a signed mail, or a file from outside, hold this very document with other figures, names or dates?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="Tainted Leaks (Citizen Lab, May 2017): a genuine report with names added; MinHash, Broder 1997",
    messages=(
        "version-differs-proven",
        "version-differs-reference",
        "version-edition-proven",
        "version-edition-reference",
        "version-differs",
    ),
    innocent=("innocent-draft-or-edition", "innocent-form-filled-again", "innocent-corrected-reissue"),
    needs=frozenset({"versions", "carriers", "references", "domains"}),
    look_around=look_around,
)
