"""Which fields does the signature leave out, and does an unsigned Content-Type still fit the signed body?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, uncovered, where
from crible.assess.relations import Relations
from crible.assess.standing import cover, proves, vouching
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import MailFacts, Part, Reading

PREAMBLE = 400
"""Bytes before the first part, or after the last, that no reader is shown; "This is a multi-part message in MIME
format." and its like take under 200."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Of the signature that vouches most: unsigned fields as a limit, a misfit of Content-Type as a question."""
    mail = reading.mail
    if mail is None:
        return
    for domain, signed, place in _best(mail, relations):
        yield from _left(mail, domain, signed, place)


def _best(mail: MailFacts, relations: Relations) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Domain, fields and place of the signature that vouches most for the mail: its own, a twin's, or a copy's."""
    passed = [result for result in vouching(relations, mail) if cover(result) != "none"]
    best = next((result for result in passed if proves(result, mail)), passed[0] if passed else None)
    if best is not None:
        yield best.facts.domain, best.facts.signed, where(best)
        return
    covering = [copy.other for copy in relations.copies if copy.covered and copy.other.full]
    for other in [*relations.twins, *covering]:
        if other.full and not other.spoiled:
            yield other.domain, other.signed, ""
            return


def _left(mail: MailFacts, domain: str, signed: tuple[str, ...], place: str) -> Iterator[Evidence]:
    left = uncovered(signed, mail)
    if left:
        params: Params = {"domain": excerpt(domain), "fields": left}
        yield Evidence(Says.UNTESTABLE, "unsigned-fields", params, place, strength=Strength.NONE)
    if "content-type" not in signed:
        yield from _misfit(mail)
    if ("content-type" not in signed and "body-not-of-type" in mail.defects) or (
        "content-transfer-encoding" not in signed and "body-not-so-encoded" in mail.defects
    ):
        yield Evidence(Says.QUESTIONS, "body-unfit", {"type": excerpt(mail.content_type) or "∅"}, "Content-Type")


def _misfit(mail: MailFacts) -> Iterator[Evidence]:
    """A multipart type whose boundary is not in the body, or is one that leaves much of it unshown (RFC 2046 §5.1)."""
    top = next((part for part in mail.parts if part.number == ""), None)
    if top is None or not top.mime.startswith("multipart/"):
        return
    params: Params = {"type": excerpt(mail.content_type)}
    inner = [part for part in mail.parts if part.number.isdigit() and part.header_start >= top.body_start]
    if not inner:
        if top.body_end > top.body_start:
            yield Evidence(Says.QUESTIONS, "content-type-unfit", params, "Content-Type")
        return
    hidden = _outside(top, inner)
    if hidden > PREAMBLE or "text-outside-parts" in mail.defects:
        yield Evidence(Says.QUESTIONS, "content-type-hides", params | {"count": hidden}, "Content-Type")


def _outside(top: Part, inner: list[Part]) -> int:
    before = min(part.header_start for part in inner) - top.body_start
    after = top.body_end - max(part.body_end for part in inner)
    return max(before, after)


CHECK = Check(
    id="mail.unsigned-headers",
    version=3,
    question="Which fields does the signature leave out, and does an unsigned Content-Type fit the signed body?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 6376 §5.4, §8.14; Gmail never signs Content-Type",
    messages=("unsigned-fields", "content-type-unfit", "content-type-hides", "body-unfit"),
    innocent=("innocent-cut-mail", "innocent-odd-mailer"),
    needs=frozenset({"signatures", "twins", "copies"}),
    look_around=look_around,
)
