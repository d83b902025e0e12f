"""Signatures alone, one process: verification beside dkimpy on the same mails, and the way back for broken ones."""

import base64
import lzma
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bench.material import CORPORA, USRP
from crible.extract import mail
from crible.extract.mail import Header, split_header
from crible.intake import mbox
from crible.intake.budget import Budget
from crible.model.entry import Slice
from crible.model.signature import SignatureResult, Word
from crible.proof.dkim import examine, judge
from crible.proof.dkim.signed import header_digest
from crible.proof.keyring import KeyRing
from crible.proof.keyring.record import parse_record
from crible.sandbox.window import Window
from crible.sift.mending import PEOPLE, lead_back
from crible.sift.wire import Mend, Sought

WORDS = ("the", "hall", "costs", "euros", "heating", "included", "stage", "and", "meeting", "about", "press", "budget")
SIZES = (3_000, 50_000)
TIMES = 5
MOST = 7
"""Mails of a conversation that are looked at, the broken one among them."""
SAMPLE = 32
"""Mails from which the order of steps is learnt, as a sift does."""


def main() -> None:
    """Print both tables."""
    for line in (*verification(), *repair()):
        print(line, flush=True)  # noqa: T201


def verification() -> Iterator[str]:
    """We split, examine and judge; dkimpy verifies; both get the key from memory. Best of five rounds."""
    yield "verification, one process, ms a mail"
    secret = rsa.generate_private_key(65537, 2048)
    pem = secret.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = secret.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    record = f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode()}"
    keys = (parse_record("press.example", "s1", record),)
    for size in SIZES:
        message = _message(size, pem)
        ours = _best(partial(_verify, message, keys), 200)
        theirs = _best(partial(_dkimpy, message, record.encode()), 50)
        figures = f"crible {ours * 1e3:.2f}, dkimpy {theirs * 1e3:.2f}, ratio {theirs / ours:.1f}"
        yield f"  {len(message):7,d} bytes: {figures}"


def repair() -> Iterator[str]:
    """Every mail of the usrp list that does not verify with its known key, led back in the sandbox's own code."""
    ring = KeyRing.default().with_file(CORPORA / "dkim-keys.jsonl")
    mails = list(_mails())
    broken = list(_broken(mails, ring))
    talk = _conversations(mails)
    order: tuple[str, ...] = ()
    steps: Counter[str] = Counter()
    began, whole = time.process_time(), 0
    for number, (data, mend) in enumerate(broken):
        if number == SAMPLE:
            order = tuple(name for name, _ in steps.most_common())
        found = lead_back(Mend(0, 0, len(data), quoted=True, sought=mend, order=order), data, _people(data, talk))
        whole += any(one.whole for one in found)
        steps.update({step.name for one in found for step in one.steps})
    spent = time.process_time() - began
    rate = f"{len(broken) / spent:.0f} mails/s"
    yield f"way back, one process: {len(broken):,} broken mails, {whole:,} led back whole, {rate}"


def _conversations(mails: list[bytes]) -> dict[bytes, list[Header]]:
    """Headers of mails by each identifier that they bear or answer: what `sift.kin` asks the store for."""
    found: dict[bytes, list[Header]] = {}
    for data in mails:
        head = split_header(data)
        for name in _identifiers(head):
            found.setdefault(name, []).append(head)
    return found


def _identifiers(head: Header) -> list[bytes]:
    return [field.value.strip() for name in ("message-id", "in-reply-to") for field in head.all(name)[:1]]


def _people(data: bytes, talk: dict[bytes, list[Header]]) -> tuple[str, ...]:
    near = [head for name in _identifiers(split_header(data)) for head in talk.get(name, ())][:MOST]
    fields = [field for head in near for name in PEOPLE for field in head.all(name)[:1]]
    return tuple(b" ".join(field.value.split()).decode("latin-1") for field in fields)


def _broken(mails: list[bytes], ring: KeyRing) -> Iterator[tuple[bytes, tuple]]:  # type: ignore[type-arg]
    for data in mails:
        head = split_header(data)
        body = data[head.body_start :]
        how = next(iter(mail.unquotings(body, True)), "")
        facts = examine(head, mail.unquote(body, how))
        results: list[SignatureResult] = [judge(one, ring.find(one.domain, one.selector)) for one in facts]
        if any(result.word is Word.PASS for result in results):
            continue
        found = tuple(
            Sought(result.facts, digest) for result in results if (digest := header_digest(result, ring)) is not None
        )
        if found:
            yield data, found


def _mails() -> Iterator[bytes]:
    import tempfile

    with lzma.open(CORPORA / USRP[0]) as packed, tempfile.TemporaryFile() as plain:
        plain.write(packed.read())
        plain.flush()
        window = Window.whole(plain.fileno())
        for entry in mbox.walk(window, "", Budget()):
            if isinstance(entry, Slice):
                yield window.read(entry.offset, entry.length)


def _message(size: int, pem: bytes) -> bytes:
    chance = random.Random(1)  # noqa: S311
    head = (
        b"From: ana@press.example\r\nTo: bo@desk.example\r\nSubject: Hall\r\nDate: Thu, 20 Apr 2017 09:30:00 +0200\r\n"
        b"Message-ID: <1@press.example>\r\nContent-Type: text/plain; charset=utf-8\r\n"
    )
    body = b""
    while len(body) < size - 1_000:
        body += " ".join(chance.choice(WORDS) for _ in range(11)).encode() + b"\r\n"
    message = head + b"\r\n" + body
    return bytes(dkim.sign(message, b"s1", b"press.example", pem, canonicalize=(b"relaxed", b"relaxed"))) + message


def _verify(message: bytes, keys: tuple) -> None:  # type: ignore[type-arg]
    head = split_header(message)
    (facts,) = examine(head, message[head.body_start :])
    assert judge(facts, keys).word is Word.PASS  # noqa: S101


def _dkimpy(message: bytes, record: bytes) -> None:
    assert dkim.DKIM(message).verify(dnsfunc=lambda _name, timeout=5: record)  # noqa: ARG005, S101


def _best(work: Callable[[], None], times: int) -> float:
    def once() -> float:
        began = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - began) / times

    return min(once() for _ in range(TIMES))


if __name__ == "__main__":
    main()
