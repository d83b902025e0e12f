"""An entry point whose library started a thread before the walls went up."""

import queue
import threading
from pathlib import Path

ASKED, ANSWERED = queue.Queue(), queue.Queue()


def prepare():
    threading.Thread(target=_serve, daemon=True).start()


def _serve():
    while True:
        path = ASKED.get()
        try:
            ANSWERED.put(Path(path).read_bytes())
        except OSError as error:
            ANSWERED.put(str(error.errno).encode())


def run(request, descriptors, emit):
    ASKED.put(request.decode())
    return ANSWERED.get()
