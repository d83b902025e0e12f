"""The real server, in its own process, as `crible serve` runs it."""

import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from crible.store.case import Case

SERVE = """
import sys
from pathlib import Path
from crible.store.case import Case
from crible.web.server import Desk
with Desk([Case.open(Path(sys.argv[1]))], int(sys.argv[2])) as desk:
    print(desk.link, flush=True)
    desk.run()
"""


class Running:
    """A desk in its own process."""

    def __init__(self, case: Path, folder: Path, port: int = 0) -> None:
        environment = {"PATH": "/usr/bin:/bin", "CRIBLE_DESK": str(folder)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(case), str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        assert self.process.stdout
        self.link = self.process.stdout.readline().strip()

    def stop(self) -> tuple[int, str]:
        """Interrupt it as Ctrl-C does; its exit code and what it wrote on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=10)
        return self.process.returncode, errors


@pytest.fixture
def running(case: Case, tmp_path: Path) -> Iterator[Running]:
    desk = Running(case.folder, tmp_path / "desk")
    yield desk
    if desk.process.poll() is None:
        desk.stop()


def ask(link: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    """One request to the desk behind a link."""
    port = int(re.match(r"http://127\.0\.0\.1:(\d+)/", link)[1])  # type: ignore[index]
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read().decode()


def test_a_link_lets_in_once_over_real_http(running: Running) -> None:
    path = re.sub(r"^http://[^/]+", "", running.link)
    assert ask(running.link, "/")[0] == 403
    status, headers, _ = ask(running.link, path)
    assert status == 302
    assert "Server" not in headers
    cookie = headers["Set-Cookie"].partition(";")[0]
    status, _, _ = ask(running.link, "/", Cookie=cookie)
    assert status == 302
    status, _, body = ask(running.link, path)
    assert status == 403
    assert "This link has been used" in body


def test_it_ends_cleanly_on_interrupt(running: Running) -> None:
    assert running.stop() == (0, "")


def test_it_listens_on_this_machine_only(running: Running) -> None:
    port = int(running.link.split(":")[2].split("/")[0])
    other = socket.gethostbyname(socket.gethostname())
    if other.startswith("127."):
        other = "127.0.0.2"
    with pytest.raises(OSError, match="refused"):
        socket.create_connection((other, port), timeout=3)


def test_what_the_desk_keeps_is_for_its_owner_only(running: Running, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "desk.sqlite3").stat().st_mode) == 0o600
    key = (folder / "secret").read_text().strip()
    assert len(key) >= 60
    assert running.link.split("/login/")[1].strip("/").encode() not in (folder / "desk.sqlite3").read_bytes()


def test_the_key_stays_and_a_visitor_stays_in(case: Case, running: Running, tmp_path: Path) -> None:
    _, headers, _ = ask(running.link, re.sub(r"^http://[^/]+", "", running.link))
    cookie = headers["Set-Cookie"].partition(";")[0]
    key = (tmp_path / "desk" / "secret").read_bytes()
    running.stop()
    again = Running(case.folder, tmp_path / "desk")
    try:
        assert (tmp_path / "desk" / "secret").read_bytes() == key
        assert again.link != running.link
        assert ask(again.link, f"/{case.uuid[:8]}/", Cookie=cookie)[0] == 200
    finally:
        again.stop()


def test_a_taken_port_is_one_sentence(case: Case, running: Running, tmp_path: Path) -> None:
    port = int(running.link.split(":")[2].split("/")[0])
    second = Running(case.folder, tmp_path / "second", port)
    _, errors = second.process.communicate(timeout=10)
    assert second.link == ""
    assert "CaseError: desk-port" in errors


def test_a_foreign_name_for_this_machine_is_refused(running: Running) -> None:
    assert ask(running.link, "/", Host="rebound.example")[0] == 400


TEAM = """
import sys
from pathlib import Path
from crible.store.case import Case
from crible.web.address import address
from crible.web.server import Desk
reached = address("https://desk.example.org", proxy=sys.argv[2])
with Desk([Case.open(Path(sys.argv[1]))], 0, reached) as desk:
    print(desk.link, desk.port, flush=True)
    desk.run()
"""


@pytest.mark.parametrize(("proxy", "believed"), [("127.0.0.1", True), ("192.0.2.1", False)])
def test_only_the_proxy_says_who_asks_and_how(case: Case, tmp_path: Path, proxy: str, believed: bool) -> None:
    environment = {"PATH": "/usr/bin:/bin", "CRIBLE_DESK": str(tmp_path / "desk")}
    command = [sys.executable, "-c", TEAM, str(case.folder), proxy]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout
        link, port = process.stdout.readline().split()
        assert link.startswith("https://desk.example.org/login/")
        told = {"Host": "desk.example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
        near = f"http://127.0.0.1:{port}/"
        status, headers, body = ask(near, link.removeprefix("https://desk.example.org"), **told)
        if believed:
            assert status == 302
            cookie = headers["Set-Cookie"].partition(";")[0]
            assert "198.51.100.7" in ask(near, "/account/", Cookie=cookie, **told)[2]
        else:
            assert (status, body) == (403, "By https only.\n")
        process.terminate()


def test_who_sends_slowly_holds_nobody_up(running: Running) -> None:
    port = int(re.match(r"http://127\.0\.0\.1:(\d+)/", running.link)[1])  # type: ignore[index]
    begun = b"POST /login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 60000\r\n\r\na"
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(150)]
    try:
        for one in slow:
            one.sendall(begun)
        assert ask(running.link, "/login/")[0] == 403
    finally:
        for one in slow:
            one.close()
