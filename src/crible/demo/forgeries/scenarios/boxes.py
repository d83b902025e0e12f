"""Mails laid into boxes, and mails taken out of them (14 to 16, 39)."""

from dataclasses import replace
from datetime import timedelta

from crible.demo.compose import Mail
from crible.demo.forgeries import clients, prose, servers
from crible.demo.forgeries.draft import Draft
from crible.demo.forgeries.hosts import CHABANEL, NORTHQUAY
from crible.demo.forgeries.people import Client
from crible.demo.forgeries.post import Altered, Post, Stored
from crible.demo.forgeries.scenarios.common import arrive, colleagues, of, owner, plants, unsigned, writer

TELLING: tuple[Client, ...] = ("gmail", "outlook", "javamail", "exchange", "gmail", "outlook")
"""Programs whose identifiers hold a moment, one for each careless plant."""


def play(post: Post) -> None:
    """Lay in, take out."""
    for scene in (_careless, _careful, _cloned, _parents, _removed):
        scene(post)


def _careless(post: Post) -> None:
    """Written months later with an ordinary program, and given the Date it should have."""
    for number in plants("append-careless"):
        program = TELLING[number]
        if program == "exchange":
            author = next(one for one in post.town.owners if one.host == NORTHQUAY)
        elif program == "gmail":
            author = next(one for one in post.town.owners if one.client == "gmail")
        else:
            author = of(post, CHABANEL) if program == "javamail" else unsigned(post, ("outlook",))
        reader = writer(post) if author.box else owner(post)
        draft = post.draft(author, [reader], kind="amount", client=program)
        forged = replace(draft, written=draft.at + timedelta(days=120 + 20 * number, hours=3))
        _lay(post, "append-careless", forged)


def _careful(post: Post) -> None:
    for number in plants("append-careful"):
        author = owner(post) if number % 2 else unsigned(post)
        reader = writer(post, language=author.language) if author.box else owner(post)
        _lay(post, "append-careful", post.draft(author, [reader], kind="amount"))


def _lay(post: Post, key: str, draft: Draft) -> None:
    """As the author's own copy; where the author has no box, as it would have come over servers that sign nothing."""
    sent = clients.write(draft)
    if draft.sender.box:
        mine = post.store(draft.sender.box, draft.at, sent.mail, sent, "unsigned", own=True)
    else:
        mine = post.deliver(sent, servers.submitted(sent, draft.at), draft.to[0], draft.at + timedelta(seconds=5))
    post.plant(key, mine, draft.fact.sentence, Altered("all"))


def _cloned(post: Post) -> None:
    """Every field of a real mail but Date and Subject, over a text of the forger's."""
    for number in plants("cloned-headers"):
        program: tuple[Client, ...] = (("gmail",), ("outlook",), ("gmail", "outlook"))[number % 3]
        sent, (real,) = arrive(post, writer(post, clients=program), [owner(post)])
        draft = sent.draft
        at = draft.at + timedelta(days=30 + number)
        written = prose.write(post.rng, draft.sender.language, at, draft.to[0].first, "amount")
        forged = replace(draft, at=at, subject=written.subject, text=written.text, fact=written.fact)
        fresh = clients.write(forged).mail
        mail = real.mail.swap("Date", fresh.get("Date")).swap("Subject", fresh.get("Subject"))
        # Written at the real mail's moment, so that its boundaries are those that the cloned Content-Type names.
        mail = Mail(mail.fields, clients.content(replace(forged, at=draft.at))[1])
        mine = Stored(real.box, at + timedelta(seconds=9), mail, sent, real.kept)
        post.stored.append(mine)
        post.plant("cloned-headers", mine, written.fact.sentence, Altered("all"))
        post.stands_by(real)


def _parents(post: Post) -> None:
    """A real reply, which quotes nothing, answers a mail that is not in the dump: the forger writes that mail."""
    for key, careless in (("invented-parent-careless", True), ("invented-parent-careful", False)):
        for number in plants(key):
            author = colleagues(post, 1)[0]
            there = writer(post, language="fr", clients=("outlook",) if careless and number % 2 else ())
            real = clients.write(post.draft(author, [there]))
            answer = post.send(replace(post.answer(real, there, [author]), quoting="none"), keep=False)
            told = prose.write(post.rng, "fr", real.draft.at, there.first, "amount")
            at = answer.draft.at + timedelta(hours=30) if careless else real.draft.at
            draft = replace(real.draft, at=at, text=told.text, fact=told.fact)
            invented = clients.write(draft)
            mail = invented.mail.swap("Message-ID", real.message_id.encode())
            mine = post.store(author.box, at, mail, replace(invented, message_id=real.message_id), "unsigned", own=True)
            post.plant(key, mine, told.fact.sentence, Altered("all"))
            post.stands_by(*post.copies(answer))


def _removed(post: Post) -> None:
    """The first mail of a thread is gone from every box; what answers it is not."""
    for _ in plants("mail-removed"):
        author, reader = writer(post, language="fr"), colleagues(post, 1)[0]
        gone = clients.write(post.draft(author, [reader]))
        first = post.send(replace(post.answer(gone, reader, [author]), quoting="none"))
        post.send(replace(post.answer(first, author, [reader]), quoting="none"), keep=False)
        absent = Stored(reader.box, gone.draft.at, gone.mail, gone, "known")
        what = f"{gone.message_id} removed from {reader.box}"
        post.plant("mail-removed", absent, what, Altered("absence", gone.message_id))
