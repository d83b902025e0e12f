"""Innocent look-alikes: what people do with mail every day (T2 to T4, T9 to T16)."""

import random
from dataclasses import replace
from datetime import timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import clients, papers, prose
from crible.demo.forgeries.draft import Sent
from crible.demo.forgeries.hosts import NORTHQUAY
from crible.demo.forgeries.post import Post
from crible.demo.forgeries.scenarios.common import arrive, colleagues, owner, twins, unsigned, writer
from crible.demo.paper.png import photo


def play(post: Post) -> None:
    """Do what people do."""
    for scene in (_quotes, _corrected, _clocks, _zones, _devices, _old_threads, _drafts, _monthly, _carried, _stamps):
        scene(post)


def _quotes(post: Post) -> None:
    """The quoter cuts, and mends spelling; no figure is touched."""
    for _ in twins("quote-shortened"):
        author, there = colleagues(post, 1)[0], writer(post, language="fr")
        sent = post.send(post.draft(author, [there]))
        lines = sent.shown.split("\n")
        kept = "\n".join((*lines[:4], "[...]")).replace(" il faut", " Il faut").replace(" ,", ",")
        answer = post.send(replace(post.answer(sent, there, [author]), quoted=kept), keep=False)
        post.twin("quote-shortened", post.copies(sent)[0], "quoted in part")
        post.twin("quote-shortened", post.copies(answer)[0], "quotes in part")


def _corrected(post: Post) -> None:
    """A second mail with another figure, minutes later; the answer quotes the second."""
    for _ in twins("figure-corrected"):
        author, there = colleagues(post, 1)[0], writer(post, language="fr")
        first = post.send(post.draft(author, [there], kind="amount"))
        draft = first.draft.altered()
        later = replace(draft, tag=post.tag(), at=draft.at + timedelta(minutes=9), subject=f"{draft.subject} (corrigé)")
        second = post.send(later)
        answer = post.send(post.answer(second, there, [author]), keep=False)
        for one in (first, second, answer):
            post.twin("figure-corrected", post.copies(one)[0], "corrected in a second mail")


def _clocks(post: Post) -> None:
    for number in twins("clock-ahead"):
        draft = post.draft(writer(post, clients=("thunderbird", "outlook", "roundcube")), [owner(post)])
        ahead = timedelta(minutes=25 + 160 * number)
        sent = post.send(replace(draft, at=draft.at + ahead), keep=False, clock=draft.at)
        post.twin("clock-ahead", post.copies(sent)[0], f"clock {ahead} ahead")
    for number in twins("sent-later"):
        draft = post.draft(writer(post, clients=("thunderbird", "outlook", "apple")), [owner(post)])
        sent = post.send(draft, keep=False, clock=draft.at + timedelta(hours=1 + 3 * number))
        post.twin("sent-later", post.copies(sent)[0], "written offline, sent later")


def _zones(post: Post) -> None:
    for number in twins("other-time-zone"):
        draft = replace(post.draft(writer(post), [owner(post)]), zone=(-5, 3, 8, -3)[number % 4])
        sent = post.send(draft, keep=False)
        post.twin("other-time-zone", post.copies(sent)[0], "travelling")


def _devices(post: Post) -> None:
    author = writer(post, clients=("thunderbird",))
    for _ in twins("new-device"):
        sent = post.send(post.draft(author, [owner(post)], client="iphone"), keep=False)
        post.twin("new-device", post.copies(sent)[0], "a telephone")


def _old_threads(post: Post) -> None:
    """An answer to a mail of years ago, which is in no box of the dump."""
    author = next(one for one in post.town.owners if one.host == NORTHQUAY)
    for number in twins("thread-years-old"):
        there = writer(post, clients=("outlook",)) if number % 2 else author
        reader = owner(post) if number % 2 else writer(post, language="en")
        old = clients.write(post.draft(reader, [there]))
        ago = replace(old.draft, at=old.draft.at - timedelta(days=900 + number), client="outlook")
        root = clients.write(ago)
        sent = post.send(post.answer(root, there, [reader], after=timedelta(days=900 + number, hours=5)))
        post.twin("thread-years-old", post.copies(sent)[0], "answers a mail of years ago")


def _drafts(post: Post) -> None:
    """An earlier state of the text was kept, under an identifier of its own."""
    for _ in twins("draft-and-sent"):
        author = colleagues(post, 1)[0]
        draft = post.draft(author, [writer(post, language="fr")])
        sent = post.send(draft)
        early = replace(draft, tag=post.tag(), at=draft.at - timedelta(minutes=50))
        early = replace(early, text=draft.text.rpartition("\n\n")[0])
        kept = clients.write(early)
        post.twin("draft-and-sent", post.store(author.box, early.at, kept.mail, kept, "unsigned", own=True), "draft")
        post.twin("draft-and-sent", post.copies(sent)[0], "sent after a draft")


def _monthly(post: Post) -> None:
    for sender in (writer(post), unsigned(post)):
        first = post.draft(sender, [owner(post)], kind="amount")
        for number in range(len(twins("monthly-template")) // 2):
            at = first.at + timedelta(days=30 * number - 90)
            fresh = prose.amount(post.rng, sender.language)[0]
            draft = replace(first.swapped(first.fact.old, fresh), tag=post.tag(), at=at)
            sent = post.send(draft, keep=False)
            post.twin("monthly-template", post.copies(sent)[0], "the same text with another figure")


def _carried(post: Post) -> None:
    """Forwarded as an attachment: the original is inside, byte for byte."""
    for _ in twins("forwarded-attached"):
        author, reader = colleagues(post)
        sender = writer(post, language="fr")
        inner, (mine,) = arrive(post, sender, [author])
        attachment = Attachment("message.eml", "message/rfc822", mine.mail.raw)
        mail = post.send(replace(post.draft(author, [reader]), attachments=(attachment,)), keep=False)
        _twin(post, "forwarded-attached", inner, mail)


def _stamps(post: Post) -> None:
    """The same picture of a stamp on several papers: an office's own, used every day."""
    picture = Attachment("cachet.png", "image/png", photo(random.Random(f"stamp{post.seed}")))  # noqa: S311
    sender = writer(post, language="fr")
    for _ in twins("electronic-stamp"):
        draft = post.draft(sender, [owner(post)])
        draft = replace(draft, attachments=(papers.invoice(post.rng, sender, draft.at), picture))
        _twin(post, "electronic-stamp", post.send(draft, keep=False))


def _twin(post: Post, key: str, *sent: Sent) -> None:
    for one in sent:
        post.twin(key, post.copies(one)[0], "as it arrived")
