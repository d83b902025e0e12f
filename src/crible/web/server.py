"""The desk's server: for this machine only, or behind an address that a team uses; the owner's link works once."""

import gc
import logging
import os
import secrets
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import django
from django.apps import apps
from django.conf import settings

from crible.model.errors import CaseError
from crible.store.case import Case

if TYPE_CHECKING:
    from crible.web.address import Address

SETTINGS = "crible.web.settings"
LARGEST_REQUEST = 1 << 16
"""Bytes; the desk has no form longer than a query."""
THREADS = 8
"""More than may wait for pictures at once (`crible.sift.asking.ROOM`), so that pages are served meanwhile."""
LIMITS: dict[str, Any] = {
    "threads": THREADS,
    "max_request_body_size": LARGEST_REQUEST,
    # Of waitress's own hundred connections, kept for two minutes each, one stranger who sends slowly takes them all.
    "connection_limit": 1_000,
    "channel_timeout": 20,
    "cleanup_interval": 5,
    "asyncore_use_poll": True,  # select() knows no descriptor beyond 1,024
}


class Desk:
    """Serves cases in browsers. A context: `link` lets their owner in, `run` serves till Ctrl-C.

    `port` 0 takes a free one; without an address, this machine only. Raises CaseError where the port is taken.
    """

    def __init__(self, cases: Sequence[Case], port: int, address: "Address | None" = None) -> None:
        self.cases = tuple(cases)
        self.port = port
        self.address = address
        self.link = ""
        self._server: Any = None

    def __enter__(self) -> Self:
        """Make ready and listen; nothing is answered before `run`."""
        furnish(desk_folder())
        from django.core.management import call_command
        from django.core.wsgi import get_wsgi_application

        from crible.review import limits, people
        from crible.web import links
        from crible.web.address import LOOPBACK, Address, apply, listening
        from crible.web.served import serve

        address = self.address or Address()
        apply(address)
        call_command("migrate", database="default", verbosity=0, interactive=False)
        call_command("clearsessions")
        limits.sweep()
        people.owner()
        serve(self.cases, eager=True)
        self._listen(get_wsgi_application(), listening(address))
        self.link = f"{address.url or f'http://{LOOPBACK}:{self.port}'}/login/{links.issue()}/"
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        """Stop listening; Ctrl-C is how a desk is closed, not an error."""
        self._server.close()
        return kind is KeyboardInterrupt

    def run(self) -> None:
        """Serve until interrupted."""
        # A sift in the same process leaves its own handlers, which only ask for a stop at the end of a batch.
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.default_int_handler)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # What was loaded stays for good: looking through it for garbage took 80 ms, every few searches.
        gc.freeze()
        self._server.run()

    def _listen(self, application: Any, options: dict[str, Any]) -> None:
        from waitress import create_server

        logging.getLogger("waitress").setLevel(logging.ERROR)
        try:
            self._server = create_server(application, port=self.port, ident=None, **LIMITS, **options)
        except OSError as error:
            raise CaseError("desk-port", port=str(self.port), detail=error.strerror or "") from error
        self.port = self._server.effective_port


def desk_folder() -> Path:
    """Where the desk keeps its database and key: the folder named by CRIBLE_DESK, else the user's own data folder."""
    named = os.environ.get("CRIBLE_DESK")
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return Path(named) if named else data / "crible"


def furnish(folder: Path) -> None:
    """Make the folder, for its owner only, and put its database and secret key in place."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if not apps.ready:
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
        django.setup()
    if not apps.is_installed("crible.web"):
        raise RuntimeError("Django was made ready without the desk: set DJANGO_SETTINGS_MODULE=" + SETTINGS)
    from django.db import connections

    database = folder / "desk.sqlite3"
    database.touch(mode=0o600)
    settings.SECRET_KEY = secret_key(folder / "secret")
    connections["default"].close()
    connections.databases["default"]["NAME"] = str(database)


def secret_key(path: Path) -> str:
    """The key that cookies are signed with, made once; readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key + "\n")
    return key
