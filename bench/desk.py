"""The desk over a hundred thousand documents: one person's pages, then twenty people at once, through real HTTP.

    python -m bench.desk [--case DIR] [--people 20] [--seconds 60]

Without a case it makes the leak of `bench.leak` from the corpora and sifts it first (about ten minutes).
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import leak

BARS = {"overview": 300, "search": 150, "document": 150}
"""Milliseconds, 95th percentile, of one person."""
TOGETHER = 500
"""Milliseconds, 95th percentile of all requests, of twenty people at once."""
QUERIES = (
    "serial", "uart clock rate", '"device tree"', "from:greg", "patch -revert", "usrp~1 b210", "gain OR antenna",
    "subject:tty", "kfifo", "overflow*", "date:2022", "has:attachment", "grade:proven dma", "language:fr",
    "invoice total", "zzz-nothing", "to:linux-serial", '"signed off by"', "console lock irq", "rs485",
)  # fmt: skip
TIMES = 5


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", type=Path)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        case = asked.case or sifted(work)
        with served(case, work / "desk", asked.people) as (base, cookies, ids):
            alone(base, cookies[0], ids)
            together(base, cookies, ids, asked.seconds, work)


def sifted(work: Path) -> Path:
    """A case of the joined and repeated corpora."""
    source = leak.make(work)
    program = Path(sys.executable).with_name("crible")
    command = [program, "sift", source, "--no-repair", "--no-ocr", "--case", work / "case"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 our own
    return work / "case"


@contextmanager
def served(case: Path, desk: Path, people: int) -> Iterator[tuple[str, list[str], list[str]]]:
    """The desk in a process of its own; its address at that case, a cookie for each person, and ids of documents."""
    environment = {**os.environ, "CRIBLE_DESK": str(desk), "PYTHONPATH": str(Path(__file__).parents[1])}
    made = subprocess.run(  # noqa: S603 our own
        [sys.executable, "-m", "bench.members", str(case), str(people)],
        check=True, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    slug, cookies, ids = (line.split() for line in made.stdout.splitlines()[-3:])
    program = Path(sys.executable).with_name("crible")
    command = [str(program), "serve", "--case", str(case), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:  # noqa: S603 our own
        link = next(word for line in server.stdout or () for word in line.split() if "/login/" in word)
        try:
            yield f"{link.partition('/login/')[0]}/{slug[0]}/", cookies, ids
        finally:
            server.terminate()


def alone(base: str, cookie: str, ids: Sequence[str]) -> None:
    """One person, one page after the other."""
    pages = {
        "overview": [""] * 20,
        "search": [f"search/?q={urllib.parse.quote(query)}" for query in QUERIES] * TIMES,
        "document": [f"document/{one}/" for one in ids],
        "people": ["people/"] * 10,
        "timeline": ["timeline/"] * 10,
        "versions": ["versions/"] * 10,
        "ledger": ["ledger/"] * 10,
        "keys": ["keys/"] * 10,
        "queue": ["queue/"] * 10,
    }
    line(f"{'page':<12}{'first':>8}{'p50':>8}{'p95':>8}{'max':>8}   bar")
    for name, addresses in pages.items():
        times = [timed(base + address, cookie) for address in addresses]
        first, rest = times[0], sorted(times[1:])
        p95 = rest[min(len(rest) - 1, round(0.95 * len(rest)))]
        line(f"{name:<12}{first:8.0f}{statistics.median(rest):8.0f}{p95:8.0f}{rest[-1]:8.0f}   {BARS.get(name, '')}")


def line(text: str) -> None:
    """One line of the result."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def timed(address: str, cookie: str) -> float:
    """Milliseconds to the last byte; HTTPError for any answer that is none."""
    request = urllib.request.Request(address, headers={"Cookie": f"crible_desk={cookie}"})  # noqa: S310
    start = time.perf_counter()
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        answer.read()
    return 1000 * (time.perf_counter() - start)


def together(base: str, cookies: Sequence[str], ids: Sequence[str], seconds: int, work: Path) -> None:
    """Twenty people, by locust; each reads a page for one to three seconds before the next."""
    environment = {
        **os.environ, "CRIBLE_BASE": base, "CRIBLE_COOKIES": " ".join(cookies),
        "CRIBLE_IDS": " ".join(list(ids)[:200]),
    }  # fmt: skip
    task, people = str(Path(__file__).with_name("people.py")), str(len(cookies))
    command = [sys.executable, "-m", "locust", "-f", task, "--headless", "--only-summary", "-H", base]
    command += ["-u", people, "-r", people, "-t", f"{seconds}s", "--csv", str(work / "load")]
    subprocess.run(command, env=environment, check=False, capture_output=True)  # noqa: S603 our own
    with (work / "load_stats.csv").open() as file:
        for row in csv.DictReader(file):
            name = row["Name"] if row["Name"] != "Aggregated" else "all"
            bar = TOGETHER if name == "all" else ""
            figures = (
                f"{row['Request Count']:>8}{row['Failure Count']:>8}{row['50%']:>8}{row['95%']:>8}{row['100%']:>8}"
            )
            line(f"{name:<12}{figures}   {bar}   requests, errors, p50, p95, max of {len(cookies)} people")


if __name__ == "__main__":
    main()
