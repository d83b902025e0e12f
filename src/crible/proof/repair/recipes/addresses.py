"""Lists that put their own address in From, and where they leave the writer's."""

import re
from collections.abc import Iterator

from crible.proof.repair.mail import Mail, unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.recipients import boxes, written
from crible.proof.repair.recipes.values import each

_VIA = re.compile(rb"\s(?:via|par|on behalf of|through)\s.*", re.DOTALL)
_ENVELOPE = re.compile(rb"(?:envelope-from |<)([\w.+=-]{1,64}@[\w.-]{1,200})")
ORIGINALS = ("x-original-from", "x-original-sender", "x-google-original-from", "original-from", "x-mailfrom", "x-from")


def _reply_to(at: Place) -> Iterator[Raws]:
    values = [unfolded(field.value) for field in at.mail.fields("reply-to")[:3]]
    return each(at.raws, lambda _: values)


def _original(at: Place) -> Iterator[Raws]:
    values = [at.mail.value(name) for name in ORIGINALS if at.mail.fields(name)]
    return each(at.raws, lambda _: values)


def _via(at: Place) -> Iterator[Raws]:
    """`Name via List <list>`: the name without what was added, before an address that the mail names elsewhere."""

    def forms(value: bytes) -> Iterator[bytes]:
        name = _VIA.sub(b"", unfolded(value).rpartition(b"<")[0]).strip(b" \"'")
        for address in dict.fromkeys((*_envelope(at.mail), *(address for _, address in at.mail.known))):
            yield from written(name, address)

    return each(at.raws, forms)


def _envelope(mail: Mail) -> Iterator[bytes]:
    for name in ("return-path", "x-original-sender", "x-envelope-from", "received"):
        for field in mail.fields(name)[:12]:
            yield from _ENVELOPE.findall(field.value[:2_000])[:2]


def _sender(at: Place) -> Iterator[Raws]:
    """Sender as it was before the list put itself there: absent, or one of the people that the mail names."""
    if at.raws:
        yield ()
    for name, address in at.mail.known:
        for box in written(name, address):
            yield (b"Sender: " + box + at.mail.newline,)


def _reply(at: Place) -> Iterator[Raws]:
    """Reply-To as it was before the list put itself or the writer there: absent, or as From says."""
    if at.raws:
        yield ()
    for line in at.raws[:2]:
        found = boxes(line.partition(b":")[2])
        yield from ((b"Reply-To: " + box + at.mail.newline,) for box in found if len(found) > 1)
    for field in at.mail.fields("from")[:2]:
        yield (b"Reply-To: " + unfolded(field.value) + at.mail.newline,)


FROM_REPLY_TO = HeaderRecipe("from-reply-to", frozenset({"from"}), _reply_to, cost=2, changing=True)
FROM_ORIGINAL = HeaderRecipe("from-original", frozenset({"from"}), _original, cost=2, changing=True)
FROM_VIA = HeaderRecipe("from-via", frozenset({"from"}), _via, cost=3, changing=True)
SENDER = HeaderRecipe("sender-restored", frozenset({"sender"}), _sender, cost=2, changing=True)
REPLY_TO = HeaderRecipe("reply-to-restored", frozenset({"reply-to"}), _reply, cost=2, changing=True)
