"""Signed mail altered where no other copy exists, and what was tried on the signature (§5, scenarios 2 to 4, 6)."""

from crible.demo.cast import HELENE, MUTUELLE, ROGUE
from crible.demo.compose import Draft, paris, render
from crible.demo.post import Letter, Post, sign
from crible.demo.tamper.deed import Deed, above, edit, unsigned


def play(post: Post) -> list[Deed]:
    """Alter signed mail."""
    return [*left(post), *stripped(post), *signed_again(post), *in_front(post), *short_key(post)]


def left(post: Post) -> list[Deed]:
    """Words altered, the signature left as it was: it fails, as it would under a list's footer."""
    price, stock = post.find("affiches.0", "tresorerie"), post.find("tracts.0", "terrain")
    return [
        Deed("signed-edited", "price", price, edit(price, "1,18 €", "1,81 €"), "questioned"),
        Deed("signed-edited", "number", stock, edit(stock, "1 400 tracts", "14 000 tracts"), "questioned"),
    ]


def stripped(post: Post) -> list[Deed]:
    """Words altered and the signature taken out: what is left looks like any unsigned mail."""
    deeds = []
    for tag, box, old, new in (
        ("prefecture.0", "terrain", "180 personnes", "1 800 personnes"),
        ("gymnase.0", "direction", "350 €", "3 500 €"),
    ):
        letter = post.find(tag, box)
        what = edit(letter, old, new)
        letter.mail = unsigned(letter.mail)
        deeds.append(Deed("stripped", "number", letter, what))
    return deeds


def signed_again(post: Post) -> list[Deed]:
    """Altered, then signed with a key of the forger's own under the real domain and selector."""
    deeds = []
    for tag, box, old, new in (
        ("enveloppe.0", "conseil", "18 500 €", "38 500 €"),
        ("question.0", "direction", "9 000 lits", "90 000 lits"),
    ):
        letter = post.find(tag, box)
        what = edit(letter, old, new)
        bare = unsigned(letter.mail)
        stamp = int(letter.draft.at.timestamp()) + 4
        house = letter.draft.sender.house
        letter.mail = above(bare, sign(bare, house, post.seed, stamp, hand="forger"))
        deeds.append(Deed("re-signed", "number", letter, what))
    return deeds


def in_front(post: Post) -> list[Deed]:
    """Altered under a genuine signature, and another domain's sound signature put in front of it."""
    letter = post.find("briefing.0", "direction")
    what = edit(letter, "7,400 euros", "74,000 euros")
    stamp = int(letter.draft.at.timestamp()) + 6
    letter.mail = above(letter.mail, sign(letter.mail, ROGUE, post.seed, stamp))
    return [Deed("added-signature", "number", letter, what)]


def short_key(post: Post) -> list[Deed]:
    """Mails that were never sent, signed with a 512-bit key that anybody could have broken by then."""
    deeds = []
    for number, amount in enumerate(("4 380,00 €", "2 912,40 €")):
        at = paris(2017, 2, 16, 6, 0, 12 + number)
        text = (
            f"Bonjour,\nVotre demande de prise en charge exceptionnelle est acceptée. Montant : {amount}.\n"
            "Ce message est envoyé automatiquement, merci de ne pas y répondre."
        )
        draft = Draft(
            f"prise-en-charge.{number}", MUTUELLE, (HELENE,), "Prise en charge acceptée", at, render(text, MUTUELLE)
        )
        deeds.append(Deed("short-key", "invented", _arrive(post, draft), f"→ {amount}"))
    return deeds


def _arrive(post: Post, draft: Draft) -> Letter:
    post.send(draft)
    return post.letters[-1]
