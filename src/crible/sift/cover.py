"""Asks the sandbox whether a copy's stored bytes verify under another copy's signature."""

import os
from collections.abc import Callable

import msgspec

from crible.assess.standing import missing, standing
from crible.model.errors import InputError
from crible.model.signature import SignatureResult, Word
from crible.sandbox.pool import Done, Pool
from crible.sift.packing import unpack, unpack_reading
from crible.sift.wire import Covered, Cross, Request, decode, encode_request
from crible.store.models import Blob, Document, Signature


class Covering:
    """Answers pair by pair; a fault of the child, or bytes that are gone, count as not covered, never as covered."""

    def __init__(self, pool: Pool, open_blob: Callable[[Blob], int]) -> None:
        self.pool = pool
        self._open = open_blob

    def covered(self, ours: int, other: int) -> bool:
        """Whether our headers and body, as stored, give the digests of a signature that proves the other in full.

        A signature that names no Subject, because the other has none, does not cover ours if we have one.
        """
        mine = Document.objects.select_related("blob", "reading").get(pk=ours)
        theirs = Document.objects.select_related("blob", "reading").get(pk=other)
        reading = unpack_reading(bytes(theirs.reading.facts))
        passing = Signature.objects.filter(document=other, word=Word.PASS).order_by("index")
        results = [unpack(bytes(row.result), SignatureResult) for row in passing]
        stored = unpack_reading(bytes(mine.reading.facts)).mail
        crosses = tuple(
            Cross((mine.offset, mine.size), mine.quoted, (theirs.offset, theirs.size), result.facts)
            for result in results
            if stored and standing("", reading, [result]).full and not missing(result, stored)
        )
        return bool(crosses) and any(self._ask(Request(crosses=crosses), mine.blob, theirs.blob))

    def _ask(self, request: Request, mine: Blob, theirs: Blob) -> tuple[bool, ...]:
        descriptors: list[int] = []
        try:
            descriptors += [self._open(mine)]
            descriptors += [self._open(theirs)]
            self.pool.submit("cover", encode_request(request), descriptors)
        except InputError:  # left in place, and gone or changed since it was read
            return ()
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
        found: tuple[bool, ...] = ()
        for event in self.pool.events():
            if isinstance(event, Done):
                found = _answers(event.payload)
        return found


def _answers(untrusted: bytes) -> tuple[bool, ...]:
    try:
        answer = decode(untrusted)
    except msgspec.DecodeError:
        return ()
    return answer.answers if isinstance(answer, Covered) else ()
