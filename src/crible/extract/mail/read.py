"""One mail, read: the facts of its header and structure, its text and quotes, and what it carries."""

from collections.abc import Iterator

from crible.extract.language import detect
from crible.extract.mail import attachments, header, text
from crible.extract.mail.claims import claims
from crible.extract.mail.embedded import embedded
from crible.extract.mail.fields import Header, split_header
from crible.extract.mail.fit import misfits
from crible.extract.mail.laid import laid
from crible.extract.mail.quotes import quotes
from crible.extract.mail.quoting import wire
from crible.extract.mail.subjects import forwards
from crible.extract.mail.walker import structure
from crible.model.entry import Entry
from crible.model.facts import ArcSet, MailFacts, Reading
from crible.model.signature import SignatureFacts


def read(
    data: bytes,
    *,
    how: str = "",
    head: Header | None = None,
    signatures: tuple[SignatureFacts, ...] = (),
    arc: tuple[ArcSet, ...] = (),
) -> Reading:
    """The mail `data` as a reading; `how` is its From-quoting, as `quoting.unquotings` names it, `head` its header.

    Never raises on any bytes: what is odd is in `defects`. Offsets are into `data` as stored. `signatures` and `arc`
    are what `crible.proof` found, which the caller asks: to put forty facts together a second time took 0.01 ms.
    """
    head = head or split_header(data)
    found = structure(data, head)
    words = text.read(data, found.parts, how)
    said = header.facts(head)
    facts = MailFacts(
        **said,
        **embedded(data, head, found.parts, said),
        claims=claims(head),
        parts=found.parts,
        signatures=signatures,
        arc=arc,
        quotes=quotes(words.text, forwards=forwards(said["subject"])),
        laid=laid(data, found.parts, words.text),
        alternatives=words.alternatives,
        remote_content=words.remote,
        links=words.links,
        unquoting=how,
        defects=tuple(
            dict.fromkeys(
                (*header.defects(head, said), *found.defects, *misfits(data, head, found.parts), *words.defects)
            )
        ),
    )
    return Reading(
        mime="message/rfc822",
        text=words.text,
        language=detect(words.text),
        wire=wire(data, how),
        mail=facts,
        truncated=words.truncated,
    )


def children(data: bytes, reading: Reading, how: str = "") -> Iterator[Entry]:
    """What the mail carries, from the parts that `read` found in the same `data`."""
    return attachments.entries(data, reading.mail.parts if reading.mail else (), how)
