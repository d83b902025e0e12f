"""How the desk speaks of people's names, passwords and browsers."""

import re
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext

register = template.Library()

BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chromium"), ("Safari", "Safari"))
"""In this order: each of the first names the later ones too."""
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.filter
def browser(agent: str) -> str:
    """A browser and a system in few words, as it states them: anybody may state anything."""
    name = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    if name and system:
        return gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
    stated = re.match(r"[\w.-]{1,30}", agent)
    return name or system or (stated[0] if stated else gettext("not stated"))


@register.filter
def fault(key: str) -> str:
    """What is wrong with a name or a password, and what to do."""
    return {
        "name": gettext("A log-in name has 2 to 64 letters, digits or . _ - + @, and begins with a letter or digit."),
        "taken": gettext("Somebody here has that log-in name. Choose another."),
        "short": gettext("The password is too short: take 12 characters or more. A few words in a row do well."),
        "long": gettext("The password is too long: 128 characters are enough."),
        "common": gettext("That password stands in lists that are tried first. Choose one of your own."),
        "alike": gettext("The password is too close to your name."),
        "present": gettext(
            "The present password is not right, or it was tried too often. Wait a little, then try again."
        ),
        "code": gettext(
            "This code is not right, was used already, or there were too many tries. Wait for the next one, then try "
            "again."
        ),
    }[key]


@register.filter
def following_query(path: str) -> str:
    """The query string by which the log-in page leads on to a path."""
    return urlencode({"next": path})
