"""What is tried on signatures and keys (4 to 7, 34, 38, C1, C5)."""

from crible.demo.compose import Mail
from crible.demo.forgeries import hosts, servers
from crible.demo.forgeries.clients import write
from crible.demo.forgeries.hosts import Host
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Altered, Post
from crible.demo.forgeries.scenarios.common import (
    KINDS,
    arrive,
    bare,
    colleagues,
    of,
    owner,
    plants,
    rehashed,
    writer,
)


def play(post: Post) -> None:
    """Sign what was not said."""
    for scene in (_again, _invented, _weak, _poisoned, _relay, _hashes, _hostile):
        scene(post)


def _again(post: Post) -> None:
    for _ in plants("resign-known-selector"):
        _resigned(post, "resign-known-selector", writer(post, carrier=post.rng.choice(("postfix", "exim"))))
    for _ in plants("resign-lost-selector"):
        _resigned(post, "resign-lost-selector", of(post, post.rng.choice((hosts.FERRAND, hosts.MISTRAL))))


def _resigned(post: Post, key: str, sender: Person) -> None:
    draft = post.draft(sender, [owner(post)])
    fact = draft.fact
    sent = post.send(draft.altered(), keep=False, hand="forger")
    post.plant(key, post.copies(sent)[0], f"{fact.old} → {fact.new}", Altered("all"))


def _invented(post: Post) -> None:
    somebody = Person("Maxence Oudinot", f"m.oudinot@{hosts.INVENTED.domain}", hosts.INVENTED, "thunderbird", "M. O.")
    other = Person("Clara Vauzelle", f"c.vauzelle@{hosts.INVENTED.domain}", hosts.INVENTED, "roundcube", "C. V.")
    for number in plants("invented-signer-domain"):
        sent = post.send(post.draft((somebody, other)[number % 2], [owner(post)]), keep=False)
        post.plant("invented-signer-domain", post.copies(sent)[0], sent.draft.fact.sentence, Altered("all"))
    for _ in plants("invented-signer-known-domain"):
        sent = post.send(post.draft(of(post, hosts.DOUCET), [owner(post)]), keep=False, hand="forger")
        post.plant("invented-signer-known-domain", post.copies(sent)[0], sent.draft.fact.sentence, Altered("all"))


def _weak(post: Post) -> None:
    weak: tuple[tuple[str, Host], ...] = (("short-key", hosts.AUBIER), ("published-key", hosts.OUVERT))
    for key, host in weak:
        for _ in plants(key):
            _, (mine,) = arrive(post, post.town.at(host), [owner(post)])
            post.plant(key, mine, mine.sent.draft.fact.sentence, Altered("all"))
        for _ in range(4):
            arrive(post, post.town.at(host), [owner(post)])


def _poisoned(post: Post) -> None:
    for _ in plants("poisoned-key-second"):
        sent = post.send(post.draft(post.town.at(hosts.CLOCHER), [owner(post)]), keep=False, hand="poisoner")
        post.plant("poisoned-key-second", post.copies(sent)[0], sent.draft.fact.sentence, Altered("all"))
    for _ in range(4):
        arrive(post, post.town.at(hosts.CLOCHER), [owner(post)])


def _relay(post: Post) -> None:
    """Under the victim's selector stands a key of the forger's own; a relay that takes any mail signs on top."""
    for number in plants("added-signature"):
        victim = of(post, (hosts.FERRAND, hosts.MISTRAL, hosts.LUMENEO)[number % 3])
        draft = post.draft(victim, [owner(post)])
        sent = write(draft)
        mail = bare(post.carried(sent, hand="forger"))
        stamp = int(draft.at.timestamp()) + 7
        mail = mail.on_top(servers.signature(mail, victim.host.house, post.seed, stamp, "forger"))
        mail = mail.on_top(servers.signature(mail, hosts.RELAIS.house, post.seed, stamp))
        stored = post.deliver(sent, mail, draft.to[0], draft.at + servers.wait(draft), hosts.RELAIS)
        post.plant("added-signature", stored, draft.fact.sentence, Altered("origin", victim.host.domain))


def _hashes(post: Post) -> None:
    for number in plants("body-hash-edited-copy"):
        _, (mine, *others) = arrive(post, writer(post), colleagues(post), KINDS[number % 5])
        post.edit("body-hash-edited-copy", mine)
        mine.mail = rehashed(mine.mail)
        post.stands_by(*others)
    for _ in plants("body-hash-edited-alone"):
        _, (mine,) = arrive(post, writer(post), [owner(post)])
        post.edit("body-hash-edited-alone", mine)
        mine.mail = rehashed(mine.mail)


def _hostile(post: Post) -> None:
    """Many signatures, a giant tag, blanks for hungry patterns; the text below them is invented too."""
    house = hosts.FERRAND.house
    for number in plants("hostile-signatures"):
        _, (mine,) = arrive(post, of(post, hosts.FERRAND), [owner(post)])
        field = next(field for field in mine.mail.fields if field.startswith(b"DKIM-Signature"))
        bomb = (
            (field,) * 400,
            (b"DKIM-Signature: v=1; a=rsa-sha256; h=" + b"from:" * 40000 + b"; d=" + house.domain.encode() + b"\r\n",),
            (b"DKIM-Signature: v=1;" + b" \t" * 30000 + b"a=" + b"rsa-" * 9000 + b"; b=" + b"=A" * 20000 + b"\r\n",),
        )[number % 3]
        mine.mail = Mail((*bomb, *mine.mail.fields), mine.mail.body)
        post.plant("hostile-signatures", mine, "hostile fields", Altered("all"))
