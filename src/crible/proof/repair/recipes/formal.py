"""Date, Message-ID and Content-Type in another spelling, and fields that stand more than once."""

import re
from collections.abc import Iterator
from itertools import islice, permutations

from crible.proof.repair.mail import unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each

_ZONE = re.compile(rb"(?<![ \t])[ \t]*+\([^()]{0,40}\)[ \t]*+$")
_DAY = re.compile(rb"^([A-Za-z]{3},)?[ \t]*(0?)(\d{1,2}) (?=[A-Za-z]{3} )")
_UTC = re.compile(rb"(?:GMT|UTC?|Z|[+-]0000)$")
_PARAMETER = re.compile(rb'(;[ \t\r\n]*)([\w*-]+)=("[^"\\]*"|[^\s;"]+)')
_TOKEN = re.compile(rb"[\w.+'-]+")
LIST = re.compile(r"list-|x-|precedence$|errors-to$|archived-at$|mailing-list$|sender$|reply-to$|resent-")


def _date(at: Place) -> Iterator[Raws]:
    def forms(value: bytes) -> Iterator[bytes]:
        line = unfolded(value)
        bare = _ZONE.sub(b"", line)
        if bare != line:
            yield bare
        found = _DAY.match(bare)
        if found:
            rest = bare[found.end() :]
            for weekday in dict.fromkeys((found[1] or b"", b"")):
                start = weekday + b" " if weekday else b""
                yield start + found[3].lstrip(b"0") + b" " + rest
                yield start + found[3].rjust(2, b"0") + b" " + rest
        for zone in (b"+0000", b"-0000", b"GMT", b"UT", b"UTC", b"+0000 (UTC)", b"+0000 (GMT)"):
            if _UTC.search(bare):
                yield _UTC.sub(zone, bare)

    return each(at.raws, forms)


def _identifier(at: Place) -> Iterator[Raws]:
    def forms(value: bytes) -> Iterator[bytes]:
        bare = unfolded(value)
        if bare.startswith(b"<") and bare.endswith(b">"):
            yield bare[1:-1]
        elif b"<" not in bare:
            yield b"<" + bare + b">"

    return each(at.raws, forms)


def _parameters(at: Place) -> Iterator[Raws]:
    def forms(value: bytes) -> Iterator[bytes]:
        line = unfolded(value)
        found = list(_PARAMETER.finditer(line))[:8]
        for style in (_bare, _quoted):
            for blank in (b"; ", b";"):
                yield _PARAMETER.sub(lambda one, s=style, b=blank: b + one[2] + b"=" + s(one[3]), line)  # type: ignore[misc]
        if len(found) == 2:
            yield line[: found[0].start()] + found[1][0] + found[0][0] + line[found[1].end() :]

    return each(at.raws, forms)


def _bare(value: bytes) -> bytes:
    inner = value.strip(b'"')
    return inner if _TOKEN.fullmatch(inner) else value


def _quoted(value: bytes) -> bytes:
    return b'"' + value.strip(b'"') + b'"'


def _parameter_cut(at: Place) -> Iterator[Raws]:
    def forms(value: bytes) -> Iterator[bytes]:
        line = unfolded(value)
        for one in list(_PARAMETER.finditer(line))[:8]:
            yield line[: one.start()] + line[one.end() :]

    return each(at.raws, forms)


def _one_cut(at: Place) -> Iterator[Raws]:
    if 2 <= len(at.raws) <= 20:
        for n in range(len(at.raws)):
            yield (*at.raws[:n], *at.raws[n + 1 :])


def _order(at: Place) -> Iterator[Raws]:
    if 2 <= len(at.raws) <= 5:
        yield from islice(permutations(at.raws), 1, 120)
    elif 5 < len(at.raws) <= 50:
        yield at.raws[::-1]


def _absent(at: Place) -> Iterator[Raws]:
    if at.raws and LIST.match(at.name):
        yield ()


DATE = HeaderRecipe("date-spelling", frozenset({"date"}), _date, cost=3)
IDENTIFIER = HeaderRecipe("id-brackets", frozenset({"message-id", "in-reply-to"}), _identifier, cost=4)
PARAMETERS = HeaderRecipe("parameter-spelling", frozenset({"content-type", "content-disposition"}), _parameters, cost=3)
PARAMETER_CUT = HeaderRecipe("parameter-cut", frozenset({"content-type"}), _parameter_cut, cost=4, changing=True)
DUPLICATE_CUT = HeaderRecipe("duplicate-cut", frozenset(), _one_cut, cost=3, changing=True)
DUPLICATE_ORDER = HeaderRecipe("duplicate-order", frozenset(), _order, cost=3, changing=True)
LIST_FIELD = HeaderRecipe("list-field-cut", frozenset(), _absent, cost=3, changing=True)
