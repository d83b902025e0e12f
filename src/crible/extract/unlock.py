"""Documents that open with a password: the document in clear is a member of the encrypted one.

So the encrypted bytes keep their identity and their row, and everything else sees an ordinary document.
"""

import hashlib
import io
import re
import xml.dom.expatbuilder
import xml.dom.minidom
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import lru_cache
from types import SimpleNamespace

import msoffcrypto
import msoffcrypto.format.doc97
import msoffcrypto.format.ooxml
import msoffcrypto.format.ppt97
import msoffcrypto.format.xls97
import msoffcrypto.method.ecma376_agile
import pypdfium2

try:
    from _sha512 import sha512  # type: ignore[import-not-found]
except ImportError:  # Python 3.12 has another
    from hashlib import sha512

from crible.extract.magic import OOXML_ENCRYPTED
from crible.intake.budget import Budget, Meter
from crible.intake.decode import produced
from crible.intake.passwords import Passwords
from crible.model.entry import Begin, Closed, Entry
from crible.model.errors import Unreadable
from crible.model.ledger import State
from crible.sandbox.window import Window

Unlock = Callable[[Window, str], bytes | None]
"""The document in clear under a password, None where it is another's."""

LARGEST = 256 << 20
"""Bytes of a document that is decrypted: in clear it is held in memory, twice for a moment."""
DEFAULT = "VelvetSweatshop"
"""What Excel encrypts with when a workbook is protected without a password for opening: nobody ever typed it."""
_IDENTIFIERS = re.compile(rb"/ID\s*\[\s*<((?:[0-9A-F]{2}){1,32})>\s*<((?:[0-9A-F]{2}){1,32})>\s*\]")
FAULTS = (
    *(msoffcrypto.exceptions.DecryptionError, msoffcrypto.exceptions.FileFormatError, ValueError, LookupError, OSError),
    *(TypeError, ArithmeticError, AttributeError, NotImplementedError, AssertionError, SyntaxError),
)
"""What msoffcrypto raises for what bytes can say, ElementTree's ParseError (a SyntaxError) among it."""


def warm_up() -> None:
    """Load what msoffcrypto loads on first use, and have its temporary files in memory: no file can be opened later."""
    agile = msoffcrypto.format.ooxml.ECMA376Agile
    # OpenSSL takes half as long again to begin each of the rounds as Python's own SHA-512 takes for the whole of it.
    msoffcrypto.method.ecma376_agile.ALGORITHM_HASH["SHA512"] = sha512
    # The library derives it once for the key and once to verify the password: 100,000 rounds of SHA-512, 40 ms each.
    agile._derive_iterated_hash_from_password = staticmethod(
        lru_cache(maxsize=1)(agile._derive_iterated_hash_from_password)
    )
    for module in (msoffcrypto.format.doc97, msoffcrypto.format.ppt97, msoffcrypto.format.xls97):
        module.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)
    xml.dom.minidom.parseString("<a/>")  # noqa: S318 our own text


def _office(window: Window, password: str) -> bytes | None:
    """[MS-OFFCRYPTO]: OOXML (agile, standard) and the binary formats (RC4, XOR)."""
    clear = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(window.stream())
        file.load_key(password=password, **({"verify_password": True} if file.format == "ooxml" else {}))
        file.decrypt(clear)
    except (msoffcrypto.exceptions.InvalidKeyError, *FAULTS):
        return None
    return clear.getvalue()


def _pdf(window: Window, password: str) -> bytes | None:
    """ISO 32000-2 §7.6, as pdfium writes it anew: signatures no longer fit; the encrypted file has them.

    Not qpdf: it opens /dev/urandom to decrypt, which the sandbox has not.
    """
    clear = io.BytesIO()
    try:
        with closing(pypdfium2.PdfDocument(window.stream(), password=password)) as document:
            document.save(clear, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
    except pypdfium2.PdfiumError:
        return None
    return _settled(clear.getvalue(), window)


def _settled(clear: bytes, window: Window) -> bytes:
    """With an identifier that depends on the file alone: pdfium draws the second, and a first where there was none."""
    found = list(_IDENTIFIERS.finditer(clear, max(0, len(clear) - 4096)))
    if not found:
        return clear
    digest = hashlib.sha256(window.read()).hexdigest().upper().encode()
    first, second = found[-1].span(1), found[-1].span(2)
    kept = clear[slice(*first)] if bytes.fromhex(clear[slice(*first)].decode()) in window.read() else b""
    parts = clear[: first[0]], kept or digest[: first[1] - first[0]], clear[first[1] : second[0]]
    return b"".join((*parts, digest[: second[1] - second[0]], clear[second[1] :]))


LOCKS: dict[str, Unlock] = {
    OOXML_ENCRYPTED: _office,
    "application/msword": _office,
    "application/vnd.ms-excel": _office,
    "application/vnd.ms-powerpoint": _office,
    "application/pdf": _pdf,
}
"""By media type of the encrypted document."""


def unlock(window: Window, mime: str, name: str, budget: Budget) -> Iterator[Entry]:
    """The document in clear, then Closed. Raises Unreadable `encrypted` at once where no password fits."""
    open_with = LOCKS.get(mime)
    if open_with is None or window.length > LARGEST:
        raise Unreadable("encrypted", State.ENCRYPTED)
    found: list[bytes] = []

    def fits(password: str) -> bool:
        clear = open_with(window, password)
        if clear:
            found.append(clear)
        return bool(clear)

    given = Passwords(budget.passwords if mime == "application/pdf" else (DEFAULT, *budget.passwords))
    if given.fitting(fits) is None:
        raise Unreadable("encrypted", State.ENCRYPTED)
    return _entries(found[-1], name, window.length, budget)


def _entries(clear: bytes, name: str, packed: int, budget: Budget) -> Iterator[Entry]:
    chunks = (clear[at : at + budget.chunk] for at in range(0, len(clear), budget.chunk))
    yield from produced(
        Begin(0, name.rpartition("/")[2] or "unlocked", declared=len(clear)), Meter(budget).over(chunks, packed)
    )
    yield Closed(1)
