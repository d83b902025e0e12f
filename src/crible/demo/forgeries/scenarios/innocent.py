"""Innocent look-alikes: what lists, servers and exports do to mail every day (31 to 33, T1, T5 to T8, T17 to T20)."""

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from crible.demo.compose import Attachment, Mail
from crible.demo.forgeries import clients, everyday, hosts, papers
from crible.demo.forgeries.post import Post, Stored
from crible.demo.forgeries.scenarios.common import arrive, colleagues, of, owner, twins, writer

DISCLAIMER = (
    "\nCe message et ses pièces jointes sont destinés à leurs seuls destinataires.\n"
    "Si vous l'avez reçu par erreur, merci de le détruire et d'en avertir l'expéditeur.\n"
)
BANNER = "[Message externe : prudence avec les liens et les pièces jointes.]\n\n"
_LINK = re.compile(r"https://[^\s<>]+")


def play(post: Post) -> None:
    """Do what is done every day."""
    for scene in (_lists, _exported, _keys, _disclaimers, _gateways, _letters, _group, _late):
        scene(post)


def _lists(post: Post) -> None:
    while len([deed for deed in post.deeds if deed.scenario == "list-broken"]) < len(twins("list-broken")):
        for one in everyday.to_list(post):
            post.twin("list-broken", one, "list")


def _exported(post: Post) -> None:
    """A mail program's archive keeps text and fields, and writes boundaries, encodings and their order anew."""
    for _ in twins("exported-again"):
        _, (mine,) = arrive(post, writer(post), [owner(post)])
        mine.mail = _reserialised(mine)
        post.twin("exported-again", mine, "written anew by an archive")


def _reserialised(mine: Stored) -> Mail:
    draft = mine.sent.draft
    other = replace(draft, client="roundcube" if draft.program in clients.HTML else "exchange", tag=f"{draft.tag}.pst")
    kind, body = clients.content(other)
    content = tuple(f"{name}: {value}\r\n".encode() for name, value in kind)
    kept = [field for field in mine.mail.fields if not field.lower().startswith(b"content-")]
    # Trace fields stay on top; the rest comes back in the archive's own order, each on one line.
    at = next(n for n, field in enumerate(kept) if field.lower().startswith(b"dkim-signature"))
    rest = sorted((re.sub(rb"\r\n[ \t]+", b" ", field) for field in kept[at:]), key=lambda field: field[:4])
    return Mail((*kept[:at], *rest, *content), body)


def _keys(post: Post) -> None:
    """The key of a rotated selector, and the former key of one made anew, are nowhere."""
    for key, host, before in (
        ("key-rotated-lost", hosts.VAUCLAIR, hosts.ROTATED),
        ("selector-regenerated", hosts.ALIZE, hosts.REGENERATED),
    ):
        for _ in twins(key):
            at = post.moment()
            while at >= before - timedelta(days=1):
                at = post.moment()
            sent = post.send(post.draft(of(post, host), [owner(post)], at=at), keep=False)
            post.twin(key, post.copies(sent)[0], "signed under the former key")


def _disclaimers(post: Post) -> None:
    """The sending gateway adds it before signing; the author's own copy never passed the gateway."""
    author, reader = colleagues(post)
    for _ in twins("disclaimer-copy"):
        draft = post.draft(author, [reader])
        post.send(replace(draft, footer=DISCLAIMER), keep=False)
        sent = clients.write(draft)
        own = post.store(author.box, draft.at, sent.mail, sent, "unsigned", own=True)
        post.twin("disclaimer-copy", own, "disclaimer in the signed copy only")


def _gateways(post: Post) -> None:
    changes: tuple[tuple[str, Callable[[Stored], Mail]], ...] = (
        ("gateway-banner", _banner),
        ("links-rewritten", _links),
        ("attachment-stripped", _stripped),
    )
    for key, change in changes:
        for _ in twins(key):
            sender = writer(post, language="fr")
            draft = post.draft(sender, colleagues(post))
            draft = replace(draft, text=f"{draft.text}\n\nhttps://{sender.host.domain}/dossier/{draft.tag}")
            paper = papers.invoice(post.rng, sender, draft.at)
            sent = post.send(replace(draft, attachments=(paper,)), keep=False)
            mine, other = post.copies(sent)
            mine.mail = change(mine)
            post.twin(key, mine, "changed by a gateway")
            post.twin(key, other, "as it arrived, beside a changed copy")


def _banner(mine: Stored) -> Mail:
    return _with_text(mine, lambda text: BANNER + text)


def _links(mine: Stored) -> Mail:
    def safe(found: re.Match[str]) -> str:
        return f"https://liens.vigie.example/?u={base64.urlsafe_b64encode(found[0].encode()).decode()}"

    return _with_text(mine, lambda text: _LINK.sub(safe, text))


def _stripped(mine: Stored) -> Mail:
    draft = mine.sent.draft
    text = "La pièce jointe a été retirée par la passerelle.\n"
    instead = tuple(
        Attachment(f"{one.name}.txt", "text/plain; charset=utf-8", text.encode()) for one in draft.attachments
    )
    return Mail(mine.mail.fields, clients.content(replace(draft, attachments=instead))[1])


def _with_text(mine: Stored, change: Callable[[str], str]) -> Mail:
    draft = mine.sent.draft
    return Mail(mine.mail.fields, clients.content(replace(draft, text=change(draft.text)))[1])


def _letters(post: Post) -> None:
    for _ in twins("newsletter-html"):
        for mine in everyday.newsletter(post, owner(post)):
            post.twin("newsletter-html", mine, "HTML says more")


def _group(post: Post) -> None:
    for _ in twins("group-domain"):
        _, (mine,) = arrive(post, of(post, hosts.DOUCETS), [owner(post)])
        post.twin("group-domain", mine, "one letter more, legitimate and frequent")
    for _ in twins("same-name-private"):
        private = next(one for one in post.town.owners if one.host == hosts.POSTELINE)
        public, reader = colleagues(post)
        home = replace(private, name=public.name, box="")
        sent = post.send(post.draft(home, [reader]), keep=False)
        post.twin("same-name-private", post.copies(sent)[0], "the same person's other address")


def _late(post: Post) -> None:
    """Hours in a queue: after signing, on the way to the box."""
    for number in twins("arrived-late"):
        sent = post.send(post.draft(writer(post), [owner(post)]), keep=False, late=timedelta(hours=3 + 3 * number))
        post.twin("arrived-late", post.copies(sent)[0], "queued on the way")
