"""Header fields added, exchanged or typed wrong over a genuine body (§5, scenarios 8, 12, 13)."""

from dataclasses import replace
from datetime import timedelta

from crible.demo.cast import KARIM, REMI, Person
from crible.demo.compose import address_list, words
from crible.demo.planted import Expect
from crible.demo.post import Post
from crible.demo.tamper.deed import Deed, above


def play(post: Post) -> list[Deed]:
    """Alter headers."""
    return [*subjects(post), *senders(post), *exchanged(post), *backdated(post)]


def subjects(post: Post) -> list[Deed]:
    """A second Subject on top: the signature still verifies, most programs show the upper one."""
    deeds = []
    for tag, box, subject in (
        ("agenda.0", "presse", "Agenda : on annule Nîmelle, trop hostile"),
        ("relance.0", "tresorerie", "Dernier avis avant poursuites"),
    ):
        letter = post.find(tag, box)
        letter.mail = above(letter.mail, f"Subject: {words(subject, 'Subject')}\r\n".encode())
        what = f"{letter.draft.subject} → {subject}"
        deeds.append(Deed("second-subject", "on-top", letter, what, "questioned", "subject"))
    return deeds


def senders(post: Post) -> list[Deed]:
    """A second From on top; the second signer names From once more than it stands, so that its signature fails."""
    deeds = []
    mails: tuple[tuple[str, str, Person, Expect], ...] = (
        ("dons.0", "terrain", KARIM, "questioned"),
        ("third.0", "direction", REMI, "not-vouched"),
    )
    for tag, box, person, expect in mails:
        letter = post.find(tag, box)
        letter.mail = above(letter.mail, f"From: {address_list([person])}\r\n".encode())
        what = f"{letter.draft.sender.address} → {person.address}"
        deeds.append(Deed("second-from", "on-top", letter, what, expect, "from"))
    return deeds


def exchanged(post: Post) -> list[Deed]:
    """Another author in From, the real one in Reply-To, as lists write it; but no list passed it on."""
    deeds = []
    for tag, person in (("fichiers.0", KARIM), ("doute.0", REMI)):
        letter = post.find(tag, "terrain")
        original = address_list([letter.draft.sender])
        mail = letter.mail.swap("From", address_list([person]).encode())
        letter.mail = replace(mail, fields=(*mail.fields, f"Reply-To: {original}\r\n".encode()))
        what = f"{letter.draft.sender.address} → {person.address}"
        deeds.append(Deed("from-swapped", "reply-to-true", letter, what, altered="from"))
    return deeds


def backdated(post: Post) -> list[Deed]:
    """The account's holder, or who had the password, typed a date a year back; the server's t= says when it was."""
    deeds = []
    for tag in ("note.0", "relais.0"):
        letter = post.find(tag, "conseil")
        post.letters.remove(letter)
        real = letter.draft.at
        draft = replace(letter.draft, at=real - timedelta(days=365))
        post.send(draft, keep=False, wait=365 * 86400 + 5)
        what = f"{real:%Y-%m-%d} → {draft.at:%Y-%m-%d}"
        deed = Deed("backdated", "a-year", post.letters[-1], what, "questioned", "time", really_at=real.isoformat())
        deeds.append(deed)
    return deeds
