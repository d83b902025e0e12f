"""crible show: one document. crible ledger: the account."""

from typing import Annotated

import typer

from crible.cli.context import CaseOption, JsonOption, language, out, plain, print_json, reading, say
from crible.model.errors import InputError
from crible.words import render


def show(
    name: Annotated[str, typer.Argument(metavar="ID", help=say("help-id"))],
    case: CaseOption,
    text: Annotated[bool, typer.Option("--text", help=say("help-text"))] = False,
    json: JsonOption = False,
) -> None:
    """One document: fields, answer, reasons, places."""
    with reading(case):
        from crible.cli.answer import print_grade
        from crible.sift.dossier import text_of
        from crible.sift.export import line
        from crible.sift.lookup import find_document

        dossier = find_document(name)
        if json:
            print_json(line(dossier, language()))
            return
        one = line(dossier, language())
        for field in ("id", "paths", "mime", "from", "to", "cc", "date", "subject", "name", "size", "status"):
            if one[field]:
                value = one[field] if not isinstance(one[field], list) else "\n           ".join(one[field])
                out.print(f"{say('field-' + field):<10} {plain(str(value))}", markup=False)
        if dossier.reason:
            out.print(f"{'':<10} {one['reason']['sentence']}", markup=False)
        for member in dossier.members:
            out.print(f"{say('field-part'):<10} {member.id[:12] or '-':<12} {plain(member.name)}", markup=False)
        if dossier.grade:
            print_grade(out, dossier.grade, dossier.weighed, language())
        if text:
            out.print("\n" + plain(text_of(dossier.pk)), markup=False)


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
                out.print(f"{plain(row.path)}\t{reason}", markup=False)
        else:
            print_account(out, found, language())
    if not found.balanced:
        raise typer.Exit(3)
