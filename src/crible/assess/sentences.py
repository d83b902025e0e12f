"""Evidence and grades as sentences: `crible.words` with the domains and keys that go with them."""

from collections.abc import Mapping

from crible.assess.check import Check
from crible.model.evidence import Evidence, Param, Says, Strength
from crible.model.grade import Level, Said
from crible.words import render


def render_evidence(evidence: Evidence, language: str = "en") -> str:
    """What a check saw, in one or two sentences."""
    return render("evidence", evidence.message, dict(evidence.params), language)


def render_innocent(check: Check, language: str = "en") -> tuple[str, ...]:
    """How what the check questions may have come about innocently."""
    return tuple(render("evidence", key, language=language) for key in check.innocent)


def render_said(said: Said, language: str = "en") -> str:
    """A property, a limit, or what would change the answer."""
    return render("grades", said.message, dict(said.params), language)


def render_level(level: Level, params: Mapping[str, Param], language: str = "en") -> str:
    """The level's words; `params` are those of the grade's content, where `domain` signed or handled it."""
    return render("grades", str(level), dict(params), language)


def render_badge(badge: str, language: str = "en") -> str:
    """A badge's words."""
    return render("grades", badge, language=language)


def render_says(says: Says, strength: Strength, language: str = "en") -> str:
    """`questions, moderate`: what kind of answer this is, and how much it weighs."""
    word = render("evidence", f"says-{says}", language=language)
    if strength is Strength.NONE or says in (Says.SILENT, Says.UNTESTABLE):
        return word
    return f"{word}, {render('evidence', f'strength-{strength}', language=language)}"


SOURCES = {"user": "source-own", "arc": "source-arc", "own-mailbox": "source-own-mailbox", "dns": "source-dns"}
"""Sentences, of domain `cli`, for sources of keys that a case brought; any other names where it was published."""


def render_source(source: str, language: str = "en") -> str:
    """Who says that a key is its selector's."""
    kind, _, name = source.partition(":")
    return render("cli", SOURCES[kind], {"name": name}, language) if kind in SOURCES else source
