"""Inside the sandbox: leads one mail back to what was signed, and holds a neutral repair against what it claims."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256

from crible.extract import mail
from crible.model.entry import Begin, Refused, Slice
from crible.model.facts import Reading
from crible.model.signature import Repair, Step
from crible.proof import repair
from crible.sift.wire import Mend

SHOWN_OTHERWISE = Step("shown-otherwise", changing=True)


def mended(mend: Mend, data: bytes) -> tuple[Repair, ...]:
    """For each signature sought, the way from the stored mail `data` to the signed one, as far as it was found."""
    head = mail.split_header(data)
    return tuple(
        _mended(mend, data, head, repair.Target(sought.signature, sought.header_digest)) for sought in mend.sought
    )


def _mended(mend: Mend, data: bytes, head: mail.Header, target: repair.Target) -> Repair:
    body = data[head.body_start :]
    found = repair.repair(head, body, target, order=mend.order, passages=mend.passages)
    if not found.neutral:
        return found
    signed = repair.repaired_bytes(head, body, target, order=mend.order, passages=mend.passages)
    # No list of neutral steps can be trusted to the end: a charset label exchanged may turn one letter into another.
    alike = signed is not None and any(
        _shown(data, how) == _shown(signed, "") for how in mail.unquotings(body, mend.quoted)
    )
    return found if alike else replace(found, steps=(*found.steps, SHOWN_OTHERWISE))


def _shown(data: bytes, how: str) -> tuple[object, ...]:
    """All that a reader is shown of a mail: its fields, its text in both versions, its attachments."""
    reading = mail.read(data, how=how)
    said = reading.mail
    if said is None:
        return ()
    people = (said.senders, said.sender, said.reply_to, said.to, said.cc, said.bcc)
    date = said.date and (said.date.seconds, said.date.offset)
    return (
        people,
        said.subject,
        date,
        said.message_id,
        reading.text,
        said.alternatives,
        *_attached(data, reading, how),
    )


def _attached(data: bytes, reading: Reading, how: str) -> Iterator[tuple[str, bytes]]:
    """Name and digest of each attachment, in order."""
    name, digest = "", sha256()
    for entry in mail.children(data, reading, how):
        if isinstance(entry, Slice):
            yield entry.name, entry.sha256
        elif isinstance(entry, Begin):
            name, digest = entry.name, sha256()
        elif isinstance(entry, bytes):
            digest.update(entry)
        elif isinstance(entry, Refused):
            yield entry.name, b""
        else:
            yield name, digest.digest()
