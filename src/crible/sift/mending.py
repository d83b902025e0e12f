"""Inside the sandbox: leads one mail back to what was signed, and holds a neutral repair against what it claims."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from crible.extract import mail
from crible.model.entry import Begin, Refused, Slice
from crible.model.facts import Reading
from crible.model.signature import Repair, Step
from crible.proof import repair
from crible.sandbox.window import Window
from crible.sift.wire import Mend

PEOPLE = ("to", "cc", "from", "reply-to", "sender")
HEADER = 64 << 10
"""Bytes of another mail's header that are looked at."""
SHOWN_OTHERWISE = Step("shown-otherwise", changing=True)


def mended(mend: Mend, descriptors: Sequence[int]) -> tuple[Repair, ...]:
    """For each signature sought, the way from the stored mail to the signed one, as far as it was found."""
    data = Window(descriptors[0], mend.offset, mend.length).read()
    people = tuple(_people(Window(descriptors[which], offset, length) for which, offset, length in mend.kin))
    return lead_back(mend, data, people)


def lead_back(mend: Mend, data: bytes, people: Sequence[str] = ()) -> tuple[Repair, ...]:
    """The same for a mail at hand; `people` are address fields of its conversation, as written."""
    head = mail.split_header(data)
    targets = [repair.Target(sought.signature, sought.header_digest) for sought in mend.sought]
    body = data[head.body_start :]
    found = repair.repairs(head, body, targets, order=mend.order, passages=mend.passages, people=people)
    return tuple(_held(mend, data, head, *one, people) for one in zip(targets, found, strict=True))


def _held(
    mend: Mend, data: bytes, head: mail.Header, target: repair.Target, found: Repair, people: Sequence[str]
) -> Repair:
    """The repair, its claim to be neutral held against what a reader is shown.

    No list of neutral steps can be trusted to the end: a charset label exchanged may turn one letter into another.
    """
    if not found.neutral:
        return found
    body = data[head.body_start :]
    signed = repair.repaired_bytes(head, body, target, order=mend.order, passages=mend.passages, people=people)
    alike = signed is not None and any(
        _shown(data, how) == _shown(signed, "") for how in mail.unquotings(body, mend.quoted)
    )
    return found if alike else replace(found, steps=(*found.steps, SHOWN_OTHERWISE))


def _people(windows: Iterable[Window]) -> Iterator[str]:
    """Address fields of other mails on one line, encoded words left as they are."""
    for window in windows:
        head = mail.split_header(window.read(0, HEADER))
        for name in PEOPLE:
            for field in head.all(name)[:1]:
                yield b" ".join(field.value.split()).decode("latin-1")


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
