"""A mail of invented people, signed, altered and sought; dkimpy verifies whatever is said to be repaired."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import dkim
import pytest

from crible.extract.mail.fields import split_header
from crible.model.signature import Repair
from crible.proof.dkim import examine
from crible.proof.dkim.pkcs1 import reveal, signed_digest
from crible.proof.repair import Target, restored

SIGNED = (
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "content-type",
    "content-transfer-encoding",
    "mime-version",
)


@dataclass(frozen=True)
class Mended:
    """What `restored` said of a stored mail, and the bytes it stands for."""

    said: Repair
    message: bytes | None

    @property
    def names(self) -> set[str]:
        return {step.name for step in self.said.steps}


Mend = Callable[..., Mended]


@pytest.fixture
def mend(signer) -> Mend:
    """Sign an original, alter it, seek the original again."""

    def run(
        original: bytes,
        alter: Callable[[bytes], bytes],
        *,
        how: str = "relaxed/relaxed",
        signed: Sequence[str] = SIGNED,
        length: bool = False,
        order: Sequence[str] = (),
        passages: Sequence[str] = (),
        people: Sequence[str] = (),
        work: int | None = None,
    ) -> Mended:
        message = signer.sign(original, how, signed=signed, length=length)
        return seek(signer, alter(message), order=order, passages=passages, people=people, work=work)

    return run


def seek(signer, stored: bytes, **options) -> Mended:
    header, target = target_of(signer, stored)
    body = stored[header.body_start :]
    ((said, message),) = restored(header, body, (target,), **options)
    assert (message is not None) == said.whole
    if message is not None:
        assert verifies(signer, message)
    for low, high in said.spans:
        assert header.body_start <= low <= high <= len(stored)
    return Mended(said, message)


def target_of(signer, stored: bytes):
    """The header and what the key reveals of its first signature."""
    header = split_header(stored)
    facts = examine(header, stored[header.body_start :])[0]
    key = signer.ring.find("press.example", signer.selector)[0]
    message = reveal(facts.signature, key.modulus, key.exponent)
    found = signed_digest(message) if message else None
    return header, Target(facts, found[1] if found else b"")


def verifies(signer, message: bytes) -> bool:
    """What dkimpy says, which knows nothing of repairs."""
    return dkim.DKIM(message, minkey=512).verify(dnsfunc=lambda *_args, **_kw: signer.record.encode())
