"""Innocent twins: what servers, lists, gateways and people do to mail every day (§5, scenarios 31 to 33)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from crible.demo.cast import ANTOINE, CAMILLE, HELENE, JULIEN, KARIM, MONESTIER_P, NADIA, PAULINE, REMI, Person
from crible.demo.compose import Attachment, Draft, Mail, compose, paris, render
from crible.demo.post import Letter, Post, answer_fields, quoted, sign
from crible.demo.story.papers import paper
from crible.demo.tamper.deed import Deed, above, innocent

DISCLAIMER = (
    "\nCe message et ses pièces jointes sont destinés à leurs seuls destinataires.\n"
    "Si vous l'avez reçu par erreur, merci de le détruire et d'en avertir l'expéditeur.\n"
)
BANNER = "[Message venu de l'extérieur : prudence avec les liens et les pièces jointes.]\n\n"
SCANNED = b"\r\n-- \r\nMessage analyse par la passerelle Vigie, aucun virus detecte.\r\n"


def play(post: Post) -> list[Deed]:
    """Do what is done every day, and name the twins that the story already holds."""
    return [
        *disclaimers(post),
        *on_the_way(post),
        *forwards(post),
        *answers(post),
        *delays(post),
        *as_they_are(post),
    ]


def disclaimers(post: Post) -> list[Deed]:
    """The sending gateway appends a disclaimer before it signs; the author's own copy has none."""
    deeds = []
    sender = replace(HELENE, html=False, wrap=74)
    for number, (subject, text) in enumerate(
        (
            (
                "Chèques de la semaine",
                "Camille, trois chèques à signer demain, 1 240 € en tout. Ils sont dans la pochette bleue.",
            ),
            (
                "Assurance du local",
                "L'assurance du local court jusqu'au 31 mai, j'ai l'attestation, 118 € pour l'année.",
            ),
            ("Parapheur", "Le parapheur est sur ta table. Il y a deux conventions et la réponse à la banque."),
            ("Clé du coffre", "La clé du coffre est chez moi ce week-end, appelle si tu en as besoin."),
        )
    ):
        at = paris(2017, 3, 2 + 6 * number, 17, 12 + number)
        written = Draft(f"pochette.{number}", sender, (CAMILLE,), subject, at, render(text, sender))
        post.send(replace(written, text=written.text + DISCLAIMER), keep=False)
        own = post.store(written, "tresorerie", compose(written), at, own=True)
        deeds.append(innocent("sent-copy-edited", "gateway-disclaimer", own, "disclaimer in the signed copy only"))
    own = post.find("salle.1", "tresorerie")
    own.mail = compose(replace(own.draft, encoding="base64"))
    return [*deeds, innocent("sent-copy-edited", "other-encoding", own, "quoted-printable → base64")]


def on_the_way(post: Post) -> list[Deed]:
    """A banner from the receiving gateway, a scanner's line behind l=, fields folded anew, one mail in two boxes."""
    banners = [_with_banner(_copied_report(post, who)) for who in (KARIM, REMI)]
    others = [post.find(letter.tag, "terrain") for letter in banners]
    scanned = post.find("congres.2", "terrain")
    scanned.mail = Mail(scanned.mail.fields, scanned.mail.body + SCANNED)
    folded = post.find("photos.0", "terrain")
    folded.mail = folded.mail.swap("To", folded.mail.get("To").replace(b",\r\n ", b",\r\n\t  "))
    folded.mail = folded.mail.swap("Subject", folded.mail.get("Subject").replace(b" =?", b"\r\n\t=?"))
    resent = post.find("maison.3", "direction")
    resent.mail = above(resent.mail, b"Resent-From: Camille Rochebrune <camille.rochebrune@horizon2017.example>\r\n")
    resent.mail = above(resent.mail, b"Resent-To: Nadia Amsellem <nadia.amsellem@horizon2017.example>\r\n")
    first = post.find("pot.0", "direction")
    twice = post.store(first.draft, "terrain", first.mail, first.at + timedelta(minutes=1))
    return [
        *(innocent("signed-edited", "gateway-banner", letter, "a line on top") for letter in banners),
        *(innocent("signed-edited-with-copy", "beside-a-banner", letter, "as it arrived") for letter in others),
        innocent("length-appended", "scanner-footer", scanned, "a scanner's footer behind l="),
        innocent("second-subject", "folded-anew", folded, "To and Subject folded anew"),
        innocent("second-from", "resent", resent, "Resent-From on top"),
        innocent("signed-edited-with-copy", "same-in-two-boxes", twice, "the same bytes in two boxes"),
    ]


def forwards(post: Post) -> list[Deed]:
    """A mail forwarded as an attachment, with a paper added; an invoice passed on."""
    source = post.find("convention.1", "terrain").draft
    original = sign_alone(post, post.find("liste.3", "terrain").draft)
    text = render("Camille, voici la convention et le mail de la liste dont je te parlais.", NADIA)
    forward = Draft(
        "transfert.0",
        NADIA,
        (CAMILLE,),
        "Fwd: Prêt de sono",
        source.at + timedelta(days=30),
        text,
        attachments=(
            Attachment("sono.eml", "message/rfc822", original.raw),
            Attachment("convention-local.docx", *paper("convention-local.docx", source.at)),
        ),
    )
    post.send(forward)
    bill = post.find("facture.8", "tresorerie").draft
    note = render("Bonjour, la facture du mois pour vos dossiers.", HELENE)
    passed = Draft(
        "transfert.1",
        HELENE,
        (MONESTIER_P,),
        f"TR: {bill.subject}",
        bill.at + timedelta(days=1),
        note,
        (CAMILLE,),
        attachments=bill.attachments,
    )
    post.send(passed)
    return [
        innocent("part-added", "forwarded-with-paper", post.find("transfert.0", "direction"), "a forward"),
        innocent("attachment-swapped", "passed-on", post.find("transfert.1", "direction"), "an invoice passed on"),
    ]


def answers(post: Post) -> list[Deed]:
    """A signed reply that quotes only a part, wrapped anew by another program."""
    original = post.find("eau.0", "presse")
    answer, references = answer_fields(original.draft)
    lines = [line for line in quoted(original.draft, "french").split("\n") if line]
    cut = "\n".join(
        (lines[0], "> [...]", "> " + " ".join(line[2:] for line in lines[2:] if line[2:])[:170].rsplit(" ", 1)[0])
    )
    text = render("Je garde le chiffre des fuites pour demain matin.", JULIEN, block=False) + f"\n{cut}\n"
    at = original.draft.at + timedelta(hours=13)
    post.send(
        Draft(
            "eau.3", JULIEN, (ANTOINE,), "Re: Note eau, version courte", at, text, answers=answer, references=references
        )
    )
    whole = post.find("fatigue.2", "terrain")
    return [
        innocent("quote-differs", "quoted-in-part", original, "quoted in part, wrapped anew"),
        innocent("quote-invented", "quoted-whole", whole, "an unsigned reply that quotes rightly"),
    ]


def delays(post: Post) -> list[Deed]:
    """The server's queue held the mail for twenty minutes before it was signed."""
    text = render("Je suis dans le tunnel, la 4G revient par moments. On décale à 18 h 45 ?", PAULINE)
    draft = Draft("tunnel.0", PAULINE, (CAMILLE, NADIA), "Décalage", paris(2017, 4, 8, 17, 52, 9), text)
    post.send(draft, wait=20 * 60)
    return [innocent("backdated", "queued", post.find("tunnel.0", box), "20 min") for box in ("direction", "terrain")]


def as_they_are(post: Post) -> list[Deed]:
    """Twins that the story holds anyway."""
    named: Sequence[tuple[str, str, str, str]] = (
        ("signed-edited", "list-footer", "liste.1", "terrain"),
        ("signed-edited", "list-footer", "liste.3", "conseil"),
        ("signed-edited", "from-quoted", "briefing.2", "direction"),
        ("stripped", "unsigned-house", "cuisine.0", "tresorerie"),
        ("stripped", "unsigned-house", "comptes.2", "tresorerie"),
        ("re-signed", "key-lost", "goodies.2", "presse"),
        ("re-signed", "key-lost", "clip.0", "direction"),
        ("second-subject", "oversigned", "rapport.2.Clairmont", "terrain"),
        ("length-appended", "nothing-behind", "location.1", "tresorerie"),
        ("boundary-swapped", "content-type-unsigned", "photos.0", "presse"),
        ("look-alike", "printers-group", "commande.3", "terrain"),
        ("look-alike", "printers-group", "commande.10", "tresorerie"),
        ("display-name", "private-address", "maison.0", "direction"),
        ("display-name", "private-address", "maison.5", "direction"),
        ("html-differs", "newsletter", "capitole.3.julien", "presse"),
        ("html-differs", "newsletter", "capitole.8.antoine", "conseil"),
        ("short-key", "statement", "releve.2", "tresorerie"),
        ("added-signature", "sent-by-a-service", "capitole.8.camille", "direction"),
        ("added-signature", "sent-by-a-service", "capitole.6.julien", "presse"),
        ("from-swapped", "list-in-from", "liste.8", "terrain"),
        ("from-swapped", "list-in-from", "liste.9", "conseil"),
        ("box-inserted", "grocer", "epicerie.1", "conseil"),
        ("box-inserted", "ticket", "billet.4", _box_of(post, "billet.4")),
        ("sent-copy-edited", "untouched", "budget.2", "tresorerie"),
    )
    return [innocent(kind, case, post.find(tag, box), "as it arrived") for kind, case, tag, box in named]


def sign_alone(post: Post, draft: Draft) -> Mail:
    """A mail as its author's server sent it, before any list."""
    mail = compose(draft)
    house = draft.sender.house
    return mail.on_top(sign(mail, house, post.seed, int(draft.at.timestamp()) + 3)) if house.selector else mail


def _copied_report(post: Post, who: Person) -> Letter:
    return next(
        letter
        for letter in post.letters
        if letter.box == "direction" and letter.tag.startswith("rapport.") and letter.draft.sender is who
    )


def _with_banner(letter: Letter) -> Letter:
    letter.mail = Mail(letter.mail.fields, compose(replace(letter.draft, text=BANNER + letter.draft.text)).body)
    return letter


def _box_of(post: Post, tag: str) -> str:
    return next(letter.box for letter in post.letters if letter.tag == tag)
