"""A multipart written anew by a program that parsed it: other order and folding of part headers, other framing."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from crible.extract.mail.fields import Header, split_header
from crible.extract.mail.walker import walk
from crible.proof.repair.draft import Draft, Edit, Made
from crible.proof.repair.mail import multipart
from crible.proof.repair.recipe import BodyRecipe

PREAMBLES = (b"This is a multi-part message in MIME format.", b"This is a multipart message in MIME format.")
ORDERS = (
    ("content-type", "content-transfer-encoding", "content-disposition", "content-id"),
    ("content-transfer-encoding", "content-type", "content-disposition", "content-id"),
    ("content-type", "content-disposition", "content-transfer-encoding", "content-id"),
    ("content-disposition", "content-type", "content-transfer-encoding", "content-id"),
    ("content-disposition", "content-transfer-encoding", "content-type", "content-id"),
    ("content-id", "content-type", "content-transfer-encoding", "content-disposition"),
    ("content-type", "mime-version", "content-transfer-encoding", "content-disposition"),
    ("mime-version", "content-type", "content-transfer-encoding", "content-disposition"),
)
_FOLD = re.compile(rb"\r?\n[ \t]+")
_LONE = re.compile(rb"\r(?!\n)")
_AFTER = re.compile(rb";[ \t]*(?:\r?\n[ \t]+)?")

Rewrite = Callable[[Sequence[bytes]], Sequence[bytes]]


def _headers(draft: Draft) -> list[Header]:
    """The headers of the parts within the draft, offsets of the fields into its body."""
    prefix = b"".join(field.raw for field in draft.mime) + b"\n"
    data = prefix + draft.body
    found = []
    for part in walk(data, Header(tuple(draft.mime), len(prefix)))[1:200]:
        if part.header_start >= len(prefix):
            header = split_header(draft.body, part.header_start - len(prefix), part.body_start - len(prefix))
            if header.fields:
                found.append(header)
    return found


def _rewritten(
    draft: Draft, headers: Sequence[Header], name: str, rewrite: Rewrite, *, same: bool = True
) -> Iterator[tuple[Draft, Made]]:
    edits = []
    for header in headers:
        raws = [field.raw for field in header.fields]
        if len({field.name for field in header.fields}) < len(raws):
            continue  # which of two a reader goes by depends on their order
        if b"\0" in (joined := b"".join(raws)) or _LONE.search(joined):
            continue  # some programs see a line end there, and other fields behind it
        new = b"".join(rewrite(raws))
        start = header.fields[0].start
        if new != joined:
            edits.append(Edit(start, start + sum(map(len, raws)), new))
    if edits:
        yield draft.edited(edits, same=same), Made(name)


def _folding(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    headers = _headers(draft)
    newline = draft.mail.newline
    for fold in (newline + b" ", newline + b"\t", b" ", newline + b"        "):
        yield from _rewritten(draft, headers, "part-fields-folded", partial(_folded, fold=fold))
    yield from _rewritten(draft, headers, "part-fields-folded", lambda raws: [_FOLD.sub(b" ", raw) for raw in raws])


def _folded(raws: Sequence[bytes], fold: bytes) -> Sequence[bytes]:
    return [_AFTER.sub(b";" + fold, raw) for raw in raws]


def _order(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    headers = _headers(draft)
    for order in ORDERS:
        yield from _rewritten(draft, headers, "part-fields-order", partial(_ordered, order=order))
    yield from _rewritten(draft, headers, "part-fields-order", lambda raws: raws[::-1])


def _ordered(raws: Sequence[bytes], order: Sequence[str]) -> Sequence[bytes]:
    return sorted(raws, key=lambda raw: _rank(raw, order))


def _rank(raw: bytes, order: Sequence[str]) -> int:
    name = raw.partition(b":")[0].decode("ascii", "replace").lower()
    return order.index(name) if name in order else len(order)


def _dropped(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    """Fields that a program puts into every part, MIME-Version above all."""
    headers = _headers(draft)
    for start in (b"mime-version", b"content-disposition: inline", b"content-transfer-encoding: 7bit", b"x-"):
        yield from _rewritten(draft, headers, "part-field-added", partial(_without, start=start), same=False)


def _without(raws: Sequence[bytes], start: bytes) -> Sequence[bytes]:
    return [raw for raw in raws if not raw.lower().startswith(start)]


def _framing(draft: Draft) -> Iterator[tuple[Draft, Made]]:
    cut = multipart(draft.body, draft.field("content-type"))
    if cut is None:
        return
    made = Made("multipart-framing")
    newline = draft.mail.newline
    first = cut.delimiters[0]
    dashes = draft.body[first[0] : first[1]].strip(b"\r\n")
    for preamble in (
        b"",
        newline,
        *(newline.join((text, b"")) for text in PREAMBLES),
        *(text + newline * 2 for text in PREAMBLES),
    ):
        # Not the same: what stands before the first part may be anything, and no span may cover it.
        yield draft.edited([Edit(0, first[1], preamble + dashes + newline)]), made
    if cut.closed:
        last = cut.delimiters[-1][1]
        if last < len(draft.body):
            yield draft.kept(0, last), made
    else:
        yield (
            draft.edited([Edit(len(draft.body), len(draft.body), newline + dashes + b"--" + newline)], same=True),
            made,
        )


FOLDING = BodyRecipe("part-fields-folded", _folding, cost=3)
ORDER = BodyRecipe("part-fields-order", _order, cost=4)
DROPPED = BodyRecipe("part-field-added", _dropped, cost=4)
FRAMING = BodyRecipe("multipart-framing", _framing, cost=3)
