"""The real worker, but that it unpacks slowly, so that others read ahead, and dies on a mail that says so."""

import os
import signal
import time

from crible.sift import worker
from crible.sift.wire import decode_request

PAUSE = 0.1
prepare = worker.prepare


def handle(request, descriptors, emit):
    for job in decode_request(request).jobs:
        if job.mail and b"\nX-Deadly: yes\n" in os.pread(descriptors[job.blob], job.length, job.offset):
            os.kill(os.getpid(), signal.SIGKILL)

    def slowly(frame):
        emit(frame)
        if frame[:1] == b"d" and len(frame) > 100_000:
            time.sleep(PAUSE)

    return worker.handle(request, descriptors, slowly)
