"""Text under a cap: what is left out is counted, never silently dropped."""

TEXT_CAP = 4_000_000
"""Characters of text kept of one document: about 1,300 dense pages, 16 MB in a reply at worst."""

_FORBIDDEN = dict.fromkeys([0, *range(0xD800, 0xE000)])


def clean(text: str) -> str:
    """The text without NUL and lone surrogates, which no database, index or UTF-8 reply can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_FORBIDDEN)
    return text.replace("\0", "") if "\0" in text else text


class Collector:
    """Gathers pieces of text up to a cap and counts the characters beyond it."""

    def __init__(self, cap: int = TEXT_CAP) -> None:
        self._pieces: list[str] = []
        self._room = cap
        self.left_out = 0
        """Characters that came after the cap was reached."""

    def add(self, piece: str) -> None:
        """Append a piece, whole, in part or not at all."""
        if len(piece) > self._room:
            self.left_out += len(piece) - self._room
            piece = piece[: self._room]
        if piece:
            self._room -= len(piece)
            self._pieces.append(piece)

    def add_section(self, piece: str) -> None:
        """Append a part of the document, after a form feed unless it is the first; blank ones leave no trace."""
        if piece.strip():
            self.add("\f" + piece if self._pieces else piece)

    def text(self) -> str:
        """What was kept, cleaned."""
        return clean("".join(self._pieces))
