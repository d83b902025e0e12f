"""How the desk writes what differs between two documents."""

from django import template
from django.utils.translation import gettext

from crible import words
from crible.web.language import language
from crible.web.queries.passages import safe

register = template.Library()

SHORTEST_LOOK = 60
"""Characters of a passage in a list of differences."""
_HEADERS = {
    "from": "From",
    "sender": "Sender",
    "reply-to": "Reply-To",
    "to": "To",
    "cc": "Cc",
    "bcc": "Bcc",
    "subject": "Subject",
    "date": "Date",
    "message-id": "Message-ID",
    "in-reply-to": "In-Reply-To",
    "references": "References",
    "list-id": "List-Id",
    "x-mailer": "X-Mailer",
    "content-type": "Content-Type",
    "delivered-to": "Delivered-To",
    "received": "Received",
}


@register.simple_tag
def compared_field(name: str) -> str:
    """A header field by its own name, a file's field in words."""
    if name in _HEADERS:
        return _HEADERS[name]
    return (
        words.render("cli", "field-mime", {}, language())
        if name == "mime"
        else words.render("facts", name, {}, language())
    )


@register.simple_tag
def difference_kind(kind: str) -> str:
    """What is concerned by a difference."""
    return {
        "number": gettext("a number"),
        "date": gettext("a date"),
        "name": gettext("a name"),
        "negation": gettext("a “not”"),
        "iban": gettext("an account"),
        "words": gettext("words"),
    }[kind]


@register.filter
def shown(text: str) -> str:
    """A passage of a document, its lines kept."""
    return safe(text)


@register.filter
def shorter(text: str) -> str:
    """The same on one line, cut where it is long."""
    line = " ".join(safe(text[: 4 * SHORTEST_LOOK]).split())
    return line if len(line) <= SHORTEST_LOOK else line[: SHORTEST_LOOK - 1] + "…"
