"""What one child may use, and the processor-time allowance that is moved forward before each task."""

import math
import resource
import sys
import time
from dataclasses import dataclass

PARENT_SETS_CPU = sys.platform == "linux"
"""prlimit(2) lets the coordinator move the allowance, so that a child taken over cannot; elsewhere the child must."""


FRAME_COST = 256 << 10
"""Bytes that any frame counts for, so that small frames without end are an end too."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps of a child and of each of its tasks."""

    memory: int = 2 << 30
    """Bytes of address space, libraries included (RLIMIT_AS)."""
    cpu_seconds: int = 120
    """Processor time of one task (soft RLIMIT_CPU, then SIGXCPU), and again for every `earn` of its output."""
    earn: int = 256 << 20
    """Bytes of output that earn a task its processor time anew: a container of 60 GB is slow, not stuck."""
    silent_seconds: float = 180
    """Wall clock without any frame."""
    frame: int = 64 << 20
    """Bytes of the largest frame."""
    output: int = 64 << 30
    """Bytes of all frames of one task, each counted as FRAME_COST at least."""
    tasks: int = 5000
    """A child is replaced after so many."""


def cpu_used(pid: int) -> float:
    """Seconds of processor time that process `pid` has used, all threads; 0 means the caller itself.

    Raises OSError where the process is gone, or is another and this is not Linux.
    """
    if not pid:
        return time.process_time()
    return time.clock_gettime((~pid << 3) | 2)  # MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED), clock_getcpuclockid(3)


def allow_cpu(pid: int, seconds: int) -> float:
    """Let process `pid` (0: the caller) use `seconds` more from now on; its new ceiling in seconds of processor time.

    RLIMIT_CPU counts whole seconds, so the allowance is rounded up by less than one.
    """
    ceiling = math.ceil(cpu_used(pid)) + seconds
    if pid:
        resource.prlimit(pid, resource.RLIMIT_CPU, (ceiling, resource.RLIM_INFINITY))
    else:
        resource.setrlimit(resource.RLIMIT_CPU, (ceiling, resource.RLIM_INFINITY))
    return float(ceiling)
