"""Do two papers of one issuer bear one number and one date, and other figures?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.editions import figures, params, rival
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per other paper. Who is right is not said, so both are asked, unless one of them is vouched for.

    Then `corpus.near-version` asks the other. A number that differs is another paper of a series; a date that differs
    or an edition that is named explains itself.
    """
    if reading.mail is not None or relations.reference or relations.references:
        return
    if any(one.mail.full and not one.mail.spoiled for one in relations.carriers):
        return
    for version in relations.versions:
        if rival(version):
            about = params(version, figures(version)) | {"number": version.number, "issuer": version.issuer}
            yield Evidence(Says.QUESTIONS, "number-other-figures", about, refs=(version.other.id,))


CHECK = Check(
    id="corpus.same-number",
    version=1,
    question="Do two papers of one issuer bear one number and one date, and other figures?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="Directive 2006/112/EC art. 226 (2): a sequential number that uniquely identifies the invoice",
    messages=("number-other-figures",),
    innocent=("innocent-corrected-reissue", "innocent-draft-or-edition", "innocent-number-misread"),
    needs=frozenset({"versions", "carriers", "references"}),
    look_around=look_around,
)
