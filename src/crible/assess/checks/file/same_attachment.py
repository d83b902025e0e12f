"""What does a signed copy of the mail hold in the place of this attachment?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.editions import difference, worded
from crible.assess.relations import Relations, SameAttachment
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """One answer per signed copy. Contradicted where words or figures differ, and no signed mail carries ours too.

    A file that lies elsewhere as well is not: whoever plants a copy of the mail puts any genuine file in the place of
    the signed one. The mail is asked then (`mail.copies`), and the file as a version (`corpus.near-version`).
    """
    if reading.mail is not None or relations.reference:
        return
    carried = any(one.mail.full and not one.mail.spoiled for one in relations.carriers)
    for same in sorted(relations.attached, key=lambda same: (same.mail.id, same.part)):
        if worded(same):
            yield _differs(same, carried)
        elif same.compared:
            yield _said(Says.UNTESTABLE, "attachment-same-words", same, Strength.NONE)
        else:
            yield _said(Says.UNTESTABLE, "attachment-other-bytes", same, Strength.NONE)


def _differs(same: SameAttachment, carried: bool) -> Evidence:
    if carried:
        return _said(Says.UNTESTABLE, "attachment-differs-both-signed", same, Strength.NONE)
    if same.elsewhere:
        return _said(Says.UNTESTABLE, "attachment-differs-elsewhere", same, Strength.NONE)
    if not same.bound:
        return _said(Says.QUESTIONS, "attachment-differs-unbound", same, Strength.WEAK)
    return _said(Says.QUESTIONS, "attachment-differs-signed", same, None)


def _said(says: Says, key: str, same: SameAttachment, strength: Strength | None) -> Evidence:
    about: Params = {
        **difference(same.changes, same.count),
        "name": excerpt(same.name or same.part),
        "domain": excerpt(same.mail.domain),
        "when": moment(same.mail.signed_at),
    }
    return Evidence(says, key, about, where=f"part {same.part}", refs=(same.file, same.mail.id), strength=strength)


CHECK = Check(
    id="file.same-attachment",
    version=1,
    question="What does a signed copy of the mail hold in the place of this attachment?",
    bears_on=Bears.CONTENT,
    strength=Strength.STRONG,
    source="RFC 5322 §3.6.4: a Message-ID names one version of one message; RFC 6376 §3.7: the hash covers its parts",
    messages=(
        "attachment-differs-signed",
        "attachment-differs-unbound",
        "attachment-differs-elsewhere",
        "attachment-differs-both-signed",
        "attachment-same-words",
        "attachment-other-bytes",
    ),
    innocent=("innocent-sent-again", "innocent-draft-beside-sent", "innocent-gateway-rewrites"),
    needs=frozenset({"attached", "carriers"}),
    look_around=look_around,
)
