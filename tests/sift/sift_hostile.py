"""A worker that does what its document says: dies, loops, lies. Runs inside the real sandbox."""

import os
import signal
from hashlib import sha256

from crible.model.entry import Begin, Closed, Slice
from crible.model.facts import Reading
from crible.model.ledger import Reason, State
from crible.sift.wire import Outcome, decode_request, encode


def handle(request, descriptors, emit):
    jobs = decode_request(request).jobs
    last = b""
    for number, job in enumerate(jobs):
        word = os.pread(descriptors[0], job.length, job.offset).split()[0].decode()
        last = encode(DEEDS.get(word, _read)(job, emit))
        if word == "early":  # ends the task with jobs left, in one reply that is sound by itself
            break
        if number + 1 < len(jobs):
            emit(last)
    return last


def _read(job, emit):
    return Outcome(job.document, State.READ, reading=Reading("text/plain", "lu", wire=bytes(32)))


def _die(job, emit):
    os.kill(os.getpid(), signal.SIGKILL)


def _loop(job, emit):
    while True:
        pass


def _garbage(job, emit):
    emit(b"o\x93garbage")


def _deep(job, emit):
    emit(b"e\x81\xa1x" + b"\x91" * 100_000 + b"\xc0")


def _memory(job, emit):
    return bytearray(1 << 40)


def _huge(job, emit):
    emit(b"d" + bytes(3 << 20))


def _half(job, emit):
    emit(encode(Begin(0, "half.bin")))
    emit(b"d" + b"never kept " * 100)
    emit(b"d" + b"never kept either " * 100)
    os.kill(os.getpid(), signal.SIGKILL)


def _broke_off(job, emit):
    data = b"broke-off " + b"x" * 600
    emit(encode(tuple(Slice(n, f"{n:06}", n, 1, sha256(data[n : n + 1]).digest()) for n in range(450))))
    os.kill(os.getpid(), signal.SIGKILL)


def _outside(job, emit):
    emit(encode((Slice(0, "000000", 0, 1 << 62, bytes(32)),)))


def _alias(job, emit):
    """Its first bytes under the name of others: a genuine mail's, say."""
    emit(encode((Slice(0, "000000", 0, 5, sha256(b"plain 0\n").digest(), mail=True),)))


def _forever(job, emit):
    return Outcome(job.document, State.TODO)


def _unheard(job, emit):
    return Outcome(job.document, State.UNREADABLE, Reason("no such sentence"))


def _other(job, emit):
    return Outcome(job.document + 1, State.READ)


def _early(job, emit):
    return Outcome(job.document, State.READ, container="zip", closed=Closed(0))


DEEDS = {
    "die": _die,
    "loop": _loop,
    "garbage": _garbage,
    "deep": _deep,
    "memory": _memory,
    "huge": _huge,
    "half": _half,
    "broke-off": _broke_off,
    "outside": _outside,
    "alias": _alias,
    "forever": _forever,
    "unheard": _unheard,
    "other": _other,
    "early": _early,
}
