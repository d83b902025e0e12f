"""One gcd in a process of its own: `python -m crible.proof.recover.child`.

A gcd of two numbers of 134 million bits is one call that no signal handler, and no other thread, interrupts. A process
can be ended at any moment, gives its memory back, and can be bounded in it.

Standard input: one JSON object {"exponent": e, "pair": [[s, m], [s, m]], "size": bytes}, numbers in hex. Standard
output: a line with the seconds that one power takes, by which the rest can be foretold; then the divisor in hex.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import time

import gmpy2

from crible.proof.recover.modulus import common

MEMORY = 2 << 30
NICE = 5
_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def main() -> None:
    """Answer one question."""
    _yield_to_others()
    asked = json.load(sys.stdin)
    exponent = int(asked["exponent"])
    pair = [(int(s, 16), int(m, 16)) for s, m in asked["pair"]]
    began = time.monotonic()
    gmpy2.mpz(pair[0][0]) ** (exponent // 8)  # an eighth of the length is enough to tell how fast this machine is
    sys.stdout.write(f"{8 * (time.monotonic() - began):.3f}\n")
    sys.stdout.flush()
    found = common(pair, exponent)
    # The same signature twice shares everything: no modulus, and nothing to be sent back in hex.
    sys.stdout.write(f"{found if found.bit_length() <= 64 * int(asked['size']) else 1:x}\n")


def _yield_to_others() -> None:
    """Be ended by an interrupt at once, and with whoever asked; take no more memory than stated, and step back."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with contextlib.suppress(OSError):
        os.nice(NICE)


if __name__ == "__main__":
    main()
