"""The answer for one document as text: level, properties, reasons, innocent causes, what would change it."""

from typing import Any

from rich.console import Console
from rich.markup import escape

from crible.assess.checks import CHECKS
from crible.assess.sentences import render_evidence, render_innocent, render_level, render_said, render_says
from crible.cli.context import plain
from crible.cli.summary import SIGNS
from crible.model.evidence import Says, Weighed
from crible.model.grade import Grade
from crible.model.signature import SignatureResult
from crible.sift.export import evidence_line, grade_line
from crible.sift.one import Answer
from crible.words import render, shown

BY_ID = {check.id: check for check in CHECKS}


def print_answer(console: Console, answer: Answer, language: str) -> None:
    """One file that was weighed by itself."""
    console.print(f"[bold]{escape(plain(str(answer.path)))}[/bold]")
    console.print(f"  SHA-256 {answer.id}  {shown(answer.size, language)} B", markup=False)
    if answer.grade is None:
        key = "weigh-container" if answer.container else f"state-{answer.state}"
        domain = "cli" if answer.container else "ledger"
        console.print("  " + render(domain, key, {"kind": answer.container}, language), markup=False)
        if answer.reason:
            console.print(
                "  " + render("ledger", answer.reason.code, dict(answer.reason.params), language), markup=False
            )
        return
    print_grade(console, answer.grade, answer.weighed, language)
    for result in answer.results:
        console.print("  " + plain(key_line(result, language)), markup=False)


def print_grade(console: Console, grade: Grade, weighed: tuple[Weighed, ...], language: str) -> None:
    """Level, properties, reasons, and what would change them."""
    console.print(f"[bold]{SIGNS[grade.level]} {escape(plain(headline(grade, language)))}[/bold]")
    for name, said in (("content", grade.content), ("origin", grade.origin), ("delivery", grade.delivery)):
        label = render("cli", f"property-{name}", {}, language)
        console.print(f"  {label:<10} {plain(render_said(said, language))}", markup=False)
    times = [moment or "…" for moment in (grade.not_before, grade.not_after)]
    if times != ["…", "…"]:
        console.print(f"  {render('cli', 'property-time', {}, language):<10} {times[0]} – {times[1]}", markup=False)
    truth = render("grades", "truth-not-examined", {}, language)
    console.print(f"  {render('cli', 'property-truth', {}, language):<10} {truth}", markup=False)
    for one in weighed:
        _print_reason(console, one, language)
    for heading, items in (("limits", grade.limits), ("would-change", grade.would_change)):
        if items:
            console.print("  " + render("cli", heading, {}, language), markup=False)
        for said in items:
            console.print("    " + plain(render_said(said, language)), markup=False)


def headline(grade: Grade, language: str) -> str:
    """The level in words, with the domain it names."""
    return render_level(grade.level, grade.content.params, language)


def key_line(result: SignatureResult, language: str) -> str:
    """Which key a signature was judged with, and who says it is that selector's."""
    facts, used = result.facts, result.used
    name = f"{facts.selector}._domainkey.{facts.domain}"
    if used is None:
        return render("cli", "key-none", {"name": name, "word": result.word}, language)
    params: dict[str, object] = {
        "name": name,
        "bits": str(used.bits),
        "sources": list(used.sources),
        "word": result.word,
    }
    return render("cli", "key-used", params, language)


def as_json(answer: Answer, language: str) -> dict[str, Any]:
    """One file that was weighed by itself, as an object."""
    return {
        "format": 1,
        "file": str(answer.path),
        "id": answer.id,
        "size": answer.size,
        "status": answer.state,
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


def _print_reason(console: Console, one: Weighed, language: str) -> None:
    says = render_says(one.evidence.says, one.strength, language)
    console.print(f"  {says}: {plain(render_evidence(one.evidence, language))}", markup=False)
    check = BY_ID.get(one.check)
    if one.evidence.says is Says.QUESTIONS and check:
        for cause in render_innocent(check, language):
            console.print(f"      {render('cli', 'innocent', {}, language)} {cause}", markup=False)
