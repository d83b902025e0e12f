"""Workers that were taken over by who wrote the dump, and lie to those who read ahead: document 0 is theirs alone."""

import os
from hashlib import sha256

from sift_slow import handle, prepare

from crible.model.entry import Begin, Closed, End, Refused, Slice
from crible.model.ledger import Reason, State
from crible.sift.wire import Outcome, decode_request, encode

__all__ = ["again", "beyond", "beyond_twice", "overflow", "prepare", "unended"]
IGNORED = Reason("directory")


def _ahead(request, *, mail):
    job = decode_request(request).jobs[0]
    return job.document == 0 and job.mail is mail


def _mailbox(emit, spans):
    for n, (offset, length) in enumerate(spans):
        emit(encode(Begin(n, f"{n}", offset=offset, length=length)))
        emit(encode(End(0)))
    return encode(Outcome(0, State.READ, container="mbox", closed=Closed(len(spans))))


def overflow(request, descriptors, emit):
    """Mails of the greatest length that a row can hold."""
    if _ahead(request, mail=False):
        return _mailbox(emit, [(0, (1 << 63) - 1)] * 4)
    return handle(request, descriptors, emit)


def again(request, descriptors, emit):
    """400 members, something out of turn, the first member again, and an outcome."""
    if not _ahead(request, mail=True):
        return handle(request, descriptors, emit)
    for n in range(400):
        emit(encode(Refused(n, f"{n}", State.IGNORED, IGNORED)))
    emit(b"?")
    emit(encode(Refused(0, "0", State.IGNORED, IGNORED)))
    return encode(Outcome(0, State.IGNORED, Reason("empty")))


def unended(request, descriptors, emit):
    """A member without an end, and no outcome."""
    if not _ahead(request, mail=True):
        return handle(request, descriptors, emit)
    emit(encode(Begin(0, "0")))
    for _ in range(20):
        emit(b"d" + bytes(1 << 18))
    return b"dx"


def _last(descriptor):
    """Where the last mail will lie: the first one says so."""
    words = os.pread(descriptor, 400, 0).partition(b"X-Last: ")[2].split()
    return int(words[0]), int(words[1])


def beyond(request, descriptors, emit):
    """Only the walk lies: it names the last mail before that is there."""
    if _ahead(request, mail=False):
        return _mailbox(emit, [_last(descriptors[0]), (0, 1)])
    return handle(request, descriptors, emit)


def beyond_twice(request, descriptors, emit):
    """So does who reads that mail: it holds something whose hash is that of the bytes there by then."""
    if _ahead(request, mail=False):
        return beyond(request, descriptors, emit)
    if not _ahead(request, mail=True):
        return handle(request, descriptors, emit)
    job = decode_request(request).jobs[0]
    here = os.pread(descriptors[0], job.length, job.offset)
    emit(encode((Slice(0, "1", 0, job.length, sha256(here).digest()),)))
    return encode(Outcome(0, State.READ, container="mail", closed=Closed(1)))
