"""What a search found, told: steps with what stands there and what was signed, the signed text, the spans kept."""

import re
from collections.abc import Iterator, Mapping

from crible.extract.mail import text as mail_text
from crible.extract.mail.fields import split_header
from crible.extract.mail.walker import walk
from crible.extract.mail.words import text as decoded
from crible.model.signature import Repair, Step
from crible.proof.repair.draft import Draft
from crible.proof.repair.headers import Form
from crible.proof.repair.mail import Mail
from crible.proof.repair.search import Found, Known

_PLAIN = re.compile(rb":\s*(?:7bit|8bit|binary)\s*$", re.IGNORECASE)
SHOWN = 2_000
TEXT = 200_000


def tell(mail: Mail, found: Found, known: Known | None = None) -> Repair:
    """The repair as the rest of crible stores it."""
    steps = [*_header_steps(mail, found.forms or {}, found.draft), *_body_steps(mail, found.draft)]
    start = mail.header.body_start
    changed = found.draft is not None and any(step.changing for step in found.draft.steps)
    return Repair(
        headers=found.forms is not None,
        body=found.draft is not None,
        steps=tuple(steps),
        text=_text_once(mail, found, known) if changed else "",
        spans=tuple((start + low, start + high) for low, high in found.draft.spans()) if found.draft else (),
    )


def _text_once(mail: Mail, found: Found, known: Known | None) -> str:
    """The signed text, decoded once for all signatures that cover the same body."""
    if known is None:
        return signed_text(mail, found)
    if id(found.draft) not in known.texts:
        known.texts[id(found.draft)] = signed_text(mail, found)
    return known.texts[id(found.draft)]


def repaired(mail: Mail, found: Found) -> bytes:
    """The mail as it was signed, as far as it was reached: fields of the forms found, the draft's body.

    Fields that nobody signed stand as stored, except that the body's own MIME fields go with the body.
    """
    forms = dict(found.forms or {})
    draft = found.draft
    if draft is not None and draft.mime != mail.mime:
        for name in {field.name for field in (*mail.mime, *draft.mime)} - set(forms) - {"mime-version"}:
            forms[name] = Form(tuple(field.raw for field in draft.mime if field.name == name))
    lines, placed = [], set[str]()
    for field in mail.header.fields:
        if field.name not in forms:
            lines.append(field.raw)
        elif field.name not in placed:
            lines += forms[field.name].raws
            placed.add(field.name)
    lines += [raw for name in sorted(set(forms) - placed) for raw in forms[name].raws]
    ends = [line if line.endswith(b"\n") else line + mail.newline for line in lines]
    return b"".join(ends) + mail.newline + (mail.body if draft is None else draft.body)


def signed_text(mail: Mail, found: Found) -> str:
    """The text of the repaired mail, decoded."""
    data = repaired(mail, found)
    return mail_text.read(data, walk(data, split_header(data))).text[:TEXT]


def _relabelled(step: str, name: str, raws: tuple[bytes, ...], mail: Mail, draft: Draft | None) -> bool:
    """Whether a label was altered and what it describes was not: then a reader is shown other text."""
    if step == "encoding-label":
        plain = all(_PLAIN.search(raw) for raw in (*mail.raws(name), *raws))
        return not plain and not (draft and draft.took("encoding-undone", "encoding-redone"))
    if step == "charset-label":
        return not mail.body.isascii() and not (draft and draft.took("charset-redone"))
    return False


def _header_steps(mail: Mail, forms: Mapping[str, Form], draft: Draft | None) -> Iterator[Step]:
    for name, form in forms.items():
        stored = mail.fields(name)
        for recipe in form.recipes:
            yield Step(
                name=recipe.name,
                changing=recipe.changing or _relabelled(recipe.name, name, form.raws, mail, draft),
                field=name,
                stored=_values(tuple(field.raw for field in stored)),
                signed=_values(form.raws),
                start=stored[0].start if len(stored) == 1 else 0,
                end=stored[0].start + len(stored[0].raw) if len(stored) == 1 else 0,
            )


def _body_steps(mail: Mail, draft: Draft | None) -> Iterator[Step]:
    start = mail.header.body_start
    for made in draft.steps if draft else ():
        low, high = made.origin
        yield Step(
            made.name,
            made.changing,
            made.words,
            made.field,
            made.stored[:SHOWN],
            made.signed[:SHOWN],
            start + low if high else 0,
            start + high if high else 0,
        )


def _values(raws: tuple[bytes, ...]) -> str:
    return "\n".join(decoded(raw.partition(b":")[2]) for raw in raws)[:SHOWN]
