"""Text documents: another's name, a name put in, dates that cannot be, an account exchanged (21, 25, 35 to 37)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from crible.demo.compose import Attachment
from crible.demo.forgeries import papers, prose
from crible.demo.forgeries.files.word import MIME, descent, word
from crible.demo.forgeries.moments import BEGIN, DAYS
from crible.demo.forgeries.people import Person
from crible.demo.forgeries.post import Altered, Post
from crible.demo.forgeries.scenarios.common import arrive, colleagues, owner, plants, twins, unsigned, writer
from crible.demo.forgeries.scenarios.loose import carry, lay, lay_twin, letter
from crible.demo.vessels import zip_of

CLAIMED = BEGIN + timedelta(days=DAYS + 30)
"""Nothing is later, say those who published the dump."""
WEIGHTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def play(post: Post) -> None:
    """Lay out documents."""
    for scene in (_authors, _names, _late, _unclocked, _zipped, _accounts, _exchanged, *INNOCENT):
        scene(post)


def _authors(post: Post) -> None:
    """The house's template, filled with what somebody would have us read, another's name typed into its properties."""
    life = descent(post.rng)
    for number in plants("docx-author-changed"):
        author, at = colleagues(post, 1)[0], post.moment()
        props = papers.props(author, at, title="Note confidentielle")
        data = word(["Note confidentielle", *_said(post, at)], props, life, "7-zip")
        lay(post, "docx-author-changed", f"note-confidentielle-{number}.docx", data, f"→ {author.name}")


def _names(post: Post) -> None:
    """A list that a signed mail carries, with a name more, typed in a session of its own."""
    for number in plants("names-added"):
        draft, life = letter(post), descent(post.rng)
        people, head = _people(post), f"Liste des bénévoles présents le {draft.at:%d/%m/%Y}"
        props, name = papers.props(draft.sender, draft.at, title="Liste"), f"liste-{draft.at:%Y%m%d}-{number}.docx"
        carry(post, draft, Attachment(name, MIME, word([head, *people], props, life)))
        later = life.later(post.rng)
        fresh = next(one for one in later.sessions if one not in life.sessions)
        more: list[str | tuple[str, str]] = [head, *people]
        more.insert(5, ("Aurélien Vasseur-Thil, 80 heures", fresh))
        saved = replace(props, saved=draft.at + timedelta(days=12), revision=props.revision + 1)
        lay(post, "names-added", name, word(more, saved, later), "→ Aurélien Vasseur-Thil")


def _late(post: Post) -> None:
    """A signed mail carries bytes that were saved later, by their own word: one of two clocks is wrong.

    The bytes are proven all the same, and no grade says who set a clock.
    """
    for number in plants("docx-later-than-mail"):
        draft = letter(post, writer(post, language="fr", carrier="exim"))
        data = _amendment(post, draft.sender, draft.at, draft.at + timedelta(days=20))
        name = f"avenant-{draft.at:%Y%m%d}-{number}.docx"
        carry(post, draft, Attachment(name, MIME, data))
        lay(post, "docx-later-than-mail", name, data, "saved 20 days after the mail", Altered("hand"))


def _unclocked(post: Post) -> None:
    """The same where no signer has a clock: a signature without t=, an attachment exchanged in unsigned mail."""
    for number in plants("docx-later-unclocked"):
        if number % 2:
            draft = letter(post, writer(post, language="fr", carrier="google"))
            data = _amendment(post, draft.sender, draft.at, draft.at + timedelta(days=20))
            name = f"convention-{draft.at:%Y%m%d}-{number}.docx"
            carry(post, draft, Attachment(name, MIME, data))
            lay(post, "docx-later-unclocked", name, data, "saved 20 days after the mail", Altered("hand"))
            continue
        sent, (mine,) = arrive(post, unsigned(post), [owner(post)])
        draft = sent.draft
        data = _amendment(post, draft.sender, draft.at, draft.at + timedelta(days=20))
        paper = Attachment(f"accord-{number}.docx", MIME, data)
        before = post.reword(mine, replace(draft, attachments=(paper,)))
        post.plant("docx-later-unclocked", mine, f"→ {paper.name}", Altered("words"), before=before, inside=(data,))


def _zipped(post: Post) -> None:
    """Written after all that the dump is said to hold, in an archive whose entries tell no time."""
    for number in plants("dates-reset-in-zip"):
        author, at = colleagues(post, 1)[0], CLAIMED + timedelta(days=120 + number)
        data = word(
            ["Compte rendu", *_said(post, at)], papers.props(author, at, title="Compte rendu"), descent(post.rng)
        )
        archive = zip_of({"compte-rendu.docx": data}, (1980, 1, 1, 0, 0, 0))
        lay(post, "dates-reset-in-zip", f"archives-{number}.zip", archive, f"saved {at:%Y-%m-%d}", inside=data)


def _accounts(post: Post) -> None:
    """A Cyrillic letter in the country code, or a space without width between the figures."""
    for number in plants("iban-look-alike"):
        author, at, account = colleagues(post, 1)[0], post.moment(), _iban(post)
        fresh = account.replace("F", "\u0424", 1) if number % 2 else account.replace("R", "\u042f", 1)
        data = _details(post, author, at, fresh)
        lay(post, "iban-look-alike", f"coordonnees-{number}.docx", data, "a letter of another alphabet")
    for number in plants("iban-unseen"):
        author, at, account = colleagues(post, 1)[0], post.moment(), _iban(post)
        data = _details(post, author, at, account[:7] + "\u200b" + account[7:])
        lay(post, "iban-unseen", f"virement-{number}.docx", data, "a space without width")


def _exchanged(post: Post) -> None:
    """An account number in the place of another, and nothing in the dump that has the former one."""
    for number in plants("iban-exchanged"):
        author, at = colleagues(post, 1)[0], post.moment()
        lay(post, "iban-exchanged", f"rib-{number}.docx", _details(post, author, at, _iban(post)), "another account")


# ---- innocent ----


def _template(post: Post) -> None:
    """Letters of several people that all began in one template of the house."""
    life = descent(post.rng)
    for number in twins("template-used"):
        author, at = colleagues(post, 1)[0], post.moment()
        props = papers.props(author, at, colleagues(post, 1)[0].name, title="Courrier")
        data = word(["Courrier", *_said(post, at)], props, life.later(post.rng, 2))
        lay_twin(post, "template-used", f"courrier-{number}.docx", data, "from the house's template")


def _gateway(post: Post) -> None:
    """Packed anew on the way by a gateway that looked for macros."""
    for number in twins("docx-packed-again"):
        author, at = writer(post, language="fr"), post.moment()
        data = word(["Compte rendu", *_said(post, at)], papers.props(author, at), descent(post.rng), "python")
        lay_twin(post, "docx-packed-again", f"recu-{number}.docx", data, "packed anew by a gateway")


def _worked_on(post: Post) -> None:
    """A document that a signed mail carries, as it stood after a month's further work."""
    for number in twins("worked-on"):
        draft, life = letter(post), descent(post.rng)
        said, props = _said(post, draft.at), papers.props(draft.sender, draft.at, title="Programme")
        carry(post, draft, Attachment(f"programme-{number}.docx", MIME, word(["Programme", *said], props, life)))
        later = replace(props, saved=draft.at + timedelta(days=30), minutes=95, revision=8)
        more = ["Programme", *said[:2], *_said(post, draft.at), *said[2:]]
        data = word(more, later, life.later(post.rng, 3))
        lay_twin(post, "worked-on", f"programme-{number}.docx", data, "worked on for another month")


def _archived(post: Post) -> None:
    """Packed by whoever leaked it, years after it was written."""
    for number in twins("archive-kept"):
        author, at = colleagues(post, 1)[0], post.moment()
        data = word(["Rapport", *_said(post, at)], papers.props(author, at, title="Rapport"), descent(post.rng))
        stamp = (CLAIMED + timedelta(days=300)).timetuple()
        archive = zip_of({f"rapport-{number}.docx": data}, stamp[:6])
        lay_twin(post, "archive-kept", f"dossier-{number}.zip", archive, "packed later, written before", data)


def _alphabets(post: Post) -> None:
    """Two alphabets, each in words of its own, and an account number with spaces that do not break."""
    for number in twins("two-alphabets"):
        author, at = colleagues(post, 1)[0], post.moment()
        account = _iban(post).replace(" ", "\u00a0")
        said = ["Contact à Kiev : Олександр Мельничук", f"IBAN : {account}", *_said(post, at)]
        data = word(["Coordonnées", *said], papers.props(author, at, title="Coordonnées"), descent(post.rng))
        lay_twin(post, "two-alphabets", f"contacts-{number}.docx", data, "two alphabets, each where it belongs")


INNOCENT = (_template, _gateway, _worked_on, _archived, _alphabets)


# ---- making ----


def _said(post: Post, at: datetime) -> list[str]:
    return [prose.fact(post.rng, "fr", at).sentence for _ in range(4)]


def _people(post: Post) -> list[str]:
    return [f"{one.name}, {post.rng.randrange(20, 90)} heures" for one in post.rng.sample(post.town.known, 9)]


def _amendment(post: Post, author: Person, at: datetime, saved: datetime) -> bytes:
    props = papers.props(author, at, saved=saved, title="Avenant")
    return word(["Avenant", *_said(post, at)], props, descent(post.rng))


def _details(post: Post, author: Person, at: datetime, account: str) -> bytes:
    said: Sequence[str] = ["Coordonnées bancaires", f"IBAN : {account}", *_said(post, at)[:2]]
    return word(said, papers.props(author, at, title="Coordonnées"), descent(post.rng))


def _iban(post: Post) -> str:
    """A number of a bank that does not exist, its check digits right (ISO 13616)."""
    inner = "99999" + "".join(str(post.rng.randrange(10)) for _ in range(18))
    spelled = "".join(str(WEIGHTS.index(c) + 10) if c in WEIGHTS else c for c in f"{inner}FR00")
    whole = f"FR{98 - int(spelled) % 97:02}{inner}"
    return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))
