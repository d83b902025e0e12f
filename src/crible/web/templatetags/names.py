"""How the desk names documents, people, attachments and the values of facets."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import get_language_info, gettext

from crible import words
from crible.index.record import Record
from crible.model.facts import Mailbox
from crible.model.grade import SIGNS, Level
from crible.model.sorting import Sorting
from crible.sift.dossier import Dossier, Member
from crible.sift.ledger import Ended
from crible.sift.sorted import class_word, clue_sentence
from crible.web.language import language
from crible.web.queries.names import file_name
from crible.web.queries.passages import safe
from crible.web.templatetags.evidence import badge
from crible.web.templatetags.moments import period

register = template.Library()


@register.filter
def safely(text: object) -> str:
    """A line of a document, without what could rearrange the page."""
    return safe(str(text)).replace("\n", " ")


@register.simple_tag
def doc_title(dossier: Dossier) -> str:
    """A mail's subject, a file's name."""
    mail = dossier.reading.mail if dossier.reading else None
    if mail is not None:
        return safely(mail.subject) or gettext("(no subject)")
    return safely(dossier.name)


@register.simple_tag
def mailbox(one: Mailbox) -> str:
    """A name and address as the header gives them."""
    return safely(f"{one.name} <{one.address}>" if one.name else one.address)


@register.simple_tag
def member_name(member: Member) -> str:
    """An attachment's name, or that it has none."""
    return safely(file_name(member.name)) or gettext("(no name)")


@register.simple_tag
def record_title(record: Record) -> str:
    """Subject of a mail, name of a file."""
    title = (record.subject if record.kind == "mail" else "") or record.name or file_name(record.path)
    return safely(title)


@register.simple_tag
def facet_name(facet: str) -> str:
    """What a facet tells apart."""
    return {
        "grade": gettext("Grade"),
        "class": gettext("Class"),
        "kind": gettext("Kind"),
        "type": gettext("Type"),
        "box": gettext("Where from"),
        "from_address": gettext("Sender"),
        "language": gettext("Language"),
        "badge": gettext("Badge"),
        "check": gettext("Check"),
        "status": gettext("State"),
        "month": gettext("Month"),
    }[facet]


@register.simple_tag
def facet_value(facet: str, value: str) -> str:
    """A facet's value in words, where it has any."""
    with suppress(KeyError, ValueError):
        if facet == "grade":
            return f"{SIGNS[Level(value)]} {words.render('cli', f'level-{value}', {}, language())}"
        if facet == "status":
            return words.render("ledger", f"state-{value}", {}, language())
        if facet == "check":
            return words.render("checks", value, {}, language())
        if facet == "badge":
            return badge(value)
        if facet == "class":
            return class_word(value, language())
        if facet == "month":
            return period(value)
        if facet == "language":
            return gettext(get_language_info(value)["name"])
        if facet == "kind":
            return gettext("mail") if value == "mail" else gettext("file")
    return safely(value)


@register.filter
def class_of(value: str) -> str:
    """A class of papers in words; `none` and nothing alike are no class."""
    return class_word("" if value == "none" else value, language())


@register.simple_tag
def asking(term: str) -> str:
    """The query string that asks for one term."""
    return urlencode({"in": term})


@register.simple_tag
def narrowing(source: str, about: str = "") -> str:
    """The query string of that part of a ledger."""
    return urlencode({name: value for name, value in (("source", source), ("about", about)) if value})


@register.filter
def hexed(raw: bytes) -> str:
    """Bytes as pairs of hexadecimal digits."""
    return raw.hex(" ")


@register.simple_tag
def reason_asked(ended: Ended) -> str:
    """The query string for a reason's items."""
    return urlencode({"about": ended.what}) if ended.what else ""


@register.filter
def key_of(mapping: Mapping[str, Any], key: str) -> Any:
    """A value of a mapping, None where there is none."""
    return mapping.get(key)


@register.simple_tag
def sorted_as(sorting: Sorting) -> str:
    """A document's class with the reasons for it."""
    reasons = "; ".join(safely(clue_sentence(clue, language())) for clue in sorting.clues)
    word = class_word(sorting.name, language())
    return f"{word} ({reasons})" if reasons else word
