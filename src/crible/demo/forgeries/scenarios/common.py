"""Whom and what the scenarios pick, and the tools to alter bytes."""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace

from crible.demo.compose import Attachment, Mail, file_entity
from crible.demo.forgeries import hosts
from crible.demo.forgeries.catalogue import BY_KEY, TWINS
from crible.demo.forgeries.draft import Sent
from crible.demo.forgeries.hosts import Host
from crible.demo.forgeries.people import SPECIAL, Client, Person
from crible.demo.forgeries.post import Post, Stored
from crible.demo.forgeries.prose import Kind
from crible.demo.signer import canonical_body

ODD = (*SPECIAL, hosts.QUAI, hosts.VAUCLAIR, hosts.ALIZE, hosts.NORTHQUAY)
"""Hosts with rules of their own, which scenarios use by name; what stays inside Northquay is not signed at all."""
KINDS: tuple[Kind, ...] = ("amount", "count", "date", "name", "negation")
FIGURES: tuple[Kind, ...] = ("amount", "count")
_BH = re.compile(rb"(\bbh=)[A-Za-z0-9+/=]+")
_BOUNDARY = re.compile(rb'boundary="([^"]+)"')


def plants(key: str) -> range:
    """One number for each plant of a scenario."""
    return range(BY_KEY[key].plants)


def twins(key: str) -> range:
    """One number for each twin."""
    return range(next(twin.plants for twin in TWINS if twin.key == key))


def writer(post: Post, *, language: str = "", clients: Sequence[Client] = (), carrier: str = "") -> Person:
    """A correspondent whose domain's key is at hand."""
    fit = [
        one
        for one in post.town.known
        if one.host not in ODD
        and (not language or one.language == language)
        and (not clients or one.client in clients)
        and (not carrier or one.host.carrier == carrier)
    ]
    return post.rng.choice(fit)


def of(post: Post, host: Host) -> Person:
    """Somebody of a host."""
    group = (*post.town.known, *post.town.lost, *post.town.unsigned)
    return post.rng.choice([one for one in group if one.host == host])


def unsigned(post: Post, clients: Sequence[Client] = ()) -> Person:
    """A correspondent whose domain never signs."""
    return post.rng.choice([one for one in post.town.unsigned if not clients or one.client in clients])


def colleagues(post: Post, count: int = 2) -> list[Person]:
    """Owners of one house, whose boxes hold copies of the same mail."""
    return post.rng.sample([one for one in post.town.owners if one.host == hosts.RIVAGE], count)


def owner(post: Post) -> Person:
    """Any owner."""
    return post.rng.choice(post.town.owners)


def arrive(post: Post, sender: Person, to: Sequence[Person], kind: Kind | None = None) -> tuple[Sent, list[Stored]]:
    """A first mail to owners, and its copies as they lie in their boxes."""
    sent = post.send(post.draft(sender, to, kind=kind), keep=False)
    return sent, post.copies(sent)


def bare(mail: Mail) -> Mail:
    """The mail without any signature."""
    kept = tuple(field for field in mail.fields if b"dkim-signature:" not in field[:30].lower())
    return replace(mail, fields=kept)


def above(mail: Mail, *fields: bytes) -> Mail:
    """The mail with fields above its own and below the trace fields of the last server."""
    at = next((n for n, old in enumerate(mail.fields) if old.lower().startswith((b"dkim-signature:", b"from:"))), 0)
    return replace(mail, fields=(*mail.fields[:at], *fields, *mail.fields[at:]))


def with_file(mail: Mail, attachment: Attachment) -> Mail:
    """The mail with one attachment more: as the last part of a mixed mail, else around the whole."""
    entity = file_entity(attachment)
    found = _BOUNDARY.search(mail.get("Content-Type"))
    if found and mail.get("Content-Type").lower().startswith(b"multipart/mixed"):
        edge = b"--" + found[1]
        end = mail.body.rindex(edge + b"--")
        return Mail(mail.fields, mail.body[:end] + edge + b"\r\n" + entity + b"\r\n" + mail.body[end:])
    outer = hashlib.sha256(mail.body).hexdigest()[:24].encode()
    encoding = mail.get("Content-Transfer-Encoding")
    inner = b"Content-Type: " + mail.get("Content-Type") + b"\r\n"
    inner += b"Content-Transfer-Encoding: " + encoding + b"\r\n" if encoding else b""
    parts = (inner + b"\r\n" + mail.body, entity)
    body = b"".join(b"--" + outer + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + outer + b"--\r\n"
    changed = mail.swap("Content-Type", b'multipart/mixed; boundary="' + outer + b'"')
    fields = tuple(old for old in changed.fields if not old.lower().startswith(b"content-transfer-encoding:"))
    return Mail(fields, body)


def rehashed(mail: Mail) -> Mail:
    """The mail with bh= of each signature made to fit its body; the signatures themselves no longer do."""
    fields = []
    for field in mail.fields:
        if field.lower().startswith((b"dkim-signature:", b"x-google-dkim-signature:")):
            way = field.split(b"c=", 1)[1].split(b";", 1)[0].decode().strip().split("/")[1]
            digest = base64.b64encode(hashlib.sha256(canonical_body(mail.body, way)).digest())
            field = _BH.sub(lambda found, digest=digest: found[1] + digest, field)  # type: ignore[misc]
        fields.append(field)
    return Mail(tuple(fields), mail.body)


def one_digit(post: Post, figure: str) -> str:
    """A figure with its first digit exchanged."""
    at = next(n for n, char in enumerate(figure) if char.isdigit())
    other = post.rng.choice([digit for digit in "123456789" if digit != figure[at]])
    return figure[:at] + other + figure[at + 1 :]
