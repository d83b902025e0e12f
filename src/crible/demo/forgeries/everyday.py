"""The traffic of an ordinary season, nothing altered, in the shares of `SHARES`."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import hosts, lists, papers
from crible.demo.forgeries.clients import write
from crible.demo.forgeries.draft import Draft, Sent
from crible.demo.forgeries.people import SPECIAL, Person
from crible.demo.forgeries.post import Kept, Post, Stored

SHARES: dict[Kept, float] = {"known": 0.45, "lost": 0.15, "list": 0.10, "unsigned": 0.30}
"""Provable with keys at hand; signed under keys that were lost; changed by a list; not signed."""


def play(post: Post, mails: int) -> None:
    """Post until so many mails are stored, whatever kind is short coming next."""
    events: dict[Kept, Callable[[Post], None]] = {
        "known": _known,
        "lost": _lost,
        "list": lambda post: (to_list(post), None)[1],
        "unsigned": _unsigned,
    }
    while len(post.stored) < mails:
        counts = Counter(one.kept for one in post.stored)
        short = max(SHARES, key=lambda kept: SHARES[kept] * (len(post.stored) + 1) - counts[kept])
        events[short](post)


def to_list(post: Post, footer: str = lists.FOOTER, boxes: Sequence[Person] = ()) -> list[Stored]:
    """A mail to the mailing list, as it lies in two or three of its subscribers' boxes."""
    rng = post.rng
    authors = [person for person in post.town.known if person.host not in (*SPECIAL, hosts.QUAI)]
    author = rng.choice(authors)
    draft = post.draft(author, [_LIST])
    while hosts.signer(author.host, draft.at)[0].kept != "known":
        draft = post.draft(author, [_LIST])
    sent = write(draft)
    mail = post.carried(sent)
    rewrites = rng.random() < 0.7
    changed = lists.passed_on(sent, mail, rewrites=rewrites, footer=footer)
    readers = boxes or rng.sample([owner for owner in post.town.owners if owner.host == hosts.RIVAGE], 2)
    at = draft.at + timedelta(seconds=rng.randrange(20, 400))
    return [replace_kept(post.deliver(sent, changed, reader, at)) for reader in readers]


def replace_kept(stored: Stored) -> Stored:
    """Count a stored mail among those that a list changed."""
    stored.kept = "list"
    return stored


def correspondents(post: Post, owner: Person, group: Sequence[Person]) -> list[Person]:
    """Those of a group who write to an owner: in the owner's language, but for one in eight."""
    same = [person for person in group if person.language == owner.language and person.host not in SPECIAL]
    return same if same and post.rng.random() < 0.88 else [one for one in group if one.host not in SPECIAL]


def thread(post: Post, sender: Person, owner: Person, *, keep: bool) -> Sent:
    """A mail to an owner and up to four answers, to and fro; the first one comes back."""
    rng = post.rng
    others = [one for one in post.town.owners if one.host == owner.host and one is not owner]
    cc = [rng.choice(others)] if others and rng.random() < 0.25 else []
    draft = post.draft(sender, [owner], cc=cc)
    first = post.send(replace(draft, attachments=_attachments(post, draft)), keep=keep)
    last, here = first, owner
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 3, 4))):
        there = last.draft.sender
        last = post.send(post.answer(last, here, [there]), keep=keep)
        here = there
    return first


def _known(post: Post) -> None:
    rng, town = post.rng, post.town
    owner = rng.choice(town.owners)
    chance = rng.random()
    if chance < 0.12:
        readers = rng.sample(town.owners, 3)
        for reader in readers:
            newsletter(post, reader)
    elif chance < 0.42:
        author = rng.choice([one for one in town.owners if one.host == hosts.RIVAGE])
        readers = [one for one in town.owners if one.host == hosts.RIVAGE and one is not author]
        draft = post.draft(author, rng.sample(readers, rng.choice((1, 2, 3))))
        sent = post.send(replace(draft, attachments=_attachments(post, draft)), keep=rng.random() < 0.3)
        if rng.random() < 0.5:
            answerer = sent.draft.to[0]
            post.send(post.answer(sent, answerer, [author]), keep=rng.random() < 0.3)
    else:
        thread(post, rng.choice(correspondents(post, owner, town.known)), owner, keep=rng.random() < 0.4)


def _lost(post: Post) -> None:
    rng = post.rng
    owner = rng.choice(post.town.owners)
    if rng.random() < 0.3:
        host = rng.choice((hosts.VAUCLAIR, hosts.ALIZE))
        draft = post.draft(rng.choice([one for one in post.town.known if one.host == host]), [owner])
        if hosts.signer(host, draft.at + timedelta(minutes=1))[0].kept == "lost":
            post.send(draft)
        return
    thread(post, rng.choice(correspondents(post, owner, post.town.lost)), owner, keep=rng.random() < 0.2)


def _unsigned(post: Post) -> None:
    rng, town = post.rng, post.town
    if rng.random() < 0.2:
        author, reader = rng.sample([one for one in town.owners if one.host == hosts.NORTHQUAY], 2)
        thread(post, author, reader, keep=True)
        return
    owner = rng.choice(town.owners)
    if rng.random() < 0.4:
        # Their own mail to people outside: signed only after it left, so the box holds it unsigned.
        post.send(post.draft(owner, [rng.choice(correspondents(post, owner, (*town.known, *town.unsigned)))]))
        return
    thread(post, rng.choice(correspondents(post, owner, town.unsigned)), owner, keep=True)


def newsletter(post: Post, reader: Person) -> list[Stored]:
    """An issue of the newsletter, whose plain version says less than the other."""
    draft = post.draft(post.town.letter, [reader])
    hello = draft.text.partition("\n\n")[0]
    teaser = f"{hello}\n\n{draft.fact.sentence}"
    html = draft.text + "\n\nLire en ligne | Se désabonner | Partager"
    return post.copies(post.send(replace(draft, text=teaser, html=html)))


def _attachments(post: Post, draft: Draft) -> tuple[Attachment, ...]:
    if post.rng.random() > 0.22:
        return ()
    make = post.rng.choice((papers.invoice, papers.invoice, papers.note, papers.sheet))
    return (make(post.rng, draft.sender, draft.at),)


_LIST = Person("Rivage", lists.ADDRESS, hosts.LISTE, "thunderbird", "")
