"""The key ring: dated, sourced public keys by domain and selector, looked up offline."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from crible.model.errors import InputError
from crible.proof.alignment import ascii_domain
from crible.proof.enclosed.files import read_trust_file
from crible.proof.enclosed.trust import Trust
from crible.proof.keyring.files import read_keys, row_key
from crible.proof.keyring.key import Key

DEFAULT = Path(__file__).with_name("ring.jsonl")


class Name(NamedTuple):
    """What a signature asks for, as DNS compares names: d= and s= in lower case, international labels as A-labels."""

    domain: str
    selector: str


class KeyRing:
    """Rows of keys; a row's record is parsed when it is first asked for. A ring is never changed, only extended."""

    def __init__(self, rows: Iterable[dict[str, Any]] = (), keys: Iterable[Key] = ()) -> None:
        self._rows: dict[Name, list[dict[str, Any] | Key]] = {}
        self._found: dict[Name, tuple[Key, ...]] = {}
        self.trust = Trust()
        """The user's roots and OpenPGP keys, for signatures inside a mail; no DKIM signature is judged by them."""
        self.problems: tuple[InputError, ...] = ()
        """What could not be read in the files added, line by line; never raised."""
        for row in rows:
            self._rows.setdefault(_name(row["domain"], row["selector"]), []).append(row)
        for key in keys:
            self._rows.setdefault(_name(key.domain, key.selector), []).append(key)

    @classmethod
    def default(cls) -> "KeyRing":
        """The ring that comes with crible: public keys seen in public places, each with where."""
        return _default()

    def with_keys(self, keys: Iterable[Key]) -> "KeyRing":
        """This ring and more keys (recovered ones, an ARC seal's)."""
        ring = KeyRing(keys=keys)
        for name, rows in self._rows.items():
            ring._rows[name] = [*rows, *ring._rows.get(name, ())]
        ring.problems = self.problems
        ring.trust = self.trust
        return ring

    def with_file(self, path: Path) -> "KeyRing":
        """This ring and the keys of the user's own file (see `files`); bad lines become `problems`.

        A file of certificates or OpenPGP keys adds to `trust` instead.

        Raises InputError for a file that cannot be read or holds no key at all.
        """
        if trust := read_trust_file(path):
            ring = self.with_keys(())
            ring.trust = self.trust.joined(trust)
            return ring
        keys, problems = read_keys(path)
        ring = self.with_keys(keys)
        ring.problems = (*self.problems, *problems)
        return ring

    def find(self, domain: str, selector: str) -> tuple[Key, ...]:
        """Every key known for a selector of a domain, anchored ones first; more than one is a conflict.

        Rows of one and the same key are joined. A pattern `*.REST` answers for every name below REST.
        """
        name = _name(domain, selector)
        keys = self._found.get(name) or self._find(name)
        if keys:  # what a dump asks for in vain is not kept: it has no end
            self._found[name] = keys
        return keys

    def __iter__(self) -> Iterator[Key]:
        """Every key, by domain and selector."""
        for name in sorted(self._rows):
            yield from self._find(name)

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._rows.values())

    def _find(self, name: Name) -> tuple[Key, ...]:
        keys: dict[tuple[int, int, bytes], Key] = {}
        for candidate in (name, *_patterns(name)):
            for row in self._rows.get(candidate, ()):
                key = row if isinstance(row, Key) else row_key(row)
                key = key if candidate == name else replace(key, domain=name.domain)
                known = keys.get(key.identity)
                keys[key.identity] = known.merged(key) if known else key
        return tuple(sorted(keys.values(), key=lambda key: (not key.anchored, bool(key.pattern), key.identity)))


def _name(domain: str, selector: str) -> Name:
    return Name(ascii_domain(domain), selector.lower())


def _patterns(name: Name) -> Iterator[Name]:
    labels = name.domain.split(".")
    for cut in range(1, len(labels) - 1):
        yield Name(".".join(["*", *labels[cut:]]), name.selector)


@cache
def _default() -> KeyRing:
    with DEFAULT.open(encoding="ascii") as lines:
        return KeyRing(json.loads(line) for line in lines)
