"""The answer for one document as text: answer, properties, reasons, innocent causes, limits, what would change it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from crible.assess.checks import CHECKS
from crible.assess.sentences import render_badge, render_evidence, render_innocent, render_level, render_said
from crible.assess.sentences import render_says as says_word
from crible.cli.context import moment, say
from crible.cli.keys import source_name
from crible.cli.terminal import items, line, named, one_line, prose
from crible.model.evidence import Says, Strength, Weighed
from crible.model.grade import SIGNS, Grade
from crible.model.signature import SignatureResult
from crible.sift.export import evidence_line, grade_line
from crible.sift.one import Answer
from crible.words import render, shown

BY_ID = {check.id: check for check in CHECKS}
SAYS = {Says.SUPPORTS: "✓", Says.QUESTIONS: "△", Says.SILENT: "○", Says.UNTESTABLE: "·"}
ORDER = (Says.QUESTIONS, Says.SUPPORTS, Says.UNTESTABLE, Says.SILENT)
"""Of two answers as strong, the one that asks for explanation comes first; what could not be checked comes last."""


def print_answer(answer: Answer, language: str) -> None:
    """One file that was weighed by itself."""
    if answer.grade is not None:
        line(headline(answer.grade, language), bold=True)
    named(say("field-file"), one_line(str(answer.path)), indent=2)
    named("SHA-256", answer.id, indent=2)
    named(say("field-size"), shown(answer.size, language), indent=2)
    if answer.grade is None:
        _print_unweighed(answer, language)
        return
    print_grade(answer.grade, answer.weighed, language)
    if answer.results:
        line()
        line("  " + say("keys-used"))
        items(one_line(key_line(result)) for result in answer.results)


def print_grade(grade: Grade, weighed: Iterable[Weighed], language: str) -> None:
    """Properties, reasons, limits, and what would change them; the headline is the caller's."""
    if grade.badges:
        named(say("field-badges"), "; ".join(render_badge(badge, language) for badge in grade.badges), indent=2)
    line()
    named(say("property-content"), one_line(render_said(grade.content, language)), indent=2)
    named(say("property-origin"), one_line(render_said(grade.origin, language)), indent=2)
    named(say("property-time"), _time(grade), indent=2)
    named(say("property-delivery"), one_line(render_said(grade.delivery, language)), indent=2)
    named(say("property-truth"), render("grades", "truth-not-examined", {}, language), indent=2)
    _print_reasons(weighed, language)
    for heading, said in (("limits", grade.limits), ("would-change", grade.would_change)):
        if said:
            line()
            line("  " + say(heading))
            items(one_line(render_said(one, language)) for one in said)


def headline(grade: Grade, language: str) -> str:
    """Sign and level in words, with the domain it names."""
    return f"{SIGNS[grade.level]} {one_line(render_level(grade.level, grade.content.params, language))}"


def key_line(result: SignatureResult) -> str:
    """Which key a signature was judged with, who says it is that selector's, and what came of it."""
    facts, used = result.facts, result.used
    params: dict[str, object] = {
        "name": f"{facts.selector}._domainkey.{facts.domain}",
        "came": say(f"word-{result.word}"),
    }
    if used is None:
        return say("key-none", **params)
    if not used.sources:
        return say("key-used-recovered", bits=used.bits, **params)
    return say("key-used", bits=used.bits, sources=[source_name(one) for one in used.sources], **params)


def as_json(answer: Answer, language: str) -> dict[str, Any]:
    """One file that was weighed by itself, as an object."""
    return {
        "format": 1,
        "file": str(answer.path),
        "id": answer.id,
        "size": answer.size,
        "status": answer.state,
        "container": answer.container or None,
        "reason": {"code": answer.reason.code, "params": answer.reason.params} if answer.reason else None,
        "grade": grade_line(answer.grade, language) if answer.grade else None,
        "evidence": [evidence_line(one, language) for one in answer.weighed],
        "silent": list(answer.silent),
        "signatures": [_signature(result) for result in answer.results],
        "isolation": answer.isolation,
    }


def _signature(result: SignatureResult) -> dict[str, Any]:
    facts, used = result.facts, result.used
    return {
        "scheme": facts.scheme,
        "domain": facts.domain,
        "selector": facts.selector,
        "algorithm": facts.algorithm,
        "signed": list(facts.signed),
        "body": result.body,
        "headers": result.headers,
        "key": result.key,
        "word": result.word,
        "key_bits": used.bits if used else None,
        "key_sources": list(used.sources) if used else [],
    }


def _print_unweighed(answer: Answer, language: str) -> None:
    line()
    if answer.container:
        prose(say("weigh-container", kind=answer.container), 2)
    elif answer.reason:
        prose(one_line(render("ledger", answer.reason.code, dict(answer.reason.params), language)), 2)
        prose(say("weigh-nothing"), 2)


def _time(grade: Grade) -> str:
    if not grade.not_before and not grade.not_after:
        return say("time-open")
    if grade.not_before == grade.not_after:
        return say("time-at", at=moment(str(grade.not_before)))
    ends = (("time-after", grade.not_before), ("time-before", grade.not_after))
    return " ".join(say(key, at=moment(at)) for key, at in ends if at)


def _print_reasons(weighed: Iterable[Weighed], language: str) -> None:
    ordered = sorted(weighed, key=_rank)
    line()
    line("  " + say("reasons" if ordered else "reasons-none"))
    for (sentence, _), alike in groupby(ordered, key=lambda one: (render_evidence(one.evidence, language), one.check)):
        _print_reason(sentence, list(alike), language)


def _rank(one: Weighed) -> tuple[bool, int, int, str, str]:
    """Strongest first; what several copies give rise to alike stands together."""
    says = one.evidence.says
    strength = list(Strength).index(one.strength)
    return says not in ORDER[:2], strength, ORDER.index(says), one.check, render_evidence(one.evidence)


def _print_reason(sentence: str, alike: list[Weighed], language: str) -> None:
    one = alike[0]
    weight = says_word(one.evidence.says, one.strength, language)
    several = " " + say("reason-copies", count=len(alike)) if len(alike) > 1 else ""
    line(f"  {SAYS[one.evidence.says]} {weight}{several}")
    prose(one_line(sentence), 4)
    check = BY_ID.get(one.check)
    if one.evidence.says is Says.QUESTIONS and check:
        prose(say("innocent") + " " + " ".join(render_innocent(check, language)), 4)
