"""What a document carries, as a list: size, grade, how many other mails carry the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from crible.sift.dossier import Dossier, Member
from crible.store.models import Entry
from crible.web.queries.names import Named, named

MOST = 60
"""Attachments listed."""


@dataclass(frozen=True, slots=True)
class Attached:
    """One of them."""

    member: Member
    about: Named | None
    """None where it has no bytes of its own."""
    others: int
    """Other places that list the same bytes."""
    mime: str = ""
    """As its part says; empty where it says nothing of use."""
    inline: bool = False
    """A picture that the mail shows among its words."""


def attached(dossier: Dossier) -> tuple[tuple[Attached, ...], int]:
    """The first of them, in order, and how many more there are. Two statements; from facts alone."""
    members = dossier.members[:MOST]
    about = named(member.id for member in members)
    elsewhere = _elsewhere([member.id for member in members if member.id])
    mail = dossier.reading.mail if dossier.reading else None
    parts = {part.number: part for part in (mail.parts if mail else ())}
    found = []
    for member in members:
        part = parts.get(member.name.partition("~")[0])
        mime = part.mime if part and part.mime != "application/octet-stream" else ""
        inline = part is not None and part.disposition == "inline" and mime.startswith("image/")
        found.append(Attached(member, about.get(member.id), max(0, elsewhere.get(member.id, 0) - 1), mime, inline))
    return tuple(found), len(dossier.members) - len(members)


def _elsewhere(ids: Sequence[str]) -> dict[str, int]:
    rows = Entry.objects.filter(document__sha256__in=[bytes.fromhex(one) for one in ids])
    counted = rows.values_list("document__sha256").annotate(n=Count("pk"))
    return {bytes(name).hex(): n for name, n in counted}
