"""Loose papers beside the boxes: altered invoices, and papers that only look like it (§5, scenarios 19, 20)."""

import re

from crible.demo.post import Post
from crible.demo.story.papers import CONGRES, LACOMBE, Bill, bill_pdf, euros
from crible.demo.tamper.deed import Deed, Loose, innocent

FOLDER = "pieces/comptabilite"
AMOUNT = re.compile(r"montant\s+de\s+([\d\s]+,\d\d)")


def play(post: Post) -> list[Deed]:
    """Lay papers into the folder of the accounts."""
    return [*altered(post), *genuine(post)]


def altered(post: Post) -> list[Deed]:
    """Invoices with another amount than the one attached to the signed mail."""
    deeds = []
    for tag, name in (("facture.9", "facture imprimeur mars.pdf"), ("facture.4", "facture_imprimeur_dec.pdf")):
        draft = post.find(tag, "tresorerie").draft
        amount = AMOUNT.findall(draft.text)[0]
        value = float("".join(amount.split()).replace(",", ".")) + 10000
        bill = Bill(*LACOMBE, draft.subject, (("Tracts et affiches", value),))
        data = bill_pdf(bill, draft.at, "PDF Desk Pro 11")
        deeds.append(
            Deed("loose-invoice", "amount", Loose(f"{FOLDER}/{name}", data), f"{amount} → {euros(value)}", "questioned")
        )
    return deeds


def genuine(post: Post) -> list[Deed]:
    """The same bytes as attached to a signed mail; another month of a series; a quote and its revision."""
    same = post.find("facture.8", "tresorerie").draft.attachments[0]
    month = post.find("facture.10", "tresorerie").draft.attachments[0]
    first = post.find("affiches.0", "tresorerie").draft.attachments[0]
    revised = post.find("affiches.2", "tresorerie").draft.attachments[0]
    never = Bill(*CONGRES, "Facture SC-0317-90", (("Vestiaire, une soirée", 180.0),))
    by_post = bill_pdf(never, post.find("caution.0", "tresorerie").draft.at, "Congestion 3")
    return [
        innocent("loose-invoice", "same-bytes", Loose(f"{FOLDER}/{same.name}", same.data), same.name),
        innocent("loose-invoice", "another-month", Loose(f"{FOLDER}/{month.name}", month.data), month.name),
        innocent("loose-invoice", "first-quote", Loose(f"{FOLDER}/{first.name}", first.data), first.name),
        innocent("loose-invoice", "revised-quote", Loose(f"{FOLDER}/{revised.name}", revised.data), revised.name),
        innocent("loose-invoice", "came-by-post", Loose(f"{FOLDER}/SC-0317-90.pdf", by_post), never.heading),
    ]
