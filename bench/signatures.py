"""Signatures alone, one process: verification beside dkimpy on the same mails, and the way back for broken ones."""

import base64
import lzma
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from bench.material import CORPORA, USRP
from crible.extract.mail.fields import Header, split_header
from crible.extract.mail.quoting import unquote, unquotings
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
LISTS = (*USRP, "mail-crossposted-alsa-devel.mbox.xz")
"""Of the first nearly all can be led back, of the second nearly none."""

Broken = tuple[bytes, tuple[Sought, ...], tuple[str, ...]]
"""A mail, its signatures with what their keys show, and the address fields of its conversation."""


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
    """Every mail of the two lists that does not verify with its known key, led back in the sandbox's own code."""
    lists = tuple(_sought(archive) for archive in LISTS)
    began = time.perf_counter()
    one = [_led_back(mails) for mails in lists]
    alone = time.perf_counter() - began
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        began = time.perf_counter()
        list(pool.map(_led_back, _halves(lists)))
        both = time.perf_counter() - began
    count, whole = sum(map(len, lists)), sum(one)
    rates = f"{count / alone:.0f} mails/s in one process, {count / both:.0f} in two"
    yield f"way back: {count:,} broken mails of two lists, {whole:,} led back whole, {rates}"


def _halves(lists: tuple[list[Broken], ...]) -> list[list[Broken]]:
    """Each list in two, so that two processes have the same to do; both halves learn their own order of steps."""
    return [mails[start::2] for mails in lists for start in (0, 1)]


def _sought(archive: str) -> list[Broken]:
    ring = KeyRing.default().with_file(CORPORA / "dkim-keys.jsonl")
    mails = list(_mails(archive))
    talk = _conversations(mails)
    return [(data, mend, _people(data, talk)) for data, mend in _broken(mails, ring)]


def _led_back(broken: list[Broken]) -> int:
    """How many are led back whole."""
    order: tuple[str, ...] = ()
    steps: Counter[str] = Counter()
    whole = 0
    for number, (data, mend, people) in enumerate(broken):
        if number == SAMPLE:
            order = tuple(name for name, _ in steps.most_common())
        found = lead_back(Mend(0, 0, len(data), quoted=True, sought=mend, order=order), data, people)
        whole += any(one.whole for one in found)
        steps.update({step.name for one in found for step in one.steps})
    return whole


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
        how = next(iter(unquotings(body, True)), "")
        facts = examine(head, unquote(body, how))
        results: list[SignatureResult] = [judge(one, ring.find(one.domain, one.selector)) for one in facts]
        if any(result.word is Word.PASS for result in results):
            continue
        found = tuple(
            Sought(result.facts, digest) for result in results if (digest := header_digest(result, ring)) is not None
        )
        if found:
            yield data, found


def _mails(archive: str) -> Iterator[bytes]:
    import tempfile

    with lzma.open(CORPORA / archive) as packed, tempfile.TemporaryFile() as plain:
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
