"""The fields that describe the body, where the body was put into a wrapper or encoded anew."""

import re
from collections.abc import Iterator

from crible.proof.repair.mail import unfolded
from crible.proof.repair.recipe import HeaderRecipe, Place, Raws
from crible.proof.repair.recipes.values import each

FIELDS = frozenset(
    {"content-type", "content-transfer-encoding", "content-disposition", "content-language", "content-id"}
)
CHARSETS = (b"utf-8", b"UTF-8", b"iso-8859-1", b"ISO-8859-1", b"windows-1252", b"us-ascii", b"iso-8859-15")
_CHARSET = re.compile(rb"(charset=\"?)[\w.:-]+", re.IGNORECASE)
ENCODINGS = (b"7bit", b"8bit", b"quoted-printable", b"base64", b"binary", b"8BIT", b"7BIT")


def _part(at: Place) -> Iterator[Raws]:
    if at.mail.inner:
        yield tuple(field.raw for field in at.mail.inner.all(at.name))


def _absent(at: Place) -> Iterator[Raws]:
    if at.raws:
        yield ()


def _encoding(at: Place) -> Iterator[Raws]:
    for name in ENCODINGS:
        yield (b"Content-Transfer-Encoding: " + name + at.mail.newline,)


def _charset(at: Place) -> Iterator[Raws]:
    yield from each(at.raws, lambda value: [_CHARSET.sub(rb"\g<1>" + label, unfolded(value)) for label in CHARSETS])
    yield from each(at.raws, lambda value: [unfolded(value) + b'; charset="' + label + b'"' for label in CHARSETS])


def _version(at: Place) -> Iterator[Raws]:
    for value in (b"1.0", b"1.0 (1.0)"):
        yield (b"MIME-Version: " + value + at.mail.newline,)


FROM_PART = HeaderRecipe("mime-from-part", FIELDS | {"mime-version"}, _part, cost=1, changing=True)
ABSENT = HeaderRecipe("mime-absent", FIELDS | {"mime-version"}, _absent, cost=3, changing=True)
ENCODING = HeaderRecipe("encoding-label", frozenset({"content-transfer-encoding"}), _encoding, cost=2)
CHARSET = HeaderRecipe("charset-label", frozenset({"content-type"}), _charset, cost=4)
VERSION = HeaderRecipe("mime-version", frozenset({"mime-version"}), _version, cost=3)
