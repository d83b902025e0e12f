"""Every compiled pattern means the same on each Python that the project names."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from re import _constants, _parser  # type: ignore[attr-defined]  # the only readers of a pattern's own tree

import pytest

import crible

_SKIPPED = ("migrations", "__main__")


def _patterns() -> list[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    found = []
    for module in pkgutil.walk_packages(crible.__path__, "crible."):
        if not any(part in module.name for part in _SKIPPED):
            held = vars(importlib.import_module(module.name))
            found += [(f"{module.name}.{name}", held) for name, value in held.items() for held in _held(value)]
    return found


def _held(value: object, depth: int = 3) -> "Iterator[re.Pattern[str] | re.Pattern[bytes]]":
    """A module's value if it is a pattern, and those in its tables and records."""
    if isinstance(value, re.Pattern):
        yield value
    elif depth and isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from _held(item, depth - 1)
    elif depth and isinstance(value, dict):
        yield from _held(tuple(value.values()), depth)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        yield from _held(tuple(getattr(value, field.name) for field in fields(value)), depth)


def _repeated(tree: object) -> Iterator[object]:
    """What stands under each possessive quantifier of a parsed pattern, however deep."""
    for operator, argument in tree:  # type: ignore[attr-defined]
        if operator is _constants.POSSESSIVE_REPEAT:
            yield argument[2]
        for inner in _inner(argument):
            yield from _repeated(inner)


def _inner(argument: object) -> Iterator[object]:
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for item in argument:
            yield from _inner(item)


_ONE = (_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN)


def compound(pattern: re.Pattern[str] | re.Pattern[bytes]) -> list[object]:
    """What a possessive quantifier repeats that is more than one character: Python before 3.11.5 matches it wrongly,
    or raises SystemError (CPython issues 101955, 106052, 100061). An atomic group says the same and is sound there.
    """
    repeated = _repeated(_parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG))
    return [under for under in repeated if len(under) != 1 or under[0][0] not in _ONE]  # type: ignore[arg-type, index]


@pytest.mark.parametrize(("text", "wrong"), [("(?:ab|c)*+", True), ("(?>(?:ab|c)*)", False), ("[ab]*+c++.?+", False)])
def test_compound_possessive_quantifiers_are_told(text: str, wrong: bool) -> None:
    assert bool(compound(re.compile(text))) is wrong


def test_no_pattern_repeats_more_than_a_character_possessively() -> None:
    patterns = _patterns()
    assert len(patterns) > 300
    assert [name for name, pattern in patterns if compound(pattern)] == []
