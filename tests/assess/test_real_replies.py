"""Real replies of two public lists, and real copies of one message in two lists: almost nothing may be questioned."""

import lzma
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crible.assess.compare import changes, quoted
from crible.extract.mail import read as mail
from crible.model.facts import Reading

IDENTITY = re.compile(rb"(?mi)^message-id:\s*(<[^>\s]+>)")


def messages(path: Path) -> Iterator[bytes]:
    with lzma.open(path) as file:
        yield from re.split(rb"(?m)^From mboxrd@z .*\n", file.read())[1:]


@pytest.mark.corpora
def test_of_a_thousand_real_replies_fewer_than_one_is_questioned(corpora: Path) -> None:
    readings: dict[str, Reading] = {}
    for raw in messages(corpora / "mail-linux-serial-2020.mbox.xz"):
        reading = mail.read(raw)
        if reading.mail:
            readings[reading.mail.message_id] = reading
    replies = fired = exact = 0
    for reply in readings.values():
        ours = readings.get(reply.mail.in_reply_to) if reply.mail else None
        quotes = [quote for quote in reply.mail.quotes if quote.depth == 1] if reply.mail else []
        if ours is None or not quotes:
            continue
        answers = [quoted(ours.text, quote.text) for quote in quotes]
        replies += 1
        fired += any(found for _, _, found in answers)
        exact += all(agrees for words, agrees, _ in answers if words)
    assert replies > 1_000
    assert fired * 1_000 < replies or fired <= 1
    assert exact > 0.9 * replies


@pytest.mark.corpora
def test_real_copies_changed_by_list_software_say_the_same(corpora: Path) -> None:
    listed = {
        found[1]: raw
        for raw in messages(corpora / "mail-crossposted-alsa-devel.mbox.xz")
        if (found := IDENTITY.search(raw))
    }
    pairs = 0
    for raw in messages(corpora / "mail-linux-serial-2020.mbox.xz"):
        found = IDENTITY.search(raw)
        if found and found[1] in listed:
            pairs += 1
            differing, only_added = changes(mail.read(listed[found[1]]).text, mail.read(raw).text)
            assert not differing or only_added, found[1]
    assert pairs > 50
