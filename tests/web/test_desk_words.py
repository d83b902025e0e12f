"""Every sentence that the desk asks for is there in French; none is left over or gives a verdict."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template import Template
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from crible import web

ROOT = Path(web.__file__).parent
TEMPLATES = ROOT / "templates"
CALLS = {
    "gettext": ("id",), "gettext_lazy": ("id",), "gettext_noop": ("id",), "_": ("id",), "ngettext": ("id", "plural"),
    "pgettext": ("context", "id"), "npgettext": ("context", "id", "plural"),
}  # fmt: skip
"""What asks for a sentence in the code, and what its arguments are."""
VERDICTS = re.compile(
    r"\b(fakes?|faked|forged|forger\w*|authentic\w*|genuine|true|faux|fausse\w*|falsifi\w*|contrefait\w*|vrai\w*)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"%\((\w+)\)s")
Asked = tuple[str, str, str]
"""Context, sentence and its plural, as a catalogue has them; empty where there is none."""


@cache
def french() -> dict[Asked, tuple[str, ...]]:
    """The catalogue."""
    found = {}
    with (ROOT / "locale/fr/LC_MESSAGES/django.po").open("rb") as file:
        for message in read_po(file):
            if message.id:
                one, many = message.id if isinstance(message.id, tuple) else (message.id, "")
                said = message.string if isinstance(message.string, tuple) else (message.string,)
                found[(message.context or "", one, many)] = said
    return found


@cache
def in_templates() -> frozenset[Asked]:
    """Sentences that templates ask for; those that stand in a variable are asked for in the code."""
    found = set[Asked]()
    for path in TEMPLATES.rglob("*.html"):
        template = get_template(str(path.relative_to(TEMPLATES))).template
        assert isinstance(template, Template)
        for node in template.nodelist.get_nodes_by_type((TranslateNode, BlockTranslateNode)):
            context = node.message_context.resolve({}) if node.message_context else ""
            if isinstance(node, TranslateNode):
                literal = node.filter_expression.var.literal
                if isinstance(literal, str):
                    found.add((context, literal, ""))
            else:
                one, many = (node.render_token_list(form)[0] if form else "" for form in (node.singular, node.plural))
                found.add((context, one, many))
    return frozenset(found)


@cache
def trees() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text(encoding="utf-8")) for path in sorted(ROOT.rglob("*.py")))


def in_code() -> Iterator[Asked]:
    """Sentences that the code asks for."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                named = getattr(node.func, "id", getattr(node.func, "attr", ""))
                given = dict(zip(CALLS.get(named, ()), node.args, strict=False))
                said = {part: one.value for part, one in given.items() if isinstance(one, ast.Constant)}
                if "id" in said:
                    yield str(said.get("context", "")), str(said["id"]), str(said.get("plural", ""))


def test_every_sentence_of_a_template_or_of_the_code_has_its_french() -> None:
    assert len(in_templates()) > 500
    known = {each for context, one, many in french() for each in ((context, one, many), (context, one, ""))}
    assert sorted((in_templates() | set(in_code())) - known) == []
    assert sorted(one for one, said in french().items() if not all(said)) == []


def test_no_sentence_is_left_over() -> None:
    written = {node.value for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert sorted(one for one in set(french()) - in_templates() - set(in_code()) if one[1] not in written) == []


def test_both_languages_have_the_same_fields() -> None:
    for (_, one, many), said in french().items():
        wanted = {*_FIELD.findall(one), *_FIELD.findall(many)}
        assert all({*_FIELD.findall(form)} <= wanted for form in said), one
        assert wanted - {*_FIELD.findall(said[-1])} == set(), one
        assert len(said) == (2 if many else 1), one


@pytest.mark.parametrize("words", ["english", "french"])
def test_no_sentence_gives_a_verdict(words: str) -> None:
    said = [(one, many) if words == "english" else forms for (_, one, many), forms in french().items()]
    assert [form for forms in said for form in forms if VERDICTS.search(form)] == []
