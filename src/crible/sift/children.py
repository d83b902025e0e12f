"""The children that read. Loads little, so that they start before the coordinator has loaded Django and its checks."""

import os

from crible.sandbox.pool import Pool

WORKER = "crible.sift.worker:handle"


def start(jobs: int, *, unsafe: bool) -> Pool:
    """Children that load their libraries from now on; `jobs` 0 for one per core. See `Pool` for what it raises."""
    return Pool(WORKER, size=jobs or os.cpu_count() or 1, unsafe=unsafe, warm=True)
