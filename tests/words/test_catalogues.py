"""Every sentence exists in both languages, with the same fields; none is left over; none gives a verdict."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from crible import words
from crible.assess.checks import CHECKS
from crible.assess.pages import FIELDS
from crible.model.grade import Level
from crible.model.ledger import State
from crible.model.signature import Word
from crible.sift.dumps import KINDS
from crible.words import LANGUAGES, LOCALE, render

SOURCES = Path(words.__file__).parents[1]
DOMAINS = sorted(path.stem for path in (LOCALE / "en" / "LC_MESSAGES").glob("*.po"))
_FIELD = re.compile(r"\{(\w+)\}")
FORBIDDEN = {
    "en": re.compile(r"\b(fakes?|faked|forged|forger\w*|authentic\w*|genuine|true|proves? that)\b", re.IGNORECASE),
    "fr": re.compile(r"\b(faux|fausse\w*|falsifi\w*|contrefait\w*|authenti\w*|vrai\w*|véridique\w*)\b", re.IGNORECASE),
}


COMMAND = "crible bench forgeries"
"""A command's name, which its example must spell."""


def sentences(domain: str, language: str) -> dict[str, tuple[str, ...]]:
    """Key and its sentence, or its two where it has a plural."""
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return {_key(message.id): _forms(message.string) for message in read_po(file) if message.id}


def _key(identity: object) -> str:
    return identity if isinstance(identity, str) else str(identity[0])  # type: ignore[index]


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)  # type: ignore[arg-type]


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_keys_and_fields(domain: str) -> None:
    english, french = sentences(domain, "en"), sentences(domain, "fr")
    assert set(english) == set(french)
    for key in english:
        fields = [{*_FIELD.findall(form)} for form in (*english[key], *french[key])]
        assert all(form for form in (*english[key], *french[key])), f"{key} is empty in a language"
        assert len(english[key]) == len(french[key]), f"{key} has a plural in one language only"
        # "in one place" may leave the count out; nothing else may differ.
        assert len({frozenset(field - {"count"}) for field in fields}) == 1, (key, fields)


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_key_stands_twice(domain: str) -> None:
    for language in LANGUAGES:
        text = (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").read_text(encoding="utf-8")
        keys = re.findall(r'^msgid "(.+)"$', text, re.MULTILINE)
        assert sorted({key for key in keys if keys.count(key) > 1}) == []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_gives_a_verdict(domain: str, language: str) -> None:
    said = [(k, form) for k, forms in sentences(domain, language).items() for form in forms]
    said = [(key, form.replace(COMMAND, "")) for key, form in said]
    assert [pair for pair in said if FORBIDDEN[language].search(pair[1])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogues_are_those_that_are_committed(language: str) -> None:
    for domain in DOMAINS:
        compiled = words.keys(domain, language)
        assert set(sentences(domain, language)) == set(compiled), f"{domain}: run hatch_build.py"


# ---- keys in the code ----

OWN = {
    "cli": (
        r"(help|stage|kind|level|legend|field|property|match|word|doctor-isolation|demo-column|demo-kind)-.+",
        r"demo-(falsely-vouched|alarmed|unseen|missing)",
        r"compare-(short-)?(same|reframed|moved|changed|unread|missing|added)",
        r"doctor-without-.+",
        r"version-(earlier|later|same)",
    ),
    "errors": (r"os-\d+",),
    "acts": (r"(did|value|act)-.+", r"(state|tag|assign|undo)-many", r"assign(-many)?-nobody"),
    "classes": (r"(class|trait|stance)-.+",),
    "ledger": (r"(state|short)-.+",),
    "headers": (r"family-.+",),
    "body": (r"(left|facts)-.+",),
    "evidence": (r"(says|strength)-.+",),
    "grades": tuple(re.escape(level) for level in Level),
}
"""Keys that code puts together from a value; each family has a test of its own below."""


@cache
def nodes() -> dict[Path, list[ast.Constant | ast.Call]]:
    """Strings and calls of every module."""
    paths = [path for path in SOURCES.rglob("*.py") if "migrations" not in path.parts]
    trees = {path: ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for path in paths}
    return {path: [n for n in tree if isinstance(n, ast.Constant | ast.Call)] for path, tree in trees.items()}


def literals() -> set[str]:
    """Every string in the sources, and those in templates."""
    every = (node for found in nodes().values() for node in found)
    found = {node.value for node in every if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    for path in SOURCES.rglob("*.html"):
        found |= set(re.findall(r'"([\w-]+)"', path.read_text(encoding="utf-8")))
    return found


@pytest.mark.parametrize("domain", DOMAINS)
def test_no_sentence_is_left_over(domain: str) -> None:
    used = literals()
    left = {key for key in sentences(domain, "en") if key not in used}
    left = {key for key in left if not any(re.fullmatch(family, key) for family in OWN.get(domain, ()))}
    assert sorted(left) == []


def calls(name: str) -> Iterator[tuple[Path, ast.Call]]:
    """Every call of a function or class of that name."""
    for path, found in nodes().items():
        for node in found:
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called == name:
                    yield path, node


def first_literal(call: ast.Call) -> str:
    """The first argument, where it is a plain string."""
    first = call.args[0] if call.args else None
    return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


ERRORS = ("CribleError", "InputError", "CaseError", "IsolationError", "BadRecord")


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_has_a_sentence_with_its_parameters(name: str) -> None:
    known = sentences("errors", "en")
    for path, call in calls(name):
        code = first_literal(call)
        if code:
            assert code in known, (path.name, code)
            given = {keyword.arg for keyword in call.keywords}
            # A key record's line and file are added by whoever reads the file.
            wanted = {f for form in known[code] for f in _FIELD.findall(form)} - {"file", "line"}
            if None not in given and name != "BadRecord":
                assert wanted <= given, (path.name, code, wanted - given)


def test_every_reason_of_the_ledger_has_a_sentence() -> None:
    known = sentences("ledger", "en")
    for name in ("Unreadable", "Reason", "Fault"):
        for path, call in calls(name):
            code = first_literal(call)
            assert not code or code in known, (path.name, code)


@pytest.mark.parametrize("name", ["say", "render"])
def test_what_the_command_line_says_has_a_sentence(name: str) -> None:
    cli = sentences("cli", "en")
    ours = [(path, call) for path, call in calls(name) if path.parent.name == "cli"]
    assert len(ours) > 5
    for path, call in ours:
        key, domain = first_literal(call), "cli"
        if name == "render":
            domain = key
            second = call.args[1]
            key = second.value if isinstance(second, ast.Constant) and isinstance(second.value, str) else ""
        if key:
            known = cli if domain == "cli" else sentences(domain, "en")
            assert key in known, (path.name, key)
            given = {keyword.arg for keyword in call.keywords}
            wanted = {field for form in known[key] for field in _FIELD.findall(form)}
            assert name == "render" or None in given or wanted == given, (path.name, key, wanted ^ given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_families_of_keys_are_complete(language: str) -> None:
    for level in Level:
        for key in (f"level-{level}", f"legend-{level}"):
            render("cli", key, {}, language)
        render("grades", level, {"domain": "x"}, language)
    for word in Word:
        render("cli", f"word-{word}", {}, language)
    for state in State:
        render("ledger", f"state-{state}", {}, language)
    for check in CHECKS:
        render("checks", check.id, {}, language)
        for key in (*check.messages, *check.innocent):
            render("evidence", key, dict.fromkeys(FIELDS, "x"), language)


def test_numbers_and_plurals_follow_the_language() -> None:
    assert render("cli", "keys-added", {"count": 1, "case": "x"}).startswith("1 key file added")
    assert render("cli", "keys-added", {"count": 2, "case": "x"}).startswith("2 key files added")
    assert render("cli", "keys-added", {"count": 0, "case": "x"}, "fr").startswith("0 fichier de clés ajouté.")
    assert words.shown(71848, "fr") == "71\u202f848"
    assert words.shown(71848, "en") == "71,848"
    assert words.shown([1000, "a"], "en") == "1,000, a"


def test_a_key_without_sentence_is_a_defect() -> None:
    with pytest.raises(KeyError, match="no-such-key"):
        render("cli", "no-such-key")


def test_each_kind_of_difference_between_dumps_has_its_words() -> None:
    known = sentences("cli", "en")
    for kind in KINDS:
        assert {f"compare-{kind}", f"compare-short-{kind}"} <= set(known)


def test_each_side_of_a_version_has_its_word() -> None:
    assert {"version-earlier", "version-later", "version-same"} <= set(sentences("cli", "en"))


def test_whatever_doctor_can_miss_has_its_sentence() -> None:
    assert {"doctor-without-libarchive", "doctor-without-recognition"} <= set(sentences("cli", "en"))
