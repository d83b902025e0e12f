"""To and Cc as lists rewrite them: members who need no second copy taken out, the rest in another order or quoting.

Mailman 2 (AvoidDuplicates) drops from Cc whoever gets the mail from the list anyway, and writes the others in the order
of a hash table. Whom it dropped stands in other mails of the thread, or in the text quoted.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice, permutations

from crible.proof.repair.mail import LISTS, unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each, revalued

RECIPIENTS = frozenset({"to", "cc"})
MOST = 12
"""Mailboxes of a field that are moved about; longer fields are left alone."""
_BOX = re.compile(rb'(?>(?:"(?>(?:[^"\\]++|\\.)*)"?|<[^<>]*+>?|[^",<>]++)+)')
_ANGLE = re.compile(rb"<(?<=[^\s,<]<)")
"""Beginning with what it looks for: a sixth of the time of looking behind at every byte."""
_PLACEHOLDER = re.compile(rb"(?:unlisted|undisclosed)[- ]recipients\s?:", re.IGNORECASE)
_DOMAIN = re.compile(rb"@[\w.-]{1,255}")
_SPECIAL = re.compile(rb"[()<>\[\]:;@\\,.\"]")


@lru_cache(maxsize=32)
def boxes(value: bytes) -> tuple[bytes, ...]:
    """The mailboxes of a field's value as written, blanks around them gone; several recipes ask in a row."""
    return tuple(box.strip() for box in _BOX.findall(unfolded(value)) if box.strip())


@lru_cache(maxsize=2 * LISTS)
def _listed(line: bytes) -> tuple[tuple[bytes, ...], tuple[bytes, ...], frozenset[bytes]]:
    """The mailboxes of a list, their addresses in the same order, and these as a set."""
    found = boxes(line)
    addresses = tuple(map(_address, found))
    return found, addresses, frozenset(addresses)


def _reordered(at: Place) -> Iterator[Raws]:
    def orders(value: bytes) -> Iterator[bytes]:
        found = boxes(value)
        if 2 <= len(found) <= MOST:
            for order in islice(permutations(found), 1, 121):
                yield b", ".join(order)

    return each(at.raws, orders)


def _restored(at: Place) -> Iterator[Raws]:
    if not at.raws:
        yield (at.name.capitalize().encode() + b":" + at.mail.newline,)  # web mail that names a Cc of nobody
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


def _elsewhere(at: Place) -> Iterator[Raws]:
    """As another mail of the thread lists them: in its order, with whom it names beside these, or exactly so."""
    if len(at.raws) > 1:
        return
    stored, own, mine = _listed(at.raws[0].partition(b":")[2] if at.raws else b"")
    by_address = dict(zip(own, stored, strict=True))
    for line in at.mail.lists:
        listed, addresses, known = _listed(line)
        if len(listed) < 2 or len(known & mine) * 2 < len(mine):
            continue
        extra = tuple(box for box, address in zip(stored, own, strict=True) if address not in known)
        same = tuple(by_address.get(address, box) for box, address in zip(listed, addresses, strict=True))
        kept = tuple(box for box, address in zip(same, addresses, strict=True) if address in mine)
        for value in (listed, same, kept, kept + extra, extra + kept):
            yield _with(at, value)
        for n, one in enumerate(addresses[:60]):
            if one in mine:
                yield _with(at, same[:n] + same[n + 1 :])
            else:
                both = zip(same, addresses, strict=True)
                yield _with(at, [box for box, address in both if address in mine or address == one])


def _with(at: Place, value: Sequence[bytes]) -> Raws:
    raw = at.raws[0] if at.raws else at.name.capitalize().encode() + b":" + at.mail.newline
    return (revalued(raw, b", ".join(value)),)


def _address(box: bytes) -> bytes:
    return (box.rpartition(b"<")[2].rstrip(b"> ") or box).lower()


def _angles(at: Place) -> Iterator[Raws]:
    def forms(value: bytes) -> Iterator[bytes]:
        line = unfolded(value)
        yield line.replace(b" <", b"<")
        yield _ANGLE.sub(b" <", line)
        if line.startswith(b"<") and line.endswith(b">"):
            yield line[1:-1]
        elif b"<" not in line and b"," not in line:
            yield b"<" + line + b">"
            yield b'"' + line + b'" <' + line + b">"

    return each(at.raws, forms)


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


ELSEWHERE = HeaderRecipe("recipients-elsewhere", RECIPIENTS, _elsewhere, cost=3, changing=True)
ANGLES = HeaderRecipe("angle-brackets", frozenset({"from", "to", "cc", "reply-to", "sender"}), _angles, cost=3)


def _placeholder(at: Place) -> Iterator[Raws]:
    """Mail signed without To or Cc, into which a server wrote that there is none."""
    if len(at.raws) == 1 and _PLACEHOLDER.search(at.raws[0]):
        yield ()
        yield (at.raws[0].partition(b":")[0] + b":" + at.mail.newline,)


def _unqualified(at: Place) -> Iterator[Raws]:
    """A local name to which a server on the way added its own domain."""
    return each(at.raws, lambda value: (_DOMAIN.sub(b"", unfolded(value)),))


PLACEHOLDER = HeaderRecipe("recipient-placeholder", RECIPIENTS, _placeholder, cost=2, changing=True)
UNQUALIFIED = HeaderRecipe("address-qualified", RECIPIENTS, _unqualified, cost=3, changing=True)
QUOTES = HeaderRecipe("display-quotes", frozenset({"from", "to", "cc", "reply-to", "sender"}), _quotes, cost=3)
ORDER = HeaderRecipe("recipient-order", RECIPIENTS, _reordered, cost=3)
RESTORED = HeaderRecipe("recipient-restored", RECIPIENTS, _restored, cost=3, changing=True)
