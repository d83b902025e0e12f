"""crible show: one document. crible ledger: the account."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from crible.cli.context import CaseOption, JsonOption, language, moment, print_json, reading, say
from crible.cli.terminal import line, named, one_line, plain
from crible.model.errors import InputError
from crible.words import render

if TYPE_CHECKING:
    from crible.sift.dossier import Dossier

FIELDS = ("subject", "name", "from", "to", "cc", "date", "mime", "size", "paths", "id")


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("help-id"))],
    case: CaseOption,
    text: Annotated[bool, typer.Option("--text", help=say("help-text"))] = False,
    json: JsonOption = False,
) -> None:
    """One document: fields, answer, reasons, places."""
    with reading(case):
        from crible.sift.export import line as line_of
        from crible.sift.lookup import find_document
        from crible.sift.texts import text_of

        dossier = find_document(name)
        one = line_of(dossier, language())
        if json:
            print_json({**one, "text": text_of(dossier.pk)} if text else one)
            return
        _print_head(dossier, one)
        _print_answer(dossier)
        if text:
            _print_text(dossier.pk)


def _print_head(dossier: "Dossier", one: dict[str, Any]) -> None:
    """What it is, what it says of itself and what was odd in reading it."""
    from crible.cli.answer import headline
    from crible.cli.papers import print_sorting
    from crible.cli.said import print_said

    if dossier.grade:
        line(headline(dossier.grade, language()), bold=True)
    _print_fields(one)
    print_sorting(dossier, language())
    found = dossier.reading
    if found and found.file:
        print_said(found.file)
    if found and found.truncated:
        cut: dict[str, object] = {"count": found.truncated}
        named(say("field-status"), render("ledger", "text-truncated", cut, language()), indent=2)
    for odd in found.mail.defects if found and found.mail else ():
        named(say("field-status"), render("ledger", odd, {}, language()), indent=2)
    for member in dossier.members:
        named(say("field-part"), f"{member.id[:12] or '-':<12} {one_line(member.name)}", indent=2)


def _print_answer(dossier: "Dossier") -> None:
    """Its grade with the reasons, where they come from, and its versions."""
    from crible.cli.answer import print_grade
    from crible.cli.reached import print_edges
    from crible.cli.versions import print_held_by, print_versions
    from crible.sift.edges import edges
    from crible.sift.siblings import held_by, siblings

    if dossier.grade:
        print_grade(dossier.grade, dossier.weighed, language())
        print_edges(edges(dossier), language())
    if dossier.reference:
        named(say("field-status"), say("version-outside"), indent=2)
    print_versions(siblings(dossier.pk), dossier.id)
    print_held_by(held_by(dossier.pk))


def _print_text(pk: int) -> None:
    """The text; what was signed comes before what is stored, where the two are known to differ."""
    from crible.sift.signed import signed
    from crible.sift.texts import confidence, text_of

    original = signed(pk)
    if original is not None and original.text:
        line()
        line(say("text-signed", domain=one_line(original.domain)), bold=True)
        line(plain(original.text))
        line(say("text-stored"), bold=True)
    line()
    if sure := confidence(pk):
        line(say("text-recognised", confidence=sure), bold=True)
    line(plain(text_of(pk)))


def ledger(
    case: CaseOption,
    items: Annotated[str, typer.Option("--state", metavar="STATE", help=say("help-state"))] = "",
    json: JsonOption = False,
) -> None:
    """What came in, what became of it, and what could not be read."""
    with reading(case):
        from crible.cli.summary import print_account
        from crible.model.ledger import State
        from crible.sift.ledger import account, as_json, rows

        if items and items not in set(State):
            raise InputError("state-unknown", state=items, known=", ".join(sorted(State)))
        found = account()
        listed = rows(State(items)) if items else ()
        if json:
            print_json({**as_json(found), "items": [row.as_json(language()) for row in listed]})
        elif items:
            for row in listed:
                reason = render("ledger", row.code, row.params, language()) if row.code else ""
                line(f"{one_line(row.path)}\t{one_line(reason)}".rstrip())
        else:
            print_account(found)
    if not found.balanced:
        raise typer.Exit(3)


def _print_fields(one: dict[str, object]) -> None:
    for field in FIELDS:
        value = one[field]
        if field == "date" and value:
            value = moment(str(value))
        for number, each in enumerate(value if isinstance(value, list) else [value] if value else []):
            named("" if number else say(f"field-{field}"), one_line(str(each)), indent=2)
    if isinstance(one["reason"], dict):
        named(say("field-status"), one_line(str(one["reason"]["sentence"])), indent=2)
