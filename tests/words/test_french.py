"""French as it is set: curly apostrophes, no sign that could begin a line, one word for one thing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from crible import web, words

CATALOGUES = [
    *sorted((words.LOCALE / "fr" / "LC_MESSAGES").glob("*.po")),
    Path(web.__file__).parent / "locale" / "fr" / "LC_MESSAGES" / "django.po",
]
WRONG = {
    "a straight apostrophe": re.compile(r"\w'[\w%{]"),
    "three dots for one sign": re.compile(r"\.\.\."),
    "a space before : that breaks": re.compile(r" :(?=\s|$)"),
    "a space before ; ? or ! that is not narrow": re.compile(r"[ \u00a0][;?!](?=\s|$)"),
    "quotes without their spaces": re.compile(r"«(?!\u00a0)|(?<!\u00a0)»"),
    "another word for sift": re.compile(r"\bcribl(?:age|er)\b"),
}


def said(path: Path) -> Iterator[str]:
    """Every sentence of a catalogue."""
    with path.open("rb") as file:
        for message in read_po(file):
            if message.id:
                yield from (message.string,) if isinstance(message.string, str) else message.string


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_french_is_set_as_french(path: Path) -> None:
    found = [(what, one) for one in said(path) for what, sign in WRONG.items() if sign.search(one)]
    assert found == []
