"""The mail that repeats: invoices, statements, newsletters, reviews of the press, reports from the committees."""

import random
from datetime import datetime, timedelta

from crible.demo.cast import (
    ANTOINE,
    BRUNO,
    CAMILLE,
    COMMITTEES,
    ELISE_HOME,
    ENVOILIST,
    GROUP,
    HELENE,
    JULIEN,
    LETTER,
    MARC,
    MUTUELLE,
    NADIA,
    SHOP,
    TRAIN,
    Person,
)
from crible.demo.compose import Attachment, Draft, paris, render
from crible.demo.paper.png import photo
from crible.demo.post import Post, answer_fields, quoted
from crible.demo.story import phrases
from crible.demo.story.papers import CONGRES, LACOMBE, Bill, bill_pdf, euros


def play(post: Post) -> None:
    """Send every series."""
    invoices(post)
    hall_invoices(post)
    group_orders(post)
    statements(post)
    capitole(post)
    press_reviews(post)
    reports(post)
    tickets(post)
    from_home(post)
    groceries(post)


def invoices(post: Post) -> None:
    """The printer's invoices, every fortnight; every other one is acknowledged."""
    rng = _rng(post, "invoices")
    at = paris(2016, 10, 18, 9, 12)
    for number in range(14):
        amount, what = rng.randrange(180, 900) * 10 + rng.choice((0.0, 5.0, 7.5)), rng.choice(phrases.PRINTED)
        draft = invoice(number, at, amount, what)
        post.send(draft)
        if number % 2:
            _acknowledge(post, draft, rng)
        at += timedelta(days=13, minutes=rng.randrange(-50, 90))


def invoice(number: int, at: datetime, amount: float, what: str) -> Draft:
    """One invoice of the printer, with its PDF."""
    name = f"2016-{380 + 9 * number}" if at.year == 2016 else f"2017-{40 + 11 * number:04}"
    text = (
        f"Chère Madame,\nVeuillez trouver ci-joint notre facture {name} d'un montant de {euros(amount)} € hors taxes "
        f"({what}).\nNous vous remercions de votre confiance."
    )
    file = bill_pdf(Bill(*LACOMBE, f"Facture {name}", ((what.capitalize(), amount),)), at)
    attachment = Attachment(f"facture-{name}.pdf", "application/pdf", file)
    return Draft(
        f"facture.{number}", BRUNO, (HELENE,), f"Facture {name}", at, render(text, BRUNO), attachments=(attachment,)
    )


def hall_invoices(post: Post) -> None:
    """Rooms hired by the evening."""
    rng = _rng(post, "halls")
    for number in range(6):
        at = paris(2016, 11 + number, 7, 10, 30) if number < 2 else paris(2017, number - 1, 7, 10, 30 + number)
        rows = (("Location de salle, une soirée", rng.randrange(60, 180) * 10.0), ("Agent de sécurité", 240.0))
        bill = Bill(*CONGRES, f"Facture SC-{at:%m%y}-{number + 11}", rows)
        file = Attachment(f"{bill.heading.split()[1]}.pdf", "application/pdf", bill_pdf(bill, at, "Congestion 3"))
        text = f"Bonjour Madame Garrigue,\nCi-joint la facture du mois, soit {euros(bill.total)} € hors taxes."
        post.send(
            Draft(f"location.{number}", MARC, (HELENE,), bill.heading, at, render(text, MARC), attachments=(file,))
        )


def group_orders(post: Post) -> None:
    """Order confirmations of the printer's group, whose domain differs by one letter and is quite in order."""
    rng = _rng(post, "orders")
    at = paris(2016, 11, 3, 14, 5)
    for number in range(18):
        to = NADIA if number % 3 == 0 else HELENE
        count, what = rng.randrange(2, 30) * 100, rng.choice(phrases.PRINTED)
        text = (
            f"Bonjour,\nVotre commande L{5200 + number * 7} est confirmée : {count} exemplaires ({what}).\n"
            f"Expédition prévue le {at + timedelta(days=6):%d/%m/%Y}, suivi sur votre espace client."
        )
        subject = f"Confirmation de commande L{5200 + number * 7}"
        post.send(Draft(f"commande.{number}", GROUP, (to,), subject, at, render(text, GROUP)))
        at += timedelta(days=9, hours=rng.randrange(0, 4), minutes=rng.randrange(60))


def statements(post: Post) -> None:
    """A mutual insurer's statements, signed with a key that was too short even then."""
    for number, month in enumerate((11, 12, 1, 2, 3, 4)):
        at = paris(2016 if month > 10 else 2017, month, 4, 6, 0, 11)
        text = (
            f"Bonjour,\nVotre relevé de prestations n° {number + 31} est disponible. Montant remboursé : "
            f"{euros(18.4 + 7.35 * number)} €.\nCe message est envoyé automatiquement, merci de ne pas y répondre."
        )
        post.send(
            Draft(f"releve.{number}", MUTUELLE, (HELENE,), "Votre relevé est disponible", at, render(text, MUTUELLE))
        )


def capitole(post: Post) -> None:
    """A newsletter twice a week, signed by its house and by the firm that sends it; its HTML uses other words."""
    rng = _rng(post, "capitole")
    at = paris(2017, 1, 10, 7, 2)
    for number in range(29):
        issue, picks = 412 + number, rng.sample(phrases.NEWS, 4)
        link = f"https://lettre-capitole.example/n/{issue}"
        plain = f"LA LETTRE DU CAPITOLE, n° {issue}\n\n" + "\n\n".join(f"* {text}" for _, text in picks)
        plain += f"\n\nLire en ligne : {link}\nSe désabonner : {link}/sortie?u=88{number:03}\n"
        rows = "".join(f"<h2>{head}</h2>\n<p>{text}</p>\n" for head, text in picks)
        html = (
            f'<html><body style="background:#eee"><h1>La Lettre du Capitole n° {issue}</h1>\n{rows}'
            f'<p><a href="{link}">Lire la suite sur notre site</a> &middot; '
            f'<a href="{link}/sortie">Ne plus recevoir</a></p>'
            f'<img src="{link}/o.gif" width="1" height="1" alt=""></body></html>\n'
        )
        extra = (("List-Unsubscribe", f"<{link}/sortie>"), ("Precedence", "bulk"))
        people = (CAMILLE, JULIEN, ANTOINE) if number % 4 == 0 else (JULIEN,)
        for person in people:
            tag = f"capitole.{number}.{person.name.split()[0].lower()}"
            draft = Draft(
                tag, LETTER, (person,), f"La Lettre, n° {issue} : {picks[0][0]}", at, plain, html=html, extra=extra
            )
            post.send(draft, also=(ENVOILIST,), wait=9)
        at += timedelta(days=3 if number % 2 else 4, seconds=rng.randrange(50))


def press_reviews(post: Post) -> None:
    """The press officer's daily review to the whole team."""
    rng = _rng(post, "reviews")
    at = paris(2017, 2, 27, 7, 35)
    stories: list[str] = []
    for number in range(30):
        if len(stories) < 4:
            stories = rng.sample(phrases.STORIES, len(phrases.STORIES))
        outlets = rng.sample(phrases.OUTLETS, 4)
        items = "\n".join(f"- {outlet} {stories.pop()}" for outlet in outlets)
        text = f"{rng.choice(phrases.MORNINGS)}\n{items}\n{rng.choice(phrases.ADVICE)}"
        to, cc = (CAMILLE, HELENE) if number % 2 else (CAMILLE,), (NADIA, ANTOINE) if number % 3 else (NADIA,)
        draft = Draft(f"revue.{number}", JULIEN, to, f"Revue de presse du {at:%d/%m}", at, render(text, JULIEN), cc)
        post.send(draft)
        at += timedelta(days=3 if at.weekday() == 4 else 1, minutes=rng.randrange(-6, 9))


def reports(post: Post) -> None:
    """Weekly reports of the committees, some with a photo; one in four is answered."""
    rng = _rng(post, "reports")
    for week in range(8):
        for who, town in COMMITTEES:
            at = paris(2017, 2, 26, 18, 20) + timedelta(days=7 * week, minutes=rng.randrange(5, 200))
            text = "\n".join(
                (
                    rng.choice(phrases.HELLOS),
                    rng.choice(phrases.MARKETS).format(count=rng.randrange(2, 14) * 50, people=rng.randrange(4, 23)),
                    rng.choice(phrases.DOORS).format(doors=rng.randrange(30, 260), talks=rng.randrange(9, 28)),
                    rng.choice(phrases.MOODS),
                )
            )
            pictures = (_picture(f"{town}-{week}", rng),) if rng.random() < 0.2 else ()
            draft = Draft(
                f"rapport.{week}.{town}",
                who,
                (NADIA,),
                f"{town}, semaine {9 + week}",
                at,
                render(text, who),
                (CAMILLE,) if (week + len(town)) % 3 == 0 else (),
                attachments=pictures,
            )
            post.send(draft)
            if rng.random() < 0.25:
                _answer(
                    post, draft, NADIA, rng.choice(phrases.THANKS), at + timedelta(hours=13, minutes=rng.randrange(90))
                )


def tickets(post: Post) -> None:
    """Train tickets, unsigned as that house does it."""
    rng = _rng(post, "tickets")
    at = paris(2016, 12, 5, 21, 14)
    for number in range(18):
        person, town = rng.choice((CAMILLE, JULIEN, HELENE)), rng.choice(COMMITTEES)[1]
        leaves, price = at + timedelta(days=8), rng.randrange(19, 78)
        text = (
            f"Bonjour,\nVotre billet pour {town} est confirmé.\nDépart le {leaves:%d/%m/%Y} à {rng.randrange(6, 20)} h "
            f"{rng.randrange(10, 59)}, voiture {rng.randrange(1, 9)}, place {rng.randrange(11, 98)}.\n"
            f"Prix : {price},00 €."
        )
        subject = f"Votre voyage à {town} : dossier {rng.randrange(10**5, 10**6):X}"
        post.send(Draft(f"billet.{number}", TRAIN, (person,), subject, at, render(text, TRAIN)))
        at += timedelta(days=rng.randrange(4, 10), minutes=rng.randrange(-200, 120))


def from_home(post: Post) -> None:
    """The candidate writes from her own address, too."""
    for number, text in enumerate(phrases.HOME):
        at = paris(2017, 1, 9, 22, 41) + timedelta(days=13 * number, minutes=11 * number)
        post.send(
            Draft(
                f"maison.{number}", ELISE_HOME, (CAMILLE,), phrases.HOME_SUBJECTS[number], at, render(text, ELISE_HOME)
            )
        )


def groceries(post: Post) -> None:
    """A grocer's order confirmations to a private box: unsigned, harmless."""
    for number in range(4):
        at = paris(2017, 1, 14, 18, 3) + timedelta(days=26 * number, minutes=7 * number)
        text = (
            f"Bonjour Antoine,\nVotre commande {3310 + 41 * number} est prête : {phrases.BASKETS[number]}.\n"
            f"Total : {euros(21.9 + 6.4 * number)} €. À retirer avant 20 h."
        )
        post.send(
            Draft(
                f"epicerie.{number}", SHOP, (ANTOINE,), f"Commande {3310 + 41 * number} prête", at, render(text, SHOP)
            )
        )


def _acknowledge(post: Post, draft: Draft, rng: random.Random) -> None:
    _answer(post, draft, HELENE, rng.choice(phrases.RECEIVED), draft.at + timedelta(hours=rng.randrange(2, 30)))


def _answer(post: Post, parent: Draft, who: Person, text: str, at: datetime) -> None:
    answers, references = answer_fields(parent)
    body = render(text, who, block=False) + "\n" + quoted(parent, who.quoting)
    subject = f"{'RE' if who.quoting == 'outlook' else 'Re'}: {parent.subject}"
    post.send(
        Draft(f"{parent.tag}.re", who, (parent.sender,), subject, at, body, answers=answers, references=references)
    )


def _picture(name: str, rng: random.Random) -> Attachment:
    return Attachment(f"photo-{name.lower().replace(' ', '-')}.png", "image/png", photo(rng))


def _rng(post: Post, name: str) -> random.Random:
    return random.Random(f"{post.seed}|{name}")  # noqa: S311
