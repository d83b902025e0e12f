"""What a mail says between the lines: its way, the moments inside its identifiers, the habits of its program."""

from collections.abc import Sequence
from typing import TypedDict

from crible.extract.mail.fields import Header
from crible.extract.mail.header import HeaderFacts, is_rebuilt
from crible.extract.mail.hops import hops
from crible.extract.mail.stamps import boundaries, stamps
from crible.extract.mail.thread_index import thread_index
from crible.extract.mail.traits import lines, traits
from crible.model.facts import Hop, Part, Stamp


class EmbeddedFacts(TypedDict):
    """The fields of `MailFacts` that are answered here."""

    hops: tuple[Hop, ...]
    stamps: tuple[Stamp, ...]
    traits: dict[str, str]
    threading: tuple[str, ...]


def embedded(data: bytes, header: Header, parts: Sequence[Part], said: HeaderFacts) -> EmbeddedFacts:
    """Read after the header and the structure, from what they found; linear, and nothing of the body is read."""
    chain = hops(header, said["received"])
    found = header.all("thread-index")
    index = thread_index(found[0].value) if found else None
    bounds = list(boundaries(data, header, parts))
    date, cut = said["date"], lines(data, parts)
    offset = date.offset if date else None
    habits = traits(header, parts, said["message_id"], said["mailer"], bounds[0][1] if bounds else "", offset)
    if is_rebuilt(header):  # its layout is our habit, not the sender's, who would seem to have left his
        habits, cut = {name: value for name, value in habits.items() if name in ("message-id", "mailer")}, ""
    return EmbeddedFacts(
        hops=chain,
        stamps=stamps(header, bounds, said["message_id"], chain, index),
        traits=habits | ({"lines": cut} if cut else {}),
        threading=(index.guid, *(f"{moment:.0f}" for moment in index.replies)) if index else (),
    )
