"""The calibration: only the tuning seeds, dated, and never a reason to weigh more."""

from datetime import date

import pytest

from crible.assess import grade as grading
from crible.assess.calibrate import MOST, Calibration, calibration
from crible.assess.checks import CHECKS
from crible.assess.grade import grade
from crible.demo.forgeries.catalogue import REPORTING_SEEDS, TUNING_SEEDS
from crible.model.evidence import Bears, Evidence, Says, Strength, Weighed
from crible.model.grade import Level

QUESTION = Weighed(
    "mail.html-against-plain", 1, Evidence(Says.QUESTIONS, "alternatives-differ"), Strength.MODERATE, Bears.CONTENT
)


def measured(untouched: int, altered: int) -> Calibration:
    answers = {"mail.html-against-plain:alternatives-differ": (untouched, altered)}
    return Calibration("2026-11-22", "0", (11,), 10_000, 600, answers)


def test_what_comes_with_this_version_was_measured_on_the_tuning_seeds_alone() -> None:
    found = calibration()
    assert date.fromisoformat(found.date)
    assert set(found.seeds) == set(TUNING_SEEDS)
    assert not set(found.seeds) & set(REPORTING_SEEDS)
    assert found.untouched >= 3_000 * len(TUNING_SEEDS)
    assert found.altered > 500
    spoken = {f"{check.id}:{message}" for check in CHECKS for message in check.messages}
    assert set(found.answers) <= spoken
    assert len(found.answers) > 10


@pytest.mark.parametrize(
    ("untouched", "altered", "level"),
    [(0, 4, Level.QUESTIONED), (10, 40, Level.QUESTIONED), (11, 40, Level.UNATTESTED), (1, 0, Level.UNATTESTED)],
)
def test_an_answer_that_untouched_mail_provokes_weighs_weak_at_most(
    monkeypatch: pytest.MonkeyPatch, untouched: int, altered: int, level: Level
) -> None:
    assert 10_000 * MOST == 10
    monkeypatch.setattr(grading, "calibration", lambda: measured(untouched, altered))
    assert grade("mail", [QUESTION]).level is level


@pytest.mark.parametrize(("untouched", "weak"), [(0, False), (1, False), (2, True)])
def test_an_answer_about_files_is_measured_against_files(untouched: int, weak: bool) -> None:
    found = Calibration(
        "2026-11-22", "0", (11,), 10_000, 600, {"pdf.fonts:pdf-font-within-number": (untouched, 9)}, 1000
    )
    assert (found.ceiling("pdf.fonts:pdf-font-within-number") is Strength.WEAK) == weak


def test_nothing_is_raised_and_what_was_never_met_stays_as_stated() -> None:
    assert measured(0, 600).ceiling("mail.html-against-plain:alternatives-differ") is None
    assert measured(0, 600).ceiling("mail.copies:copy-differs") is None
