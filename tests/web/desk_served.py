"""A desk for one test: cases on it, its own database as nobody has used it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import transaction
from django.test import Client

from crible.store.case import Case
from crible.web import links, served


@contextmanager
def on_the_desk(*cases: Case) -> Iterator[None]:
    """Within this block these cases are served; what was written is taken back after it.

    Taken back rather than emptied: the log's table refuses to be. Rows left behind made other tests fail.
    """
    call_command("migrate", database="default", verbosity=0, interactive=False)
    served.serve(cases)
    try:
        with transaction.atomic(using="default"):
            yield
            transaction.set_rollback(True, using="default")
    finally:
        served.serve([])


def owner_come_in() -> Client:
    """A browser of the desk's owner, entered by a link."""
    client = Client(headers={"host": "127.0.0.1"})
    client.get(f"/login/{links.issue()}/")
    client.post(f"/login/{links.issue()}/")
    return client
