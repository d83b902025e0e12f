"""How the desk shows what a document says: found words marked, addresses that keep their other state, delays."""

from itertools import pairwise
from typing import Any

from django import template
from django.template import RequestContext
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from crible import words
from crible.sift.dossier import Dossier
from crible.web.language import language
from crible.web.queries.finds import Finder
from crible.web.queries.passages import safe

register = template.Library()


@register.filter
def found(text: str, finder: Finder | None) -> SafeString:
    """The text, escaped, with the words searched for in `<mark>`."""
    spans = finder.spans(text) if finder else []
    if not spans:
        return SafeString(conditional_escape(text))
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    runs = [(text[start:end], at % 2) for at, (start, end) in enumerate(pairwise(edges))]
    marks = (("<mark>", run, "</mark>") if marked else ("", run, "") for run, marked in runs)
    return format_html_join("", "{}{}{}", ((SafeString(a), run, SafeString(b)) for a, run, b in marks))


@register.simple_tag(takes_context=True)
def state(context: RequestContext, *dropped: str, **changed: object) -> str:
    """The query string of this address with values changed, and those named left out; `?` where nothing is left."""
    given = context.request.GET.copy()
    for name in dropped:
        given.pop(name, None)
    for name, value in changed.items():
        given[name] = str(value)
    return "?" + given.urlencode()


@register.simple_tag
def look_name(way: str, dossier: Dossier) -> str:
    """A way to look at a document."""
    if way == "pages" and dossier.reading is not None and dossier.reading.mime.startswith("image/"):
        return gettext("Picture")
    return {
        "text": gettext("Text"),
        "designed": gettext("As designed"),
        "headers": gettext("Headers"),
        "source": gettext("Source"),
        "pages": gettext("Pages"),
        "table": gettext("Table"),
    }[way]


@register.filter
def left_sentence(kind: str, count: int) -> str:
    """How much of a kind was left out of what is shown."""
    return words.render("body", kind, {"count": count}, language())


@register.simple_tag
def unseen_reason(unseen: dict[str, Any]) -> str:
    """Why something cannot be shown: a reason of the ledger, or an error's sentence."""
    domain = "ledger" if unseen["code"] in words.keys("ledger", language()) else "errors"
    return safe(words.render(domain, unseen["code"], unseen["params"], language()))


@register.filter
def lapse(seconds: float) -> str:
    """A span of time in its largest two units."""
    whole = abs(round(seconds))
    days, rest = divmod(whole, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, rest = divmod(rest, 60)
    parts = [
        ngettext("%d day", "%d days", days) % days if days else "",
        f"{hours}\N{NO-BREAK SPACE}h" if hours else "",
        f"{minutes}\N{NO-BREAK SPACE}min" if minutes else "",
        f"{rest}\N{NO-BREAK SPACE}s" if rest or whole == 0 else "",
    ]
    return " ".join([part for part in parts if part][:2])
