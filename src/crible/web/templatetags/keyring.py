"""How the page of keys leads to mails, and says what a key lacks."""

from urllib.parse import urlencode

from django import template

from crible import words
from crible.web.language import language
from crible.web.queries.passages import safe
from crible.web.queries.planned import Step

register = template.Library()


@register.simple_tag
def signed(domain: str, selector: str, word: str = "") -> str:
    """The query string of the mails whose signatures name that key, with that result."""
    return urlencode({"domain": domain, "selector": selector, **({"word": word} if word else {})})


@register.simple_tag
def lacking(step: Step) -> str:
    """What is needed for that key, and from whom."""
    params = {"domain": step.domain, "name": step.name, "last": step.last, "count": step.mails}
    return safe(words.render("cli", step.sentence, params, language()))
