"""A case: a folder with `case.toml`, the facts database, blobs and index."""

import hashlib
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import tomlkit
from django.db import connections

from crible.model.errors import CaseError
from crible.store.blobs import Blobs
from crible.store.lock import locked
from crible.store.router import facts_in

FORMAT = 1
"""Raised when the tables or `case.toml` change in a way an older crible cannot read."""

TEMPLATE = """\
# A crible case. Written by crible, kept as you edit it.
format = {format}
uuid = "{uuid}"
title = {title}
zone = "Europe/Paris"  # the zone dates are shown in; always written out beside them

[custody]
# Who posted the material, where, and who fetched it, when. Copied into every report.
posted_by = ""
posted_at = ""      # address of the page
posted_on = ""      # 2017-05-05T20:35:00+02:00
fetched_by = ""
fetched_on = ""
page = ""           # path in this case of the page itself, if it was taken too
claimed_last = ""   # 2017-04-24: the last day of which they say it holds anything; what is later is then asked about

[intrusion]
# Since when others had access, and to which boxes (addresses); their later signatures then support nothing.
since = ""          # 2017-03-01
boxes = []

[budgets]
# How much a container may make crible do; what goes beyond is a row of the ledger with the reason. Uncomment to change
# it for what is taken from then on.
# depth = 16                # levels of nesting
# entries = 5000000         # members of one container
# ratio = 1000              # bytes produced per packed byte of a member, beyond its first 10 MB
# member = 17179869184      # bytes of one member, unpacked
# produced = 68719476736    # bytes of all members of one container, unpacked
"""


@dataclass(frozen=True)
class Case:
    """A case folder that exists."""

    folder: Path

    @classmethod
    def create(cls, folder: Path, *, title: str = "") -> "Case":
        """Make the folder and its `case.toml`; a case that stands there already is opened instead.

        A folder made here is its owner's alone, as a leak should be on a machine with other accounts; whoever shares it
        opens it to their group, or gives a folder that stands already.
        """
        if (folder / "case.toml").exists():
            return cls.open(folder)
        if folder.exists() and any(folder.iterdir()):
            raise CaseError("case-folder-not-empty", path=str(folder))
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = (title or folder.resolve().name).encode("utf-8", "replace").decode()
        text = TEMPLATE.format(format=FORMAT, uuid=uuid.uuid4(), title=tomlkit.item(name).as_string())
        _write(folder / "case.toml", text)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> "Case":
        """Open a case; raises CaseError if there is none, or one of another format."""
        if not (folder / "case.toml").is_file():
            raise CaseError("case-missing", path=str(folder))
        case = cls(folder.resolve())
        if case.settings.get("format") != FORMAT:
            raise CaseError("case-format", path=str(folder), format=str(case.settings.get("format")), ours=FORMAT)
        return case

    @cached_property
    def settings(self) -> tomlkit.TOMLDocument:
        """`case.toml`, comments and all."""
        try:
            return tomlkit.parse((self.folder / "case.toml").read_text(encoding="utf-8"))
        except (tomlkit.exceptions.ParseError, UnicodeDecodeError) as error:
            raise CaseError("case-broken", path=str(self.folder), detail=str(error)) from error

    def record(self, table: str, values: dict[str, Any]) -> None:
        """Set values in a table of `case.toml`, leaving the rest as its owner wrote it."""
        section = self.settings.setdefault(table, tomlkit.table())
        for name, value in values.items():
            section[name] = value
        _write(self.folder / "case.toml", tomlkit.dumps(self.settings))

    @property
    def uuid(self) -> str:
        """The case's own identity, for life."""
        return str(self.settings["uuid"])

    @property
    def title(self) -> str:
        """What its owner calls it."""
        return str(self.settings.get("title") or self.folder.name)

    @property
    def alias(self) -> str:
        """Name of its database connection."""
        return "case-" + hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]

    @cached_property
    def blobs(self) -> Blobs:
        """The bytes of the case."""
        return Blobs(self.folder / "blobs")

    @property
    def index(self) -> Path:
        """The full-text index, a cache."""
        return self.folder / "index"

    @contextmanager
    def facts(self, *, write: bool = False) -> Iterator[None]:
        """Within this block the facts models speak of this case; read-only unless asked otherwise."""
        alias = self.alias if write else self.alias + "-ro"
        if alias not in connections.databases:
            connections.databases[alias] = _database(self.folder / "db.sqlite3", write=write)
        with facts_in(alias):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Within this block the case is ours alone to write; after it the database is whole, and on the disk.

        Raises CaseError `case-locked` where another process holds it.
        """
        with locked(self.folder), self.facts(write=True):
            yield
            self._settle()

    def _settle(self) -> None:
        """Write the log back into the database, which alone is then all of it; the log goes, unless someone reads.

        A finished case is copied, sent and unplugged. Its log held up to 64 MB, of which no byte was sure to be on the
        disk; this takes 0.05 s after 1,400 files.
        """
        connection = connections[self.alias]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
        connection.close()


def _write(path: Path, text: str) -> None:
    """All of a file or, whatever happens, what it held before."""
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())  # or a power cut may leave the new name without its bytes
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _reading(path: Path) -> str:
    """SQLite's parameters: on a read-only disk it makes no log, and must be told that nobody else writes one."""
    log = path.with_name(f"{path.name}-wal")
    still = path.exists() and os.statvfs(path).f_flag & os.ST_RDONLY and not (log.exists() and log.stat().st_size)
    return "mode=ro&immutable=1" if still else "mode=ro"


def _database(path: Path, *, write: bool) -> dict[str, Any]:
    name = str(path) if write else f"{path.as_uri()}?{_reading(path)}"
    options: dict[str, Any] = {"timeout": 30, "transaction_mode": "IMMEDIATE" if write else "DEFERRED"}
    if write:
        # WAL survives kill -9 at any moment; NORMAL loses at most the last commits on a power cut, never integrity.
        # The log is written back at 64 MB: at SQLite's own 4 MB the same pages of indexes are written again and again,
        # which took an eighth of the time of all commits.
        options["init_command"] = (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
            " PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=16000;"
        )
    else:
        options["uri"] = True
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "USER": "",
        "PASSWORD": "",
        "HOST": "",
        "PORT": "",
        "TEST": {},
    }
