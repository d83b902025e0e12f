"""Tags that lists and gateways put in Subject, and the reply marks they tidy on that occasion."""

import re
from collections.abc import Iterator

from crible.extract.mail.words import text as decoded
from crible.proof.repair.mail import unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each

SUBJECT = frozenset({"subject"})
_TAG = re.compile(rb"\[[^\[\]]{1,60}\][ \t]*|\*{2,5}[A-Za-z ]{3,20}\*{2,5}[ \t]*|(?:EXTERNAL|EXTERN|EXT)[ \t]*:[ \t]*")
_NONE = re.compile(rb"\((?:no subject|sans objet|aucun objet|kein betreff)\)", re.IGNORECASE)
_GAP = re.compile(rb"(?<=\S)[ \t]{2}(?=\S)")
_MARK = re.compile(
    rb"(?:(?:re|fwd?|aw|wg|sv|vs|tr|ref|rif|antw|odp)[ \t]*+(?:\[\d{1,3}\])?[ \t]*+:[ \t]*+)", re.IGNORECASE
)
MARKS = (b"Re:", b"RE:", b"re:", b"Fwd:", b"FW:", b"Fw:", b"AW:", b"SV:", b"TR:")


def _cut(at: Place) -> Iterator[Raws]:
    def without(value: bytes) -> Iterator[bytes]:
        line = unfolded(value)
        for found in list(_TAG.finditer(line))[:4]:
            yield line[: found.start()] + line[found.end() :]

    return each(at.raws, without)


def _empty(at: Place) -> Iterator[Raws]:
    """Where nothing was signed, lists write that there is no subject."""
    if len(at.raws) == 1 and _NONE.search(at.raws[0]):
        yield ()
        yield (b"Subject:" + at.mail.newline,)


def _moved(at: Place) -> Iterator[Raws]:
    """The tag before or behind each reply mark: Mailman 2 takes it from wherever it stood, and leaves two blanks."""

    def elsewhere(value: bytes) -> Iterator[bytes]:
        line = decoded(value).encode() if b"=?" in value else unfolded(value)
        for found in list(_TAG.finditer(line))[:2]:
            tag = found[0].strip()
            rest = line[: found.start()] + line[found.end() :]
            gaps = [gap.start() for gap in _GAP.finditer(rest)][:3]
            places = [0, *gaps, *(mark.end() for mark in list(_MARK.finditer(rest))[:4])]
            for place in places:
                head = rest[:place].rstrip()
                yield (head + b" " if head else b"") + tag + b" " + rest[place:].lstrip()

    return each(at.raws, elsewhere)


def _mark(at: Place) -> Iterator[Raws]:
    def marked(value: bytes) -> Iterator[bytes]:
        line = unfolded(value)
        found = _MARK.search(line, 0, 80)
        if found:
            before, after = line[: found.start()], line[found.end() :]
            yield from (before + mark + b" " + after for mark in MARKS)
            yield before + after
        else:
            yield b"Re: " + line

    return each(at.raws, marked)


TAG_CUT = HeaderRecipe("subject-tag-cut", SUBJECT, _cut, cost=2, changing=True)
EMPTY = HeaderRecipe("subject-empty", SUBJECT, _empty, cost=2, changing=True)
TAG_MOVED = HeaderRecipe("subject-tag-moved", SUBJECT, _moved, cost=2, changing=True)
REPLY_MARK = HeaderRecipe("subject-reply-mark", SUBJECT, _mark, cost=4, changing=True)
