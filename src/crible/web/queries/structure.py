"""The parts that a mail consists of, as a flat tree, each with the document that it became."""

from dataclasses import dataclass

from crible.sift.dossier import Dossier, Member

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
    """The parts in their order, and how many more there are. From facts alone."""
    mail = dossier.reading.mail if dossier.reading else None
    if mail is None:
        return (), 0
    members = {member.name.partition("~")[0]: member for member in dossier.members}
    branches = [
        Branch(
            part.number,
            part.number.count(".") + 1 if part.number else 0,
            part.mime,
            part.charset,
            part.encoding,
            part.name,
            part.body_end - part.body_start,
            part.inline_text,
            members.get(part.number),
        )
        for part in mail.parts[:MOST]
    ]
    return tuple(branches), max(0, len(mail.parts) - MOST)
