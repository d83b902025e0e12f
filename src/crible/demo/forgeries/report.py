"""The benchmark's result as lines for a terminal and as a page of the documentation."""

import json
from collections.abc import Callable, Iterator, Sequence

from crible.demo.forgeries.catalogue import SCENARIOS, TWINS, Scenario
from crible.demo.forgeries.score import Finding, Score, Tally, predictive, upper, wilson
from crible.words import render

TITLE = 54
BASE = 0.001
"""The share of altered mail in the example of scenario 40."""
NONE = Tally()


def calibration(score: Score, version: str, day: str) -> str:
    """What `crible.assess.calibrate` reads: how often untouched and altered mail provoked each questioning answer."""
    altered = sum(score.tallies[one.key].planted for one in SCENARIOS if one.key in score.tallies)
    names = sorted({name for name, _ in score.asked})
    head = {
        "date": day,
        "version": version,
        "seeds": sorted(score.seeds),
        "untouched": score.innocents,
        "files": score.files,
        "altered": altered,
    }
    answers = {name: [score.asked[name, False], score.asked[name, True]] for name in names}
    return json.dumps(head | {"answers": answers}, indent=1) + "\n"


def rows(score: Score, language: str = "en") -> list[str]:
    """Tables of at most 80 columns."""

    def say(key: str) -> str:
        return render("bench", key, {}, language)

    heads = [say(key) for key in ("column-scenario", "column-vouched", "column-detected")]
    found = [_row("", *heads)]
    for scenario in SCENARIOS:
        tally = score.tallies.get(scenario.key, NONE)
        if tally.planted:
            found.append(_row(scenario.number, say(scenario.key), _vouched(tally), _detected(scenario, tally)))
    found += ["", _row("", say("column-twin"), "", say("column-calm"))]
    for twin in TWINS:
        tally = score.tallies.get(twin.key, NONE)
        if tally.planted:
            found.append(_row(twin.number, say(twin.key), "", f"{tally.detected}/{tally.planted}"))
    return found


def sentences(score: Score, language: str = "en") -> Iterator[str]:
    """What the tables come to, with its uncertainty."""

    def say(key: str, **params: object) -> str:
        return render("bench", key, params, language)

    def part(count: int, total: int) -> str:
        return _exact(100 * count / total if total else 0.0, language)

    def bound(share: float) -> str:
        return _exact(100 * share, language)

    vouched, counted = len(score.falsely), score.counted
    hit, detectable = score.detectable
    mails = score.innocents
    yield say("said-runs", seeds=[str(seed) for seed in score.seeds], mails=mails)
    yield say("said-vouched", vouched=vouched, planted=counted, upper=bound(upper(vouched, counted)))
    low, high = map(bound, wilson(hit, detectable))
    yield say("said-detected", hit=hit, planted=detectable, share=part(hit, detectable), low=low, high=high)
    low, high = bound(wilson(score.alarmed, mails)[0]), bound(upper(score.alarmed, mails))
    share = part(score.alarmed, mails)
    yield say("said-alarmed", alarmed=score.alarmed, mails=mails, share=share, low=low, high=high)
    yield say("said-files", **_of_files(score, language))
    yield say(
        "said-beside",
        questions=score.open_questions,
        bystanders=score.bystanders,
        doubted=score.bystanders_questioned,
    )
    yield say(
        "said-coverage",
        anchored=part(score.anchored, mails),
        plain=part(score.plain, mails),
        times=_exact(score.anchored / score.plain if score.plain else 0.0, language),
        cohort=part(score.cohort, mails),
    )
    seen, planted = score.seen
    right = predictive(seen / planted if planted else 0.0, upper(score.alarmed, score.innocents), BASE)
    yield say("said-base-rate", share=bound(right))
    yield say("said-test-of-program")


def _of_files(score: Score, language: str) -> dict[str, object]:
    """What is said of files apart from mail."""
    hit, planted = score.detectable_of("file")
    low, high = wilson(score.files_alarmed, score.files)[0], upper(score.files_alarmed, score.files)
    return {
        "hit": hit,
        "planted": planted,
        "files": score.files,
        "alarmed": score.files_alarmed,
        "low": _exact(100 * low, language),
        "high": _exact(100 * high, language),
        "anchored": score.files_vouched,
    }


def findings(score: Score, language: str = "en") -> Iterator[str]:
    """Every document that came out wrong."""
    lists = {
        "finding-falsely": score.falsely,
        "finding-alarms": score.alarms,
        "finding-missed": score.missed,
        "finding-missing": score.missing,
    }
    for key, found in lists.items():
        for one in found:
            yield render("bench", key, _named(one, language), language)


def unseen(language: str = "en") -> Iterator[tuple[Scenario, str]]:
    """What cannot be detected, or is not counted, and why."""
    for scenario in SCENARIOS:
        if scenario.why:
            yield scenario, render("bench", scenario.why, {}, language)


def markdown(score: Score, version: str, command: str) -> str:
    """The page, in English."""

    def say(key: str) -> str:
        return render("bench", key, {}, "en")

    parts = [
        "# What the benchmark measured",
        f"Made by `{command}` with crible {version}; written anew at each release. [How it works](howto/benchmark.md).",
        "\n".join(f"- {sentence}" for sentence in sentences(score)),
        "## Alterations",
        _table(
            ("", "Alteration", "Vouched for", "Detected"),
            [
                (one.number, say(one.key), _vouched(tally), _detected(one, tally))
                for one in SCENARIOS
                if (tally := score.tallies.get(one.key, NONE)).planted
            ],
        ),
        "“Vouched for”: the very bytes, field or sender that was altered is claimed as proven, proven in part or "
        "corroborated. “Detected”: one of the answers that were fixed for the scenario before any run; a dash stands "
        "where nobody can, or where it is not counted: of such rows, how often a trace was pointed at.",
        "## Innocent look-alikes",
        _table(
            ("", "Look-alike", "Left in peace"),
            [
                (one.number, say(one.key), f"{tally.detected}/{tally.planted}")
                for one in TWINS
                if (tally := score.tallies.get(one.key, NONE)).planted
            ],
        ),
        "## Coverage",
        _coverage(score),
        "## What cannot be detected, or is not counted",
        "\n".join(f"- **{one.number}. {say(one.key)}.** {why}" for one, why in unseen()),
        "## What came out wrong",
        "\n".join(f"- {line}" for line in findings(score)) or "Nothing.",
    ]
    return "\n\n".join(parts) + "\n"


def as_json(score: Score) -> dict[str, object]:
    """The same as an object."""
    hit, detectable = score.detectable
    names: Sequence[str] = ("falsely", "alarms", "missed", "missing")
    return {
        "format": 1,
        "seeds": score.seeds,
        "innocents": score.innocents,
        "alarmed": score.alarmed,
        "files": [score.files_alarmed, score.files_vouched, score.files],
        "open_questions": score.open_questions,
        "bystanders": [score.bystanders_questioned, score.bystanders],
        "vouched": [len(score.falsely), score.counted],
        "detected": [hit, detectable],
        "anchored": score.anchored,
        "plain": score.plain,
        "cohort": score.cohort,
        "levels": [[kept, level, count] for (kept, level), count in sorted(score.levels.items())],
        "scenarios": [_as_row(one.number, one.key, score) for one in SCENARIOS]
        + [_as_row(one.number, one.key, score) for one in TWINS],
        "wrong": [
            {"what": name, "seed": one.seed, "scenario": one.scenario, "path": one.path, "why": one.why}
            for name in names
            for one in getattr(score, name)
        ],
    }  # fmt: skip


def _as_row(number: str, key: str, score: Score) -> dict[str, object]:
    tally = score.tallies.get(key, NONE)
    return {
        "number": number,
        "scenario": key,
        "planted": tally.planted,
        "vouched": tally.vouched,
        "detected": tally.detected,
    }


def _coverage(score: Score) -> str:
    levels = ("proven", "partly-proven", "corroborated", "unattested", "questioned", "contradicted")
    kinds = {"known": "key at hand", "lost": "key lost", "list": "changed by a list", "unsigned": "not signed"}
    count: Callable[[str, str], str] = lambda kept, level: str(score.levels[kept, level])  # noqa: E731
    return _table(("Untouched mail", *levels), [(kinds[kept], *(count(kept, one) for one in levels)) for kept in kinds])


def _table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _row(number: str, title: str, first: str, second: str) -> str:
    shown = title if len(title) <= TITLE else title[: TITLE - 1] + "…"
    return f"{number:<5}{shown:<{TITLE}}{first:>10}{second:>11}".rstrip()


def _vouched(tally: Tally) -> str:
    return f"{tally.vouched}/{tally.countable}" if tally.countable else "-"


def _detected(scenario: Scenario, tally: Tally) -> str:
    return f"{tally.detected}/{tally.planted}" if scenario.detectable else f"{tally.detected}/-"


def _exact(value: float, language: str) -> str:
    """Two decimals: what is asked of the program is one in a thousand."""
    text = f"{value:.2f}"
    return text.replace(".", ",") if language == "fr" else text


def _named(one: Finding, language: str) -> dict[str, object]:
    title = render("bench", one.scenario or "ordinary", {}, language)
    return {"seed": str(one.seed), "title": title, "path": one.path, "why": one.why or "-"}
