"""An entry point whose libraries take long to load."""

import time


def prepare():
    time.sleep(0.5)


def run(request, descriptors, emit):
    return b""
