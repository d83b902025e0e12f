"""crible bench: the program measured on material of which everything is known."""

import tempfile
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from crible import __version__
from crible.cli.context import JsonOption, language, print_json, say
from crible.cli.help import Command, Group
from crible.cli.terminal import line, note, one_line, prose

if TYPE_CHECKING:
    from crible.demo.forgeries.score import Score
    from crible.store.case import Case

app = typer.Typer(no_args_is_help=True, cls=Group)


class Seeds(StrEnum):
    """Which of the fixed seeds; nothing may be adjusted after looking at the second."""

    TUNING = "tuning"
    REPORTING = "reporting"


@app.command("forgeries", cls=Command, help=say("help-bench-forgeries"))
def forgeries(
    seeds: Annotated[Seeds, typer.Option("--seeds", help=say("help-bench-seeds"))] = Seeds.TUNING,
    seed: Annotated[list[int] | None, typer.Option("--seed", metavar="N", help=say("help-bench-seed"))] = None,
    mails: Annotated[int, typer.Option("--mails", metavar="N", help=say("help-bench-mails"))] = 4000,
    recover: Annotated[bool, typer.Option("--recover", help=say("help-bench-recover"))] = False,
    case: Annotated[Path | None, typer.Option("--case", metavar="DIR", help=say("help-bench-case"))] = None,
    calibrate: Annotated[
        Path | None, typer.Option("--calibrate", metavar="FILE", help=say("help-bench-calibrate"))
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=say("help-bench-out"))] = None,
    json: JsonOption = False,
) -> None:
    """Plant, sift, compare; exit 1 where an alteration was vouched for."""
    from crible.demo.forgeries import report
    from crible.demo.forgeries.catalogue import REPORTING_SEEDS, TUNING_SEEDS
    from crible.demo.forgeries.score import Score
    from crible.store.setup import ready

    ready()
    chosen = tuple(seed or (TUNING_SEEDS if seeds is Seeds.TUNING else REPORTING_SEEDS))
    total = Score()
    with tempfile.TemporaryDirectory(prefix="crible-bench-") as folder:
        for number in chosen:
            note(say("bench-run", seed=str(number)))
            total.add(_run((case or Path(folder)) / str(number), number, mails, recover))
    if out:
        named = " ".join(f"--seed {one}" for one in seed) if seed else f"--seeds {seeds}"
        command = f"crible bench forgeries {named}{' --recover' if recover else ''}"
        out.write_text(report.markdown(total, __version__, command), "utf-8")
    if calibrate:
        calibrate.write_text(report.calibration(total, __version__, date.today().isoformat()), "ascii")
    if json:
        print_json(report.as_json(total))
    else:
        _print(total)
    if total.falsely:
        raise typer.Exit(1)


def _run(folder: Path, seed: int, mails: int, recover: bool) -> "Score":
    """One run through the public pipeline, with what the case's owner would state beforehand."""
    from crible.demo.forgeries.make import LABEL, make
    from crible.demo.forgeries.score import score
    from crible.sift.export import lines
    from crible.store.case import Case

    record = make(folder, seed, mails)
    case = Case.create(folder / "case", title=f"Bench {seed}")
    since, address = record.intrusion
    case.record("intrusion", {"since": since, "boxes": [address]})
    case.record("custody", {"claimed_last": record.claimed})
    # A folder that was kept holds the mail already: a second taking would lay every copy in twice.
    taken = (case.folder / "custody" / "manifest.sha256").exists()
    _sift(case, [] if taken else [folder / LABEL], folder / "keys.jsonl")
    if recover:
        _recover(case, folder)
        _sift(case, [], folder / "keys.jsonl")
    with case.facts():
        return score(record, lines(), _remarks())


def _sift(case: "Case", sources: list[Path], keys: Path) -> None:
    from crible.cli.progress import Bar, Interrupt
    from crible.sift.run import sift
    from crible.sift.watch import Options

    with Bar() as shown:
        if sift(case, sources, Options((keys,)), shown.watch(Interrupt())) is None:
            raise typer.Exit(130)


def _recover(case: "Case", folder: Path) -> None:
    """Keys out of the generated mail itself, then what the newsroom's own mailbox says of them."""
    from crible.cli.progress import Bar, Interrupt
    from crible.cli.seeking import Seeking
    from crible.demo.forgeries.hosts import KNOWN_SINCE, SERVER
    from crible.demo.forgeries.make import NEWSROOM
    from crible.sift import recover
    from crible.sift.own_mailbox import witness

    with case.facts():
        wanted = recover.sought(case, (), recover.MOST)
    found = 0
    with Seeking() as shown:
        for one in recover.recover(case, wanted, shown.begin):
            found += one.key is not None
    if found:
        with Bar() as bar:
            witness(case, folder / NEWSROOM, SERVER, date.fromisoformat(KNOWN_SINCE), bar.watch(Interrupt()))


def _remarks() -> list[dict[str, Any]]:
    from crible.store.models import Remark

    return [dict(row) for row in Remark.objects.values("kind", "box", "message", "params")]


def _print(total: "Score") -> None:
    from crible.demo.forgeries import report

    for row in report.rows(total, language()):
        line(row)
    line()
    for sentence in (*report.sentences(total, language()), *report.findings(total, language())):
        prose(one_line(sentence), hang=2)
    line()
    for scenario, why in report.unseen(language()):
        prose(f"{scenario.number:<5}{why}", hang=5)
