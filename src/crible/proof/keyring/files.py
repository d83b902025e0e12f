"""The user's own key file: JSON lines of the ring's shape, zone-file lines, or plain `NAME RECORD` lines.

    {"domain": "press.example", "selector": "s1", "record": "v=DKIM1; p=…", "first_seen": "2016-03-01"}
    s1._domainkey.press.example. 3600 IN TXT ( "v=DKIM1; k=rsa; "
                                               "p=…" )
    s1._domainkey.press.example TXT "v=DKIM1; p=…"
    s1._domainkey.press.example v=DKIM1; p=…

The three may be mixed; `dig` and `host` answers are zone-file lines. Lines that are empty or start with `;`, `#`,
`$` are skipped. A key read here is the user's own statement: its one source is `user:FILENAME`.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from crible.model.errors import InputError
from crible.proof.keyring.key import Key
from crible.proof.keyring.record import BadRecord, key_record, parse_record

LARGEST = 16 << 20
_LONGEST = 1 << 16
_MOST_PROBLEMS = 1000
_MARK = "._domainkey."
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(?:(\d{3})|(.))")
_ZONE_WORDS = frozenset({"IN", "TXT", "DESCRIPTIVE", "TEXT"})
_SKIPPED = (";", "#", "$")


def read_keys(path: Path) -> tuple[tuple[Key, ...], tuple[InputError, ...]]:
    """The keys of a file, in its order, and one InputError (not raised) for each entry that holds none.

    Raises InputError where the file cannot be read, is larger than 16 MiB, holds no key at all or more than a thousand
    bad lines: it is then some other file.
    """
    keys: list[Key] = []
    problems: list[InputError] = []
    for number, entry in _entries(_read(path)):
        try:
            key = _key(entry)
        except BadRecord as error:
            problems.append(InputError(error.code, file=path.name, line=number))
            if len(problems) > _MOST_PROBLEMS:
                raise InputError("keys-file-not-keys", file=path.name, limit=_MOST_PROBLEMS) from None
        else:
            # A recovered key does not become anchored by being passed on: nobody looked it up.
            keys.append(replace(key, sources=(f"user:{path.name}",), anchored=key.anchored and not key.recovered))
    if not keys:
        raise problems[0] if problems else InputError("keys-file-empty", file=path.name)
    return tuple(keys), tuple(problems)


def key_row(key: Key) -> dict[str, Any]:
    """A key as a row of the ring's shape, which `row_key` reads again."""
    return {
        "domain": key.domain,
        "selector": key.selector,
        "record": key_record(key),
        "bits": key.bits,
        "sources": list(key.sources),
        "first_seen": key.first_seen,
        "last_seen": key.last_seen,
        "recovered": key.recovered,
        "anchored": key.anchored,
    }


def row_key(row: dict[str, Any]) -> Key:
    """The key of a row of the ring. Raises BadRecord."""
    texts = [row.get(name) for name in ("domain", "selector", "record")]
    domain, selector, record = (text.strip() if isinstance(text, str) else "" for text in texts)
    if not (domain and selector and record):
        raise BadRecord("keys-line-unread")
    flags = row.get("flags") or ()
    recovered = row.get("recovered") is True
    return replace(
        parse_record(domain.rstrip(".").lower(), selector, record),
        sources=tuple(sorted(set(row.get("sources") or ()))),
        first_seen=row.get("first_seen"),
        last_seen=row.get("last_seen"),
        private_published="private_key_published" in flags or bool(row.get("private_key_published")),
        anchored=row.get("anchored", not recovered) is True,
        recovered=recovered,
        pattern=domain if domain.startswith("*.") else None,
    )


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError("keys-file-too-large", file=path.name, limit=LARGEST >> 20)
        return path.read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise InputError("keys-file-unreadable", file=path.name, cause=error.strerror or "") from error


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """Line numbers from 1 and entries; a parenthesis left open joins the lines up to its end (RFC 1035 §5.1).

    A line that names another key ends an entry, closed or not, so that one stray parenthesis costs one key.
    """
    begun, parts, depth, size = 0, list[str](), 0, 0
    for number, line in enumerate(map(str.strip, text.split("\n")), 1):
        if parts and _MARK in line.partition('"')[0].lower():
            yield begun, " ".join(parts)
            parts = []
        if not parts:
            begun, depth, size = number, 0, 0
            if not line or line.startswith(_SKIPPED):
                continue
        parts.append(line)
        depth += _parentheses(line)
        size += len(line)
        if depth <= 0 or size > _LONGEST:
            yield begun, " ".join(parts)
            parts = []
    if parts:
        yield begun, " ".join(parts)


def _parentheses(line: str) -> int:
    """How many more open than close on a line; what is quoted or behind a semicolon does not count, nor JSON."""
    if line.startswith("{") or ("(" not in line and ")" not in line):
        return 0
    bare = _QUOTED.sub("", line).partition(";")[0]
    return bare.count("(") - bare.count(")")


def _key(entry: str) -> Key:
    if entry.startswith("{"):
        return row_key(_row(entry))
    name, rest = (*entry.split(None, 1), "", "")[:2]
    selector, mark, domain = name.rstrip(".").lower().partition(_MARK)
    if not (selector and mark and domain):
        raise BadRecord("keys-line-unread")
    return parse_record(domain, selector, _record(rest))


def _row(entry: str) -> dict[str, Any]:
    try:
        row = json.loads(entry)
    except (ValueError, RecursionError):
        raise BadRecord("keys-line-unread") from None
    if not isinstance(row, dict):
        raise BadRecord("keys-line-unread")
    return row


def _record(rest: str) -> str:
    """The TXT record after the name: quoted strings joined, else the words that are not of the zone file."""
    if '"' in rest:
        return "".join(_ESCAPE.sub(_unescaped, string) for string in _QUOTED.findall(rest))
    words = rest.split()
    while words and (words[0].upper() in _ZONE_WORDS or words[0].isdigit()):
        words.pop(0)
    return " ".join(words)


def _unescaped(escape: re.Match[str]) -> str:
    return chr(int(escape[1])) if escape[1] else escape[2]
