"""What every check and every sentence must be."""

import re

import pytest

from crible.assess import checks, properties
from crible.assess.check import Check
from crible.assess.checks import CHECKS
from crible.assess.checks.mail.dkim import MALFORMED
from crible.assess.pages import FIELDS
from crible.assess.sentences import render_badge, render_innocent, render_level, render_says
from crible.model.evidence import Says, Strength
from crible.model.grade import Level
from crible.words import LANGUAGES, keys, render

FORBIDDEN = re.compile(
    r"\b(?:fakes?|faked|forged?|forger(?:y|ies)?|true|untrue|false|genuine|authentic\w*|hacked|tampered|doctored"
    r"|faux|fausse\w*|falsifi\w*|vrai\w*|authentique\w*|truqu\w*|trafiqu\w*)\b",
    re.IGNORECASE,
)
LEVELS = {
    Level.PROVEN: ("Unchanged since DOMAIN signed it", "Inchangé depuis la signature de DOMAIN"),
    Level.PARTLY_PROVEN: ("Unchanged in part", "Inchangé en partie"),
    Level.CORROBORATED: ("Corroborated", "Corroboré"),
    Level.UNATTESTED: ("Not established", "Non établi"),
    Level.QUESTIONED: ("A detail needs explaining", "Un détail à expliquer"),
    Level.CONTRADICTED: ("Differs from a signed copy", "Diffère d’une copie signée"),
}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_check_is_named_after_its_module_and_asks_one_question(check: Check) -> None:
    look = check.look or check.look_around
    assert look is not None
    assert check.id == look.__module__.removeprefix("crible.assess.checks.").replace("_", "-")
    assert (check.look is None) != (check.look_around is None)
    assert check.question.endswith("?")
    assert check.version >= 1
    assert check.source
    assert bool(check.needs) == (check.look_around is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_and_innocent_cause_has_a_sentence(language: str) -> None:
    known = keys("evidence", language)
    for check in CHECKS:
        assert set(check.messages) <= known, check.id
        assert len(render_innocent(check, language)) == len(check.innocent)


def test_both_languages_have_the_same_keys_and_fields() -> None:
    for domain in ("evidence", "grades"):
        assert keys(domain, "en") == keys(domain, "fr")
    blanks = {name: f"<{name}>" for name in (*FIELDS, "aligned")}
    for domain in ("evidence", "grades"):
        for key in keys(domain, "en"):
            for count in (1, 2):
                params = blanks | {"count": count}
                fields = [set(re.findall(r"<\w+>", render(domain, key, params, language))) for language in LANGUAGES]
                assert fields[0] == fields[1], key


def test_no_malformed_reason_of_the_catalogue_is_unknown() -> None:
    assert set(MALFORMED) == {key for key in keys("evidence", "en") if key.startswith("dkim-malformed-")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", ["evidence", "grades"])
def test_no_sentence_says_that_a_document_is_false_or_true(domain: str, language: str) -> None:
    blanks: dict[str, object] = dict.fromkeys(FIELDS, "")
    for key in keys(domain, language):
        for count in (1, 2):
            assert not FORBIDDEN.search(render(domain, key, blanks | {"count": count}, language)), key


@pytest.mark.parametrize("level", Level)
def test_levels_say_the_agreed_words(level: Level) -> None:
    shown = tuple(render_level(level, {"domain": "DOMAIN"}, language) for language in LANGUAGES)
    assert shown == LEVELS[level]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_a_grade_may_hold_has_a_sentence(language: str) -> None:
    tables = (
        properties.CONTENT, properties.CONTENT_OF_LEVEL, properties.ORIGIN, properties.DELIVERY, properties.BADGES,
        properties.LIMITS, properties.CHANGES, properties.CHANGE_BY_KIND,
    )  # fmt: skip
    held = {key for table in tables for key in table.values()}
    held |= {properties.PROVISIONAL, properties.CHANGE_PROVEN, "limit-no-clock", "origin-open", "origin-other-hands"}
    assert held <= keys("grades", language)
    for badge in properties.BADGES.values():
        assert render_badge(badge, language)


def test_grading_names_only_answers_that_checks_can_give() -> None:
    from crible.assess import grade

    given = {f"{check.id}:{message}" for check in CHECKS for message in check.messages}
    assert given >= grade.PROVES | grade.PROVES_IN_PART | grade.ANCHORS | grade.CONTRADICTS
    named = {name.partition(":")[2] for name in grade.PROVES | grade.PROVES_IN_PART | grade.CONTRADICTS}
    assert named == set(properties.CONTENT)


def test_answers_are_named_with_their_weight() -> None:
    assert render_says(Says.QUESTIONS, Strength.MODERATE) == "questions, moderate"
    assert render_says(Says.QUESTIONS, Strength.MODERATE, "fr") == "interroge, moyen"
    assert render_says(Says.UNTESTABLE, Strength.WEAK) == "not checkable"


def test_outsiders_that_fail_or_are_no_check_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    good = EntryPoint("good", "assess_outsider:CHECK", checks.GROUP)
    points = (
        EntryPoint("absent", "no_such_package:CHECK", checks.GROUP),
        EntryPoint("no-check", "json:loads", checks.GROUP),
        EntryPoint("taken", "crible.assess.checks.mail.dkim:CHECK", checks.GROUP),
        good,
    )
    monkeypatch.syspath_prepend(str(__import__("pathlib").Path(__file__).parent))
    monkeypatch.setattr(checks, "entry_points", lambda group: points)
    checks.outsiders.cache_clear()
    try:
        found, refused = checks.outsiders()
    finally:
        checks.outsiders.cache_clear()
    assert [check.id for check in found] == ["outsider.example"]
    assert refused == ("absent", "no-check", "taken")
