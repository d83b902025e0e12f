"""The whole job beside its peers, on the same mails in one run: wall, CPU, peak memory, and what each did not do."""

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.material import SERIAL, USRP, Material, mail, mixed
from bench.measure import Cost, run

Bench = Callable[[Material, Path], Cost | None]

NOT_DONE = {
    "crible": "OCR, leading broken mails back",
    "notmuch": "attachment text, signatures, evidence, sandbox",
    "mu": "attachment text, signatures, evidence, sandbox",
    "recoll": "signatures, evidence, sandbox",
}
"""What each program leaves undone of the job."""


def crible(material: Material, work: Path) -> Cost:
    """Take, read, weigh, index, with every check; isolation as the machine gives it."""
    program = str(Path(sys.executable).with_name("crible"))
    sift = [program, "sift", *map(str, material.sources), "--no-repair", "--no-ocr", "--case", str(work / "case")]
    return run(sift, log=work / "crible.log")


def notmuch(material: Material, work: Path) -> Cost | None:
    """Headers and bodies into Xapian."""
    if material.maildir is None:
        return None
    config = work / "notmuch.conf"
    database = work / "notmuch"
    database.mkdir()
    config.write_text(
        f"[database]\npath={database}\nmail_root={material.maildir}\n[user]\nname=b\nprimary_email=b@b.invalid\n[new]\ntags=\n"
    )
    return run(["notmuch", "--config", str(config), "new", "--quiet"], log=work / "notmuch.log")


def mu(material: Material, work: Path) -> Cost | None:
    """Headers and bodies into Xapian; `init` is not timed."""
    if material.maildir is None:
        return None
    home = f"--muhome={work / 'mu'}"
    run(["mu", "init", home, f"--maildir={material.maildir}"], log=work / "mu-init.log")
    return run(["mu", "index", home], log=work / "mu.log")


def recoll(material: Material, work: Path) -> Cost:
    """Bodies and attachments into Xapian: the main comparison."""
    config = work / "recoll"
    config.mkdir()
    (config / "recoll.conf").write_text(f"topdirs = {material.folder}\ndbdir = {config}/xapiandb\nskippedNames =\n")
    return run(
        ["recollindex", "-c", str(config), "-z"], env={**os.environ, "LC_ALL": "C.UTF-8"}, log=work / "recoll.log"
    )


PEERS: dict[str, Bench] = {"crible": crible, "notmuch": notmuch, "mu": mu, "recoll": recoll}
PROGRAMS = {"crible": "crible", "notmuch": "notmuch", "mu": "mu", "recoll": "recollindex"}


def main() -> None:
    """Print one table a task."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tasks", nargs="*", default=["serial", "usrp", "mixed"], help="serial, usrp, mixed")
    parser.add_argument("--only", nargs="*", default=list(PEERS), choices=list(PEERS))
    asked = parser.parse_args()
    makers: dict[str, Callable[[Path], Material]] = {
        "serial": lambda work: mail("linux-serial", SERIAL, work),
        "usrp": lambda work: mail("usrp-users-2019", USRP, work),
        "mixed": mixed,
    }
    print(machine())  # noqa: T201
    for task in asked.tasks:
        with tempfile.TemporaryDirectory(prefix="crible-bench-") as folder:
            for line in table(makers[task](Path(folder)), asked.only, Path(folder)):
                print(line, flush=True)  # noqa: T201


def machine() -> str:
    """What it ran on: Debian 12's own Python takes 8 % less for the mixed folder than one built without profiling."""
    return f"{platform.system()}, {os.cpu_count()} cores, Python {sys.version}"


def table(material: Material, only: list[str], work: Path) -> Iterator[str]:
    """Lines of one task's table."""
    yield f"{material.name}: {material.mails:,} items, {material.size / 1e6:,.1f} MB unpacked"
    yield f"  {'':8} {'wall s':>8} {'cpu s':>8} {'peak MB':>8} {'items/s':>8} {'MB/s':>7}  not done"
    for name in only:
        if not (name == "crible" or shutil.which(PROGRAMS[name])):
            yield f"  {name:8} not installed"
            continue
        place = work / f"run-{name}"
        place.mkdir()
        cost = PEERS[name](material, place)
        if cost is None:
            yield f"  {name:8} reads no such material"
            continue
        rates = f"{material.mails / cost.wall:8.0f} {material.size / cost.wall / 1e6:7.1f}"
        failed = f"  EXIT {cost.code}" if cost.code else ""
        yield f"  {name:8} {cost.wall:8.1f} {cost.cpu:8.1f} {cost.peak:8.0f} {rates}  {NOT_DONE[name]}{failed}"


if __name__ == "__main__":
    main()
