"""A body on its way from the stored one to the signed one, with where each of its bytes came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crible.extract.mail.fields import Field
from crible.proof.repair.mail import Mail

Origin = tuple[int, int]
FINEST = 100_000
"""Pieces times edits beyond which a draft no longer tells byte by byte where it came from."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of a draft: `size` of them, and the ranges of the stored body that they stand for, if any.

    Several, where something was cut out between them before all was encoded anew: what was cut is none of them.
    """

    size: int
    origins: tuple[Origin, ...]
    literal: bool = False
    """They are not those stored there, only their equivalent in another encoding."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Bytes `start` to `end` of a draft replaced by others."""

    start: int
    end: int
    by: bytes = b""


@dataclass(frozen=True, slots=True)
class Made:
    """One step taken, before it is told to anybody: what stood there and what stands there now, still encoded."""

    name: str
    changing: bool = False
    words: bool = False
    field: str = ""
    stored: str = ""
    signed: str = ""
    origin: Origin = (0, 0)
    """In the stored body."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A body, the MIME fields that describe it, and the steps that led to it."""

    mail: Mail
    body: bytes
    mime: tuple[Field, ...]
    """`Content-*` and `MIME-Version` fields that go with the body; a part's own once it was taken out of a wrapper."""
    pieces: tuple[Piece, ...]
    steps: tuple[Made, ...] = ()
    cost: int = 0

    @classmethod
    def stored(cls, mail: Mail) -> "Draft":
        """The body as it stands in the mail."""
        return cls(mail, mail.body, mail.mime, (Piece(len(mail.body), ((0, len(mail.body)),)),))

    def field(self, name: str) -> bytes:
        """The value of the first MIME field of that lower-case name, or nothing."""
        return next((field.value for field in self.mime if field.name == name), b"")

    def took(self, *names: str) -> bool:
        """Whether one of these steps led here."""
        return any(step.name in names for step in self.steps)

    def edited(self, edits: Iterable[Edit], *, same: bool = False) -> "Draft":
        """With the edits made, which are in order and do not overlap.

        `same`: what is put in is the equivalent of what is taken out, and keeps standing for it.
        """
        edits = list(edits)
        if len(edits) * len(self.pieces) > FINEST:
            return self._edited_whole(edits, same=same)
        body, pieces, at = bytearray(), list[Piece](), 0
        for edit in edits:
            body += self.body[at : edit.start] + edit.by
            pieces += self._cut(at, edit.start)
            if edit.by:
                origins = self._origins(edit.start, edit.end) if same else ()
                pieces.append(Piece(len(edit.by), origins, literal=True))
            at = edit.end
        body += self.body[at:]
        pieces += self._cut(at, len(self.body))
        return self._with(bytes(body), tuple(pieces))

    def _edited_whole(self, edits: Sequence[Edit], *, same: bool) -> "Draft":
        """The same without knowing byte by byte what stands for what: thousands of pieces would be walked each time."""
        parts, at = [], 0
        for edit in edits:
            parts += [self.body[at : edit.start], edit.by]
            at = edit.end
        body = b"".join([*parts, self.body[at:]])
        origins = self._origins(0, len(self.body)) if same else ()
        return self._with(body, (Piece(len(body), origins, literal=True),))

    def _with(self, body: bytes, pieces: tuple[Piece, ...]) -> "Draft":
        """The same with another body: half the time of `replace`, and done thousands of times for one mail."""
        return Draft(self.mail, body, self.mime, pieces, self.steps, self.cost)

    def kept(self, start: int, end: int) -> "Draft":
        """Only bytes `start` to `end`."""
        return self._with(self.body[start:end], tuple(self._cut(start, end)))

    def origin(self, start: int, end: int) -> Origin:
        """The range of the stored body that holds bytes `start` to `end`; (0, 0) where they stand in none."""
        spans = self._origins(start, end)
        return (min(low for low, _ in spans), max(high for _, high in spans)) if spans else (0, 0)

    def spans(self) -> tuple[Origin, ...]:
        """Ranges of the stored body that are part of this one, joined where they touch."""
        return _joined(origin for piece in self.pieces if piece.size for origin in piece.origins)

    def _origins(self, start: int, end: int) -> tuple[Origin, ...]:
        """The ranges of the stored body that bytes `start` to `end` stand for, joined where they touch."""
        return _joined(origin for piece in self._cut(start, end) for origin in piece.origins)

    def _cut(self, start: int, end: int) -> list[Piece]:
        """The pieces of bytes `start` to `end`; part of an equivalent stands for nothing certain any more."""
        found, at = [], 0
        for piece in self.pieces:
            low, high = max(start, at), min(end, at + piece.size)
            if low < high:
                found.append(_part(piece, low - at, high - at))
            at += piece.size
            if at >= end:
                break
        return found


def _part(piece: Piece, low: int, high: int) -> Piece:
    if low == 0 and high == piece.size:
        return piece
    if not piece.origins or piece.literal:
        return Piece(high - low, (), literal=True)
    ((start, _),) = piece.origins
    return Piece(high - low, ((start + low, start + high),))


def _joined(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    joined: list[Origin] = []
    for low, high in origins:
        if joined and joined[-1][1] == low:
            joined[-1] = (joined[-1][0], high)
        else:
            joined.append((low, high))
    return tuple(joined)
