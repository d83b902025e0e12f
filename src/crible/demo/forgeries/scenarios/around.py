"""Fields, parts and recipients around text that may well be intact (8 to 11, 18, C3, C4)."""

import hashlib
from dataclasses import replace

from crible.demo.compose import Attachment, Mail
from crible.demo.forgeries import clients, everyday, hosts, lists, papers, prose
from crible.demo.forgeries.encodedwords import encoded_words
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Altered, Post, Stored
from crible.demo.forgeries.scenarios.common import (
    above,
    arrive,
    colleagues,
    of,
    owner,
    plants,
    unsigned,
    with_file,
    writer,
)


def play(post: Post) -> None:
    """Alter what stands around."""
    for scene in (_doubled, _length, _added, _boundary, _replay, _swapped, _footer, _from):
        scene(post)


def _doubled(post: Post) -> None:
    for _ in plants("second-subject"):
        _, (mine,) = arrive(post, writer(post, carrier=post.rng.choice(("google", "exim"))), [owner(post)])
        draft = mine.sent.draft
        title = prose.write(post.rng, draft.sender.language, draft.at, "").subject
        title = title if title != draft.subject else f"{title} (2)"
        mine.mail = above(mine.mail, f"Subject: {encoded_words(title, draft.program)}\r\n".encode())
        post.plant("second-subject", mine, f"{draft.subject} → {title}", Altered("field", "subject"))
    for _ in plants("second-from"):
        sender = writer(post, carrier=post.rng.choice(("google", "exim")))
        _, (mine,) = arrive(post, sender, [owner(post)])
        other = _other(post, sender)
        mine.mail = above(mine.mail, f"From: {clients.people([other], mine.sent.draft.program)}\r\n".encode())
        post.plant("second-from", mine, f"{sender.address} → {other.address}", Altered("field", "from"))


def _length(post: Post) -> None:
    for _ in plants("length-appended"):
        mine = _plain_quai(post)
        said = prose.fact(post.rng, "fr", mine.at, "amount").sentence
        before = mine.mail
        mine.mail = Mail(before.fields, before.body + f"\r\nP.-S. {said}\r\n".encode())
        post.plant("length-appended", mine, f"→ {said}", Altered("words"), before=before)


def _boundary(post: Post) -> None:
    """Content-Type is unsigned: another boundary hides the signed text and shows what stands behind l=."""
    for _ in plants("boundary-swapped"):
        mine = _plain_quai(post)
        said = prose.fact(post.rng, "fr", mine.at, "amount").sentence
        edge = hashlib.sha256(said.encode()).hexdigest()[:24]
        tail = (
            f"--{edge}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
            f"Bonjour,\r\n\r\n{said}\r\n--{edge}--\r\n"
        )
        before = mine.mail
        changed = before.swap("Content-Type", f'multipart/mixed; boundary="{edge}"'.encode())
        fields = tuple(old for old in changed.fields if not old.lower().startswith(b"content-transfer-encoding:"))
        mine.mail = Mail(fields, before.body + tail.encode())
        changes = (Altered("words"), Altered("field", "content-type"))
        post.plant("boundary-swapped", mine, f"→ {said}", *changes, before=Mail(fields, before.body))


def _plain_quai(post: Post) -> Stored:
    """A mail whose signature ends at l=, of a program that writes plain text."""
    group = [one for one in post.town.known if one.host == hosts.QUAI and one.client != "outlook"]
    _, (mine,) = arrive(post, post.rng.choice(group), [owner(post)])
    return mine


def _added(post: Post) -> None:
    for number in plants("attachment-added"):
        sender = writer(post)
        draft = post.draft(sender, [owner(post)])
        if number % 2:
            draft = replace(draft, attachments=(papers.note(post.rng, sender, draft.at),))
        sent = post.send(draft, keep=False)
        mine = post.copies(sent)[0]
        paper = papers.invoice(post.rng, sender, draft.at)
        before = mine.mail
        mine.mail = with_file(before, paper)
        what = f"→ {paper.name}"
        post.plant("attachment-added", mine, what, Altered("words"), before=before, inside=(paper.data,))


def _replay(post: Post) -> None:
    """Google's signature names Cc only where there is one: a Cc typed later breaks nothing."""
    for _ in plants("replay-recipients"):
        _, (mine,) = arrive(post, writer(post, carrier="google"), [owner(post)])
        other = _other(post, mine.sent.draft.sender)
        field = f"Cc: {clients.people([other], mine.sent.draft.program)}\r\n".encode()
        mine.mail = Mail((*mine.mail.fields, field), mine.mail.body)
        post.plant("replay-recipients", mine, f"→ {other.address}", Altered("field", "cc"))


def _swapped(post: Post) -> None:
    for _ in plants("attachment-swapped-copy"):
        mine, *others = _carrying(post, writer(post), colleagues(post))
        _swap(post, "attachment-swapped-copy", mine)
        post.stands_by(*others)
    for _ in plants("attachment-swapped-signed"):
        _swap(post, "attachment-swapped-signed", _carrying(post, writer(post), [owner(post)])[0])
    for _ in plants("attachment-swapped-unsigned"):
        _swap(post, "attachment-swapped-unsigned", _carrying(post, unsigned(post), [owner(post)])[0])


def _carrying(post: Post, sender: Person, to: list[Person]) -> list[Stored]:
    draft = post.draft(sender, to)
    paper = papers.invoice(post.rng, sender, draft.at, post.rng.randrange(20, 400) * 10)
    sent = post.send(replace(draft, attachments=(paper,)), keep=False)
    return post.copies(sent)


def _swap(post: Post, key: str, mine: Stored) -> None:
    draft = mine.sent.draft
    old = draft.attachments[0]
    fresh = papers.invoice(post.rng, draft.sender, draft.at, post.rng.randrange(500, 900) * 10)
    paper = Attachment(old.name, old.mime, fresh.data)
    before = post.reword(mine, replace(draft, attachments=(paper,)))
    post.plant(key, mine, f"{old.name} → {fresh.name}", Altered("words"), before=before, inside=(paper.data,))


def _footer(post: Post) -> None:
    """The list's own footer, and a sentence between its lines."""
    for _ in plants("footer-invented"):
        reader = colleagues(post, 1)
        said = prose.fact(post.rng, "fr", post.moment(), "amount").sentence
        rule, _, rest = lists.FOOTER.partition("\n")
        mine = everyday.to_list(post, f"{rule}\n{said}\n{rest}", reader)[0]
        post.plant("footer-invented", mine, f"→ {said}", Altered("words"), before=_shorn(mine, said))


def _shorn(mine: Stored, said: str) -> Mail:
    """The same list mail as the list would have sent it; a base64 text counts as altered from its first line on."""
    line = f"{said}\r\n".encode()
    if line in mine.mail.body:
        return Mail(mine.mail.fields, mine.mail.body.replace(line, b""))
    return Mail(mine.mail.fields, clients.content(mine.sent.draft)[1])


def _from(post: Post) -> None:
    """As lists write it, but no list passed it on."""
    for _ in plants("from-swapped-reply-to"):
        sender = writer(post)
        _, (mine,) = arrive(post, sender, [owner(post)])
        other = _other(post, sender)
        mail = mine.mail.swap("From", clients.people([other], mine.sent.draft.program).encode())
        reply_to = f"Reply-To: {clients.people([sender], sender.client)}\r\n".encode()
        mine.mail = Mail((*mail.fields, reply_to), mail.body)
        post.plant("from-swapped-reply-to", mine, f"{sender.address} → {other.address}", Altered("field", "from"))


def _other(post: Post, sender: Person) -> Person:
    group = [
        one for one in (*post.town.known, *post.town.lost) if one is not sender and one.language == sender.language
    ]
    return post.rng.choice(group) if group else of(post, hosts.DOUCET)
