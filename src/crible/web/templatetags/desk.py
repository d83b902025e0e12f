"""How the desk says numbers, moments, grades and evidence. Sentences about documents come from `crible.words`."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django import template
from django.template.context import RequestContext
from django.utils.dateformat import format as written
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext

from crible import words
from crible.assess import sentences
from crible.index.record import Record
from crible.model.errors import InputError
from crible.model.evidence import Says, Weighed
from crible.model.facts import Mailbox
from crible.model.grade import Grade, Level, Said
from crible.model.instant import Instant
from crible.model.signature import Word
from crible.sift.dossier import Dossier, Member
from crible.sift.ledger import Ended
from crible.web.queries.account import Item
from crible.web.queries.names import file_name
from crible.web.queries.passages import safe

register = template.Library()

SIGNS = {
    Level.PROVEN: "●",
    Level.PARTLY_PROVEN: "◐",
    Level.CORROBORATED: "⊕",
    Level.UNATTESTED: "○",
    Level.QUESTIONED: "△",
    Level.CONTRADICTED: "≠",
}
SAYS = {Says.SUPPORTS: "✓", Says.QUESTIONS: "△", Says.SILENT: "○", Says.UNTESTABLE: "·"}


def language() -> str:
    """The language of the page."""
    return get_language() or "en"


@register.filter
def number(value: object) -> str:
    """71,848 or 71 848."""
    return words.shown(value, language())


@register.filter
def size(value: int) -> str:
    """Bytes in the unit a reader expects, one decimal from kilobytes on."""
    amount, unit = float(value), 0
    while amount >= 1000 and unit < 4:
        amount, unit = amount / 1000, unit + 1
    units = ("o", "ko", "Mo", "Go", "To") if language() == "fr" else ("B", "kB", "MB", "GB", "TB")
    shown = words.shown(amount if unit else int(value), language())
    return f"{shown}\N{NO-BREAK SPACE}{units[unit]}"


@register.filter
def percent(part: int, whole: int) -> str:
    """A share; `under 1 %` rather than a nought that is none, `over 99 %` rather than a whole that is none."""
    share = round(100 * part / whole) if whole else 0
    mark = "<" if part and not share else ">" if share == 100 and part < whole else ""
    share = 1 if mark == "<" else 99 if mark == ">" else share
    return f"{mark}\N{NO-BREAK SPACE}{share}\N{NO-BREAK SPACE}%".strip()


@register.simple_tag
def say(catalogue: str, key: str, **params: object) -> str:
    """A sentence of a catalogue."""
    return words.render(catalogue, key, params, language())


@register.filter
def safely(text: object) -> str:
    """A line of a document, without what could rearrange the page."""
    return safe(str(text)).replace("\n", " ")


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
def innocent(check: Any) -> tuple[str, ...]:
    """Innocent causes of what a check questions."""
    return sentences.render_innocent(check, language()) if check else ()


@register.filter
def said(value: Said) -> str:
    """A property, limit, or what would change the answer."""
    return safe(sentences.render_said(value, language()))


@register.filter
def badge(value: str) -> str:
    """A badge's words."""
    return sentences.render_badge(value, language())


@register.filter
def reason(value: Mapping[str, Any] | None) -> str:
    """A reason of the ledger."""
    return safe(words.render("ledger", str(value["code"]), dict(value["params"]), language())) if value else ""


@register.filter
def sign(level: str) -> str:
    """The sign of a level."""
    return SIGNS[Level(level)]


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


@register.simple_tag(takes_context=True)
def moment(context: RequestContext, value: object, form: str = "long") -> str:
    """A moment in the case's zone, which is written out; `short` for lists. Unix seconds, Instant or ISO 8601."""
    zone = context.get("zone") or UTC
    stated = _stated(value)
    if stated is None:
        return ""
    at, known = stated
    at = at.astimezone(zone) if known else at
    day = _day(at)
    if form == "short":
        return day
    where = _zone_name(at, zone) if known else gettext("no zone written")
    return f"{written(at, 'l')} {day}, {written(at, 'H:i')} ({where})"


@register.simple_tag(takes_context=True)
def as_written(context: RequestContext, value: Instant) -> str:
    """The moment as the document gives it, where that differs from how the case's zone has it; else empty."""
    if value.offset is None:
        return ""
    stated = _stated(value)
    if stated is None or stated[0].astimezone(context.get("zone") or UTC).utcoffset() == stated[0].utcoffset():
        return ""
    return f"{written(stated[0], 'H:i')} {_offset(stated[0])}"


@register.filter
def period(value: str) -> str:
    """`2017-04` as April 2017, a year as it is."""
    if len(value) != 7:
        return value.lstrip("0") or value
    return written(datetime(int(value[:4]), int(value[5:]), 1, tzinfo=UTC), "F Y")


@register.filter
def key_of(mapping: Mapping[str, Any], key: str) -> Any:
    """A value of a mapping, None where there is none."""
    return mapping.get(key)


@register.simple_tag
def histtop(height: float) -> str:
    """Where a bar of that height begins, from the top of the chart."""
    return f"{100 - height:.1f}"


@register.simple_tag
def asking(term: str) -> str:
    """The query string that asks for one term."""
    return urlencode({"in": term})


@register.simple_tag
def brief_reason(ended: Ended) -> str:
    """A reason without what differs from item to item, where the ledger has a sentence for that."""
    short = f"short-{ended.code}"
    key = short if short in words.keys("ledger", language()) else ended.code
    return safe(words.render("ledger", key, ended.params, language()))


@register.simple_tag
def query_error(error: InputError) -> str:
    """Why a query cannot be read."""
    return safe(words.render("errors", error.code, dict(error.params), language()))


@register.simple_tag
def record_title(record: Record) -> str:
    """Subject of a mail, name of a file."""
    title = (record.subject if record.kind == "mail" else "") or record.name or file_name(record.path)
    return safely(title)


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
def say_defect(key: str) -> str:
    """What was odd about a document but could be read past."""
    return words.render("ledger", key, {}, language())


@register.simple_tag
def item_reason(item: Item) -> str:
    """Why an item did not end as read."""
    return safe(words.render("ledger", item.code, item.params, language()))


@register.simple_tag
def reason_asked(ended: Ended) -> str:
    """The query string for a reason's items."""
    return urlencode({"about": ended.what}) if ended.what else ""


@register.filter
def ledger_word(key: str) -> str:
    """A word of the ledger."""
    return words.render("ledger", key, {}, language())


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


@register.simple_tag
def facet_name(facet: str) -> str:
    """What a facet tells apart."""
    return {
        "grade": gettext("Grade"),
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
        if facet == "badge":
            return badge(value)
        if facet == "month":
            return period(value)
        if facet == "language":
            return gettext(get_language_info(value)["name"])
        if facet == "kind":
            return gettext("mail") if value == "mail" else gettext("file")
    return safely(value)


def _stated(value: object) -> tuple[datetime, bool] | None:
    """The moment, and whether it is tied to a zone at all; None for what no calendar holds."""
    with suppress(OverflowError, ValueError, OSError):
        if isinstance(value, Instant):
            zone = timezone(timedelta(minutes=value.offset)) if value.offset is not None else UTC
            return datetime.fromtimestamp(value.seconds, zone), value.offset is not None
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value, UTC), True
        if isinstance(value, str) and value:
            at = datetime.fromisoformat(value)
            return (at, True) if at.tzinfo else (at.replace(tzinfo=UTC), False)
    return None


def _day(at: datetime) -> str:
    day = "1er" if language() == "fr" and at.day == 1 else str(at.day)
    return f"{day} {written(at, 'F Y')}"


def _zone_name(at: datetime, zone: object) -> str:
    name = zone.key if isinstance(zone, ZoneInfo) else "UTC"
    return "UTC" if name == "UTC" else f"{name}, {_offset(at)}"


def _offset(at: datetime) -> str:
    minutes = int((at.utcoffset() or timedelta()).total_seconds()) // 60
    return f"UTC{'−' if minutes < 0 else '+'}{abs(minutes) // 60}" + (
        f":{abs(minutes) % 60:02}" if minutes % 60 else ""
    )
