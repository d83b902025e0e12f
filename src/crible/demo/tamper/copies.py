"""One copy of a message altered while another, signed, tells otherwise (evidence.md §5, scenarios 1, 2, 17, 18)."""

from dataclasses import replace

from crible.demo.compose import Attachment, Mail, compose
from crible.demo.paper.docx import docx
from crible.demo.paper.ooxml import Origin
from crible.demo.post import Letter, Post
from crible.demo.story.papers import LACOMBE, TEXTS, Bill, bill_pdf
from crible.demo.tamper.deed import Deed, edit


def play(post: Post) -> list[Deed]:
    """Alter copies."""
    return [*sent_copies(post), *signed_with_copy(post), *attachments(post), *quotes(post)]


def sent_copies(post: Post) -> list[Deed]:
    """The author's unsigned copy says something else than what was signed and received."""
    edits = (
        ("number", "salle.0", "direction", "4 800 €", "14 800 €"),
        ("negation", "silence.0", "direction", "Nous ne communiquerons pas sur", "Nous communiquerons sur"),
        ("date", "plateau.0", "presse", "jeudi 6 avril", "jeudi 13 avril"),
    )
    return [
        Deed("sent-copy-edited", case, letter, edit(letter, old, new), "contradicted")
        for case, tag, box, old, new in edits
        for letter in [post.find(tag, box)]
    ]


def signed_with_copy(post: Post) -> list[Deed]:
    """A received mail altered under its signature, while another box holds it untouched."""
    edits = (
        ("rate", "papier.0", "direction", "4,5 %", "14,5 %"),
        ("number", "trains.0", "presse", "2,4 fois", "4,2 fois"),
    )
    return [
        Deed("signed-edited-with-copy", case, letter, edit(letter, old, new), "contradicted")
        for case, tag, box, old, new in edits
        for letter in [post.find(tag, box)]
    ]


def attachments(post: Post) -> list[Deed]:
    """The text is untouched, the attachment is another; the other box has the original."""
    contract = post.find("professions.0", "direction")
    author, title, text = TEXTS["contrat-professions.docx"]
    origin = Origin(title, author, author, "2017-03-19T06:40:00Z", "2017-03-22T07:40:00Z")
    swapped = docx([title, *text.replace("412 000", "612 000").split("\n")], origin)
    slip = post.find("depot.0", "direction")
    bill = Bill(*LACOMBE, "Bon de livraison 221", (("83 palettes, dépôt de Clairmont", 0.0),))
    return [
        _swap(contract, swapped, "412 000 → 612 000", "contract"),
        _swap(slip, bill_pdf(bill, slip.draft.at), "38 palettes → 83 palettes", "delivery-slip"),
    ]


def quotes(post: Post) -> list[Deed]:
    """An unsigned mail against the reply that quotes it: first the original is altered, then a quote."""
    rate, goal = post.find("bareme.0", "tresorerie"), post.find("objectif.0", "direction")
    reply = post.find("fusion.1", "terrain")
    return [
        Deed("quote-differs", "number", rate, edit(rate, "0,32 €", "0,52 €"), "questioned"),
        Deed("quote-differs", "number", goal, edit(goal, "62 000 €", "26 000 €"), "questioned"),
        # The reply is unsigned: what it quotes wrongly is known only to who compares it with the signed original.
        Deed("quote-invented", "unsigned-reply", reply, edit(reply, "212 personnes", "2 120 personnes")),
    ]


def _swap(letter: Letter, data: bytes, what: str, case: str) -> Deed:
    old = letter.draft.attachments[0]
    draft = replace(letter.draft, attachments=(Attachment(old.name, old.mime, data),))
    letter.mail = Mail(letter.mail.fields, compose(draft).body)
    return Deed("attachment-swapped", case, letter, what, "contradicted")
