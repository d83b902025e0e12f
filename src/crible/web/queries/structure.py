"""The parts that a mail consists of, as a flat tree, each with the document that it became."""

from dataclasses import dataclass

from crible.sift.dossier import Dossier, Member
from crible.web.queries.names import named

MOST = 300
"""Parts listed."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One part."""

    number: str
    level: int
    """0 for the whole message."""
    mime: str
    charset: str
    encoding: str
    name: str
    size: int
    """Bytes as transferred."""
    own: bool
    """Part of the mail's own text."""
    member: Member | None


def structure(dossier: Dossier) -> tuple[tuple[Branch, ...], int]:
    """The parts in their order, and how many more there are. One statement; the names of closed ones are left out."""
    mail = dossier.reading.mail if dossier.reading else None
    if mail is None:
        return (), 0
    members = {member.name.partition("~")[0]: member for member in dossier.members}
    about = named(member.id for member in members.values())
    closed = {number for number, member in members.items() if member.id in about and about[member.id].closed}
    branches = [
        Branch(
            part.number,
            part.number.count(".") + 1 if part.number else 0,
            part.mime,
            part.charset,
            part.encoding,
            "" if part.number in closed else part.name,
            part.body_end - part.body_start,
            part.inline_text,
            members.get(part.number),
        )
        for part in mail.parts[:MOST]
    ]
    return tuple(branches), max(0, len(mail.parts) - MOST)
