"""Accounts in other hands, dates typed back, names borrowed (12, 13, 27 to 30, C6)."""

from dataclasses import replace
from datetime import timedelta

from crible.demo.forgeries import hosts
from crible.demo.forgeries.moments import BEGIN, DAYS
from crible.demo.forgeries.people import Person, ascii_name
from crible.demo.forgeries.post import Altered, Post
from crible.demo.forgeries.scenarios.common import arrive, colleagues, owner, plants, writer


def play(post: Post) -> None:
    """Write in another's name."""
    for scene in (_backdated, _held, _intruder, _alike, _named, _style, _decoy):
        scene(post)


def _backdated(post: Post) -> None:
    """The Date is typed; what servers write, and what the program writes by a clock of its own, is not."""
    for key, far in (("account-backdated", 300), ("holder-backdated", 45)):
        for number in plants(key):
            sender = writer(post, carrier="google" if number % 2 else post.rng.choice(("postfix", "exim")))
            draft = post.draft(sender, [owner(post)])
            real = draft.at
            typed = replace(draft, at=real - timedelta(days=far + 7 * number))
            if key == "account-backdated":
                typed = replace(typed, written=real)
            sent = post.send(typed, keep=False, clock=real)
            what = f"{real:%Y-%m-%d} → {typed.at:%Y-%m-%d}"
            post.plant(key, post.copies(sent)[0], what, Altered("time", real.isoformat()))


def _held(post: Post) -> None:
    for _ in plants("account-true-date"):
        _, (mine,) = arrive(post, writer(post), [owner(post)])
        post.plant("account-true-date", mine, mine.sent.draft.fact.sentence, Altered("hand"))


def _intruder(post: Post) -> None:
    """From a box of which the case says since when others had access: an earlier mail again, with another figure."""
    victim, reader = [one for one in post.town.owners if one.host == hosts.RIVAGE][1:3]
    since = BEGIN + timedelta(days=DAYS - 12)
    post.intrusion = f"{since:%Y-%m-%d}", victim.address
    for number in plants("intruder-signed"):
        early = post.draft(victim, [reader], at=since - timedelta(days=20 + number, hours=-9), kind="amount")
        first = post.send(early, keep=False)
        again = replace(early.altered(), tag=post.tag(), at=since + timedelta(days=1 + 2 * number, hours=10))
        sent = post.send(again, keep=False)
        what = f"{early.fact.old} → {early.fact.new}"
        post.plant("intruder-signed", post.copies(sent)[0], what, Altered("hand"))
        post.stands_by(*post.copies(first))


def _alike(post: Post) -> None:
    for _ in plants("look-alike-signed"):
        victim, reader = colleagues(post)
        address = victim.address.replace(hosts.RIVAGE.domain, hosts.LOOKALIKE.domain)
        double = Person(victim.name, address, hosts.LOOKALIKE, "thunderbird", victim.closing, victim.block)
        _, (mine,) = arrive(post, double, [reader], "amount")
        what = f"{victim.address} → {address}"
        post.plant("look-alike-signed", mine, what, Altered("origin", hosts.RIVAGE.domain))


def _named(post: Post) -> None:
    for number in plants("display-name"):
        victim, reader = colleagues(post)
        address = f"{ascii_name(victim.name)}.{number + 11}@{hosts.POSTELINE.domain}"
        double = Person(victim.name, address, hosts.POSTELINE, "gmail", victim.closing)
        _, (mine,) = arrive(post, double, [reader], "amount")
        what = f"{victim.address} → {address}"
        post.plant("display-name", mine, what, Altered("origin", hosts.RIVAGE.domain))


def _style(post: Post) -> None:
    """Laid in as the author's own copy, which no server ever signed."""
    for _ in plants("style-imitated"):
        author = colleagues(post, 1)[0]
        sent = post.send(post.draft(author, [writer(post, language="fr")]))
        post.plant("style-imitated", post.copies(sent)[0], sent.draft.fact.sentence, Altered("all"))


def _decoy(post: Post) -> None:
    for _ in plants("decoy"):
        author, reader = colleagues(post)
        _, (mine,) = arrive(post, author, [reader], "amount")
        post.plant("decoy", mine, mine.sent.draft.fact.sentence, Altered("truth"))
