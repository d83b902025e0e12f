"""Traces of intrusion in single mails: what they look like, never that an intrusion happened, nor by whom.

Every trace has an innocent reading, and its sentence says "looks like": anybody can write any subject and sender.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crible.assess.boxes.notices import (
    ASKS,
    CARRIERS,
    HINTS,
    MACHINE,
    PROGRAMS,
    PROVIDERS,
    SECURITY,
    Provider,
    notice,
    plain,
    provider_named,
)
from crible.model.facts import MailFacts
from crible.proof.alignment import organisational

READ = 4_000
"""Characters of a text that are read for what it asks: requests stand at its top."""
NOWHERE = "?"
_URL = re.compile(r"https?://(?:[^\s/@<>\"']{1,100}@)?([a-z0-9.-]{4,253})", re.IGNORECASE)
_ANSWERED = re.compile(r"\s*(?:re|fwd?|tr|rép|rep|aw|wg|antw?)\s*:", re.IGNORECASE)
_IN_NAME = re.compile(r"(?:[\w.+-]+@)?((?:[\w-]+\.)+[a-z]{2,10})\b")


@dataclass(frozen=True, slots=True, order=True)
class Trace:
    """One trace: a message key, the sender's domain, and what it is set against (a provider, a host)."""

    message: str
    domain: str
    other: str = ""


INNOCENT = {
    "trace-login": "innocent-notice", "trace-login-any": "innocent-notice", "trace-reset": "innocent-notice",
    "trace-reset-any": "innocent-notice", "trace-forwarding": "innocent-notice",
    "trace-forwarding-any": "innocent-notice", "trace-settings": "innocent-notice",
    "trace-settings-any": "innocent-notice", "trace-imitated": "innocent-imitated",
    "trace-imitated-nowhere": "innocent-imitated",
    "trace-brand": "innocent-imitated", "trace-name": "innocent-name", "trace-link": "innocent-link",
    "trace-asks": "innocent-asks", "trace-program": "innocent-program", "trace-look-alike": "innocent-look-alike",
    "trace-look-alike-own": "innocent-look-alike",
}  # fmt: skip
"""What may be behind each trace, as a message key; all that can be said is here."""
ANY = {
    "trace-login": "trace-login-any", "trace-reset": "trace-reset-any", "trace-forwarding": "trace-forwarding-any",
    "trace-settings": "trace-settings-any",
}  # fmt: skip
"""Notices of services that are not among the providers."""


def traces(mail: MailFacts) -> Iterator[Trace]:
    """What the header, the links and the names of attachments of one mail look like."""
    address = mail.senders[0].address.lower() if mail.senders else ""
    domain = _domain(mail)
    if not mail.senders or _ANSWERED.match(mail.subject) or mail.in_reply_to or mail.references:
        return
    if mail.list_id or not (mail.received or mail.delivered):
        return  # a list's, or a copy of what was sent
    if told := _notice(mail, address, domain):
        yield told
    elif imitated := _brand(mail, domain):
        yield Trace("trace-brand", domain, imitated)
    if other := _other_name(mail, domain):
        yield Trace("trace-name", domain, other)
    if not mail.bulk and (link := _link(mail)):
        yield Trace("trace-link", domain, link)
    if name := next((p.name for p in mail.parts if p.name.lower().endswith(PROGRAMS)), ""):
        yield Trace("trace-program", domain, name[-200:])


def may_ask(mail: MailFacts) -> bool:
    """Whether the mail's text is worth reading for what it asks: received, no answer, and of no list."""
    answers = mail.in_reply_to or mail.references or _ANSWERED.match(mail.subject)
    return bool(mail.senders and mail.received) and not (answers or mail.list_id)


def asks(mail: MailFacts, text: str) -> Trace | None:
    """Whether it asks to confirm an account, or threatens one, and links to a domain that is not its sender's."""
    if not mail.links and "http" not in text:
        return None
    domain = _domain(mail)
    words = plain(f"{mail.subject} . {text[:READ]}")
    if not any(hint in words for hint in HINTS) or not ASKS.search(words):
        return None
    hosts = [one.host for one in mail.links] or [host.lower() for host in _URL.findall(text[:READ])]
    own = organisational(domain)
    strange = (host for host in hosts if organisational(host) not in CARRIERS and organisational(host) != own)
    host = next(strange, "")
    return Trace("trace-asks", domain, host) if host else None


def _domain(mail: MailFacts) -> str:
    """Of the sender's address; NOWHERE where it has none that could be one."""
    domain = mail.senders[0].address.lower().rpartition("@")[2] if mail.senders else ""
    return domain[:253] if "." in domain else NOWHERE


def _notice(mail: MailFacts, address: str, domain: str) -> Trace | None:
    """A notice of an account: of a provider it names and comes from, of one that it only names, or of any service."""
    subject = plain(mail.subject[:300])
    kind = notice(subject)
    if not kind:
        return None
    machine = MACHINE.search(address.rpartition("@")[0]) is not None
    sender = _provider_of(domain)
    if sender and (machine or not sender.boxes):
        return Trace("trace-login" if kind == SECURITY else kind, domain, sender.name)
    named = provider_named(f"{plain(mail.senders[0].name[:100])} {subject}")
    if named:
        return Trace("trace-imitated" if domain != NOWHERE else "trace-imitated-nowhere", domain, named.name)
    if kind == SECURITY or not (machine or mail.bulk):
        return None
    return Trace(ANY[kind], domain)


def _brand(mail: MailFacts, domain: str) -> str:
    """The provider that the sender's name is, where the address is not its own."""
    name = plain(mail.senders[0].name[:100])
    named = provider_named(name)
    if named is None or organisational(domain) in named.domains or "via" in name.split():
        return ""
    rest = named.called.sub(" ", name)
    return "" if _PERSONAL.search(rest) else named.name


_PERSONAL = re.compile(
    r"\b(?!(?:service|services|security|securite|team|equipe|support|account|accounts|compte|client"
    r"|customer|care|help|desk|center|centre|alert|alerts|alerte|no|reply|noreply|notification|notifications|info|mail"
    r"|email|e|admin|online|secure|update|verification|id|inc|the|le|la|de|du|l|a|365|office|drive|prime|billing"
    r"|facturation|payment|storage|cloud|server|and|et|fr|com|france|message|messages|document|documents)\b)\w+"
)
"""Any word that is not of a service's own name."""


def _other_name(mail: MailFacts, domain: str) -> str:
    """A domain that the sender's name shows, where its address is at another organisation's."""
    if not (met := _IN_NAME.search(mail.senders[0].name.lower()[:200])):
        return ""
    shown = organisational(met[1])
    own = organisational(domain)
    alike = shown.partition(".")[0] == own.partition(".")[0] or "." not in shown
    return "" if alike or "@" not in met[0] or " via " in mail.senders[0].name.lower() else met[1]


def _link(mail: MailFacts) -> str:
    """`shown → target` of the first link whose words name a host of one organisation and which leads to another."""
    for one in mail.links:
        if not one.shown:
            continue
        shown, target = organisational(one.shown), organisational(one.host)
        if target not in CARRIERS and shown.partition(".")[0] != target.partition(".")[0]:
            return f"{one.shown[:200]} → {one.host[:200]}"
    return ""


def _provider_of(domain: str) -> Provider | None:
    own = organisational(domain)
    return next((one for one in PROVIDERS if own in one.domains), None)
