"""The newsroom's own old mail, which can tie a recovered key to its domain, and what was sent in to spoil it (C2)."""

import re
from datetime import UTC, datetime, timedelta

from crible.demo.compose import Mail, date_text
from crible.demo.forgeries import hosts
from crible.demo.forgeries.clients import write
from crible.demo.forgeries.moments import BEGIN, europe
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Altered, Post, Stored
from crible.demo.forgeries.scenarios.common import of, owner, plants

BOX = "newsroom.mbox"
HAND = "poisoner"
"""Whose key is to pass for that of the domain."""
LOOKALIKE = f"mx.{hosts.NEWSROOM.domain.replace('redaction', 'redactlon')}"
DESK = Person("Rédaction", f"redaction@{hosts.NEWSROOM.domain}", hosts.NEWSROOM, "thunderbird", "La rédaction")
_B = re.compile(rb"\bb=\s*([A-Za-z0-9+/]{8})")


def play(post: Post) -> None:
    """Real witnesses for one domain; for the other, mails of the poisoner's that must witness nothing."""
    for number in range(4):
        _arrive(post, of(post, hosts.MISTRAL), BEGIN + timedelta(days=9 * number, hours=9), ("pass", hosts.SERVER))
    poisoned = of(post, hosts.FERRAND)
    late = datetime.fromisoformat(hosts.KNOWN_SINCE).replace(tzinfo=UTC)
    for number in range(3):
        early = BEGIN + timedelta(days=11 * number, hours=8)
        # The server found the signature unsound and said so on top; the line below it came with the mail.
        _arrive(post, poisoned, early, ("fail", hosts.SERVER), ("pass", hosts.SERVER), hand=HAND)
        _arrive(post, poisoned, early + timedelta(days=3), ("pass", LOOKALIKE), hand=HAND)
        _arrive(post, poisoned, late + timedelta(days=number, hours=8), ("pass", hosts.SERVER), hand=HAND)
    for _ in plants("poisoned-mailbox"):
        sent = post.send(post.draft(poisoned, [owner(post)]), keep=False, hand=HAND)
        post.plant("poisoned-mailbox", post.copies(sent)[0], sent.draft.fact.sentence, Altered("all"))


def _arrive(post: Post, sender: Person, at: datetime, *results: tuple[str, str], hand: str = "") -> None:
    """A mail to the newsroom; `results` are dkim= words and who says so, the topmost first."""
    sent = write(post.draft(sender, [DESK], at=at))
    mail = post.carried(sent, hand=hand)
    host = sender.host
    quoted = _B.findall(mail.fields[0])[-1].decode()
    said = (
        f"Authentication-Results: {server}; dkim={word} header.d={host.domain} header.s={host.selector} "
        f"header.b={quoted}\r\n".encode()
        for word, server in results
    )
    trace = (
        f"Received: from mx1.{host.domain} (mx1.{host.domain} [192.0.2.77])\r\n\tby {hosts.SERVER} (Postfix) with "
        f"ESMTPS id {sent.draft.noise('newsroom').hex().upper()[:11]}\r\n\tfor <{DESK.address}>;\r\n"
        f"\t{date_text(europe(at + timedelta(seconds=9)))}\r\n"
    ).encode()
    stored = Mail((trace, *said, *mail.fields), mail.body)
    post.newsroom.append(Stored(BOX, at, stored, sent, host.kept))
