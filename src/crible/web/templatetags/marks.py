"""How the desk says marks."""

from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext

from crible import words
from crible.review.told import value_word
from crible.web.language import language
from crible.web.queries.passages import safe
from crible.web.queries.queued import Queue

register = template.Library()


@register.simple_tag
def mark_word(value: str) -> str:
    """A state or a decision."""
    return value_word(value, language())


@register.simple_tag
def queue_of(kind: str, value: str = "") -> str:
    """The query string that asks for one queue."""
    return urlencode({"queue": f"{kind}:{value}" if value else kind})


@register.filter
def safe_lines(text: str) -> str:
    """What a colleague wrote, lines kept, without what could rearrange the page."""
    return safe(text)


@register.simple_tag
def step_address(queue: Queue, at: int) -> str:
    """The query string under which a document is opened within its queue; within its search where it is one."""
    return urlencode({"from": queue.value}) if queue.kind == "search" else queue.address(at=at)


@register.simple_tag
def queue_word(queue: Queue) -> str:
    """A queue in a list of queues."""
    if queue.kind == "tag":
        return safe(queue.value)
    if queue.kind in ("state", "decided"):
        return value_word(queue.value, language())
    if queue.kind == "unread":
        return words.render("cli", f"level-{queue.value}", {}, language())
    return {
        "me": gettext("You are asked to look"),
        "nobody": gettext("Nobody is asked"),
        "second": gettext("A second person is asked"),
        "star": gettext("Your stars"),
        "noted": gettext("With notes"),
        "search": gettext("A search"),
        "line": gettext("Documents of line %(n)s of the log") % {"n": queue.value},
    }[queue.kind]


@register.simple_tag
def queue_title(queue: Queue) -> str:
    """A queue as a heading."""
    word = queue_word(queue)
    return {
        "state": gettext("State: %(word)s"),
        "tag": gettext("Tag: %(word)s"),
        "decided": gettext("Decision: %(word)s"),
        "unread": gettext("Nobody has looked yet: %(word)s"),
    }.get(queue.kind, "%(word)s") % {"word": word}


@register.simple_tag
def queue_empty(queue: Queue) -> str:
    """What it means that there is nothing in it."""
    return {
        "me": gettext("You are asked to look at nothing just now."),
        "nobody": gettext("Everything to be read or verified has somebody who is asked to."),
        "second": gettext("No decision waits for you."),
        "star": gettext("You have starred nothing. The key s on a document does."),
        "noted": gettext("Nobody has written a note yet."),
        "unread": gettext("Somebody has had each of them open. That is not to say that they were read."),
    }.get(queue.kind, gettext("There is none."))


@register.simple_tag
def act_word(act: str) -> str:
    """A kind of act, in a choice of kinds; one that has no word of its own is shown as it is kept."""
    key = f"act-{act}"
    return words.render("acts", key, {}, language()) if key in words.keys("acts", language()) else act
