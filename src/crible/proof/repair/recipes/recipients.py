"""To and Cc as lists rewrite them: members who need no second copy taken out, the rest in another order or quoting.

Mailman 2 (AvoidDuplicates) drops from Cc whoever gets the mail from the list anyway, and writes the others in the order
of a hash table. Whom it dropped stands in other mails of the thread, or in the text quoted.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, permutations

from crible.proof.repair.mail import unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each, revalued

RECIPIENTS = frozenset({"to", "cc"})
MOST = 12
"""Mailboxes of a field that are moved about; longer fields are left alone."""
_BOX = re.compile(rb'(?:"(?:[^"\\]++|\\.)*+"|<[^<>]*+>|[^",<>]++)++')
_SPECIAL = re.compile(rb"[()<>\[\]:;@\\,.\"]")


def boxes(value: bytes) -> list[bytes]:
    """The mailboxes of a field's value as written, blanks around them gone."""
    return [box.strip() for box in _BOX.findall(unfolded(value)) if box.strip()]


def _reordered(at: Place) -> Iterator[Raws]:
    def orders(value: bytes) -> Iterator[bytes]:
        found = boxes(value)
        if 2 <= len(found) <= MOST:
            for order in islice(permutations(found), 1, 121):
                yield b", ".join(order)

    return each(at.raws, orders)


def _restored(at: Place) -> Iterator[Raws]:
    if not at.raws:
        for one in _absent(at, ()):
            yield (at.name.capitalize().encode() + b": " + one + at.mail.newline,)
    elif len(at.raws) == 1:
        present = boxes(at.raws[0].partition(b":")[2])
        if len(present) <= MOST:
            for one in _absent(at, present):
                for place in range(len(present) + 1):
                    yield (revalued(at.raws[0], b", ".join((*present[:place], one, *present[place:]))),)


def _absent(at: Place, present: Sequence[bytes]) -> Iterator[bytes]:
    """People of the thread whom the field does not name, in the ways a program may write them."""
    known = b" ".join(present).lower()
    for name, address in at.mail.known:
        if address.lower() not in known:
            yield from written(name, address)


def written(name: bytes, address: bytes) -> Iterator[bytes]:
    """A mailbox as programs write it."""
    if name:
        if not _SPECIAL.search(name):
            yield name + b" <" + address + b">"
        yield b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'" <' + address + b">"
    yield address


def _quotes(at: Place) -> Iterator[Raws]:
    def forms(value: bytes) -> Iterator[bytes]:
        found = boxes(value)
        if not 1 <= len(found) <= MOST:
            return
        toggled = [_toggled(box) for box in found]
        if len(found) > 1 and any(a != b for a, b in zip(found, toggled, strict=True)):
            yield b", ".join(toggled)
        for n, box in enumerate(toggled):
            if box != found[n]:
                yield b", ".join((*found[:n], box, *found[n + 1 :]))

    return each(at.raws, forms)


def _toggled(box: bytes) -> bytes:
    """The mailbox with quotation marks around its name, or without those that stand there."""
    name, angle, rest = box.rpartition(b"<")
    name = name.strip()
    if not angle or not name or b"=?" in name:
        return box
    bare = name[1:-1] if name[:1] == b'"' and name[-1:] == b'"' and len(name) > 1 else b'"' + name + b'"'
    return bare + b" <" + rest


QUOTES = HeaderRecipe("display-quotes", frozenset({"from", "to", "cc", "reply-to", "sender"}), _quotes, cost=3)
ORDER = HeaderRecipe("recipient-order", RECIPIENTS, _reordered, cost=3)
RESTORED = HeaderRecipe("recipient-restored", RECIPIENTS, _restored, cost=3, changing=True)
