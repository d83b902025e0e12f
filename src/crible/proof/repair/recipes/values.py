"""What header recipes share: values replaced inside fields, everything else as it stands."""

from collections.abc import Callable, Iterable, Iterator

from crible.proof.repair.recipe import Raws


def revalued(raw: bytes, value: bytes) -> bytes:
    """The field with another value, its name as it stands, one blank after the colon."""
    colon = raw.index(b":")
    end = b"\r\n" if raw.endswith(b"\r\n") else b"\n"
    return raw[: colon + 1] + b" " + value.strip() + end


def each(raws: Raws, forms: Callable[[bytes], Iterable[bytes]]) -> Iterator[Raws]:
    """One field after the other in each of the forms proposed for its value, the others untouched."""
    for at, raw in enumerate(raws[:20]):
        for value in forms(raw[raw.index(b":") + 1 :]):
            yield (*raws[:at], revalued(raw, value), *raws[at + 1 :])
