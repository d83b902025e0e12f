"""The children that read. Loads little, so that they start before the coordinator has loaded Django and its checks."""

import contextlib
import os
from collections.abc import Iterator

from crible.sandbox.pool import Pool
from crible.sandbox.template import Template

WORKER = "crible.sift.worker:handle"
SHARED = (
    "crible.extract.charset",
    "crible.extract.pdf.opening",
    "crible.proof.enclosed.cms",
    "crible.sift.examiners",
    "lxml.etree",
    "PIL.Image",
)
"""What readers and examiners both import; whatever one of them alone needs would only take room from the others."""


@contextlib.contextmanager
def start(jobs: int, *, unsafe: bool) -> Iterator[Pool]:
    """Children that load their libraries from now on; `jobs` 0 for one per core. See `Pool` for what it raises.

    They are forked from a template, as are those that examine, from `Pool.template`.
    """
    template = Template.start(SHARED)
    with template or contextlib.nullcontext():
        size = jobs or os.cpu_count() or 1
        with Pool(WORKER, size=size, unsafe=unsafe, warm=True, template=template) as pool:
            yield pool
