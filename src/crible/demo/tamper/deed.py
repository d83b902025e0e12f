"""A deed: what was done to which stored mail or file, and the tools to do it."""

import re
from dataclasses import dataclass, replace

from crible.demo.compose import Draft, Mail, compose
from crible.demo.planted import Expect, Property
from crible.demo.post import Letter


@dataclass(frozen=True, slots=True)
class Loose:
    """A file laid beside the boxes."""

    path: str
    """From the dump's root."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Inner:
    """A file inside a mail."""

    letter: Letter
    part: str
    """MIME part number and name, `3~avenant.docx`."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Deed:
    """A plant before its place in a container is known; the fields are those of `Plant`."""

    kind: str
    case: str
    where: Letter | Loose | Inner
    what: str
    expect: Expect = "not-vouched"
    altered: Property = "content"
    touched: bytes = b""
    """The altered bytes, CRLF, where nothing else was altered."""
    impersonates: str = ""
    really_at: str = ""
    innocent: bool = False


def innocent(kind: str, case: str, where: Letter | Loose | Inner, what: str) -> Deed:
    """An innocent twin: nothing was altered, nothing may be questioned."""
    return Deed(kind, case, where, what, "calm", innocent=True)


def edited(draft: Draft, old: str, new: str) -> Draft:
    """A draft with words replaced in its text and HTML, across line breaks; raises ValueError if they are not there."""
    pattern = re.compile(r"\s+".join(map(re.escape, old.split())))
    text, count = pattern.subn(new, draft.text)
    if not count:
        raise ValueError(f"{draft.tag}: {old!r} is not in it")
    return replace(draft, text=text, html=pattern.sub(new, draft.html))


def edit(letter: Letter, old: str, new: str) -> str:
    """Replace words in a stored mail and leave every header field as it stood; says what was done."""
    letter.mail = Mail(letter.mail.fields, compose(edited(letter.draft, old, new)).body)
    return f"{old} → {new}"


def unsigned(mail: Mail) -> Mail:
    """The mail without its signatures."""
    return replace(mail, fields=tuple(field for field in mail.fields if not field.startswith(b"DKIM-Signature:")))


def above(mail: Mail, field: bytes) -> Mail:
    """The mail with a field above its signature and below the trace fields, where a relay would add it."""
    at = next((at for at, old in enumerate(mail.fields) if old.startswith((b"DKIM-Signature:", b"From:"))), 0)
    return replace(mail, fields=(*mail.fields[:at], field, *mail.fields[at:]))
