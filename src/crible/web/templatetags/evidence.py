"""How the desk says grades, evidence and reasons: sentences come from `crible.words`, signs from here."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from crible import words
from crible.assess import cohorts, sentences
from crible.model.errors import InputError
from crible.model.evidence import Says, Weighed
from crible.model.grade import SIGNS, Grade, Level, Said
from crible.model.signature import Word
from crible.sift.boxed import Said as Remarked
from crible.sift.ledger import Ended
from crible.web.language import language
from crible.web.queries.account import Item
from crible.web.queries.passages import safe
from crible.web.templatetags.moments import written

register = template.Library()

SAYS = {Says.SUPPORTS: "✓", Says.QUESTIONS: "△", Says.SILENT: "○", Says.UNTESTABLE: "·"}


@register.simple_tag
def say(catalogue: str, key: str, **params: object) -> str:
    """A sentence of a catalogue."""
    return words.render(catalogue, key, params, language())


@register.filter
def fact(weighed: Weighed) -> str:
    """What a check saw."""
    return safe(sentences.render_evidence(weighed.evidence, language()))


@register.filter
def weight(weighed: Weighed) -> str:
    """`questions, strong`."""
    return sentences.render_says(weighed.evidence.says, weighed.strength, language())


@register.filter
def says_sign(weighed: Weighed) -> str:
    """The sign of what kind of answer it is."""
    return SAYS[weighed.evidence.says]


@register.filter
def check_title(weighed: Weighed) -> str:
    """What the check is about, in a few words."""
    return words.render("checks", weighed.check, {}, language())


@register.filter
def innocent(check: Any) -> tuple[str, ...]:
    """Innocent causes of what a check questions."""
    return sentences.render_innocent(check, language()) if check else ()


@register.filter
def said(value: Said) -> str:
    """A property, limit, or what would change the answer."""
    return safe(sentences.render_said(value, language()))


@register.filter
def each_said(values: Iterable[Said]) -> list[str]:
    """Their sentences, the same one once: two keys of one domain may come to the same words."""
    return list(dict.fromkeys(said(value) for value in values))


@register.filter
def badge(value: str) -> str:
    """A badge's words."""
    return sentences.render_badge(value, language())


@register.filter
def each_source(values: Iterable[str]) -> str:
    """Who says that a key is its selector's."""
    return safe(", ".join(sentences.render_source(value, language()) for value in values))


@register.filter
def iso_day(seconds: int | None) -> str:
    """`2017-03-14`, UTC."""
    return cohorts.day(seconds)


@register.filter
def reason(value: Mapping[str, Any] | None) -> str:
    """A reason of the ledger."""
    return safe(words.render("ledger", str(value["code"]), dict(value["params"]), language())) if value else ""


@register.filter
def remark(value: Remarked) -> str:
    """What is said of a box or a day; days and months as this language writes them."""
    return safe(value.sentence(language(), written=written)).replace("\n", " ")


@register.filter
def headline(grade: Grade) -> str:
    """The level in words, with the domain it names."""
    return safe(sentences.render_level(grade.level, grade.content.params, language()))


@register.simple_tag
def grade(level: str, text: str = "") -> SafeString:
    """A level as word, sign and colour; nothing where there is none."""
    if not level:
        return SafeString("")
    text = text or words.render("cli", f"level-{level}", {}, language())
    parts = '<span class="grade {}"><span class="sign" aria-hidden="true">{}</span> <span>{}</span></span>'
    return format_html(parts, level, SIGNS[Level(level)], text)


@register.simple_tag
def say_defect(key: str) -> str:
    """What was odd about a document but could be read past."""
    return words.render("ledger", key, {}, language())


@register.simple_tag
def item_reason(item: Item) -> str:
    """Why an item did not end as read."""
    return safe(words.render("ledger", item.code, item.params, language()))


@register.simple_tag
def brief_reason(ended: Ended) -> str:
    """A reason without what differs from item to item, where the ledger has a sentence for that."""
    short = f"short-{ended.code}"
    key = short if short in words.keys("ledger", language()) else ended.code
    return safe(words.render("ledger", key, ended.params, language()))


@register.filter
def ledger_word(key: str) -> str:
    """A word of the ledger."""
    return words.render("ledger", key, {}, language())


@register.simple_tag
def query_error(error: InputError) -> str:
    """Why a query cannot be read."""
    return safe(words.render("errors", error.code, dict(error.params), language()))


@register.simple_tag
def word(value: str) -> str:
    """What came of a signature, in few words."""
    return {
        Word.PASS: gettext("verifies"),
        Word.NO_KEY: gettext("no key at hand"),
        Word.KEY_MISMATCH: gettext("made with another key"),
        Word.UNDECIDED: gettext("could not be decided"),
        Word.BODY_ALTERED: gettext("body no longer as signed"),
        Word.HEADERS_ALTERED: gettext("header no longer as signed"),
        Word.MALFORMED: gettext("cannot be evaluated as written"),
    }[Word(value)]
