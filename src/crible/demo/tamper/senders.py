"""Mail whose sender is not who it seems (§5, scenarios 14, 27, 28)."""

from dataclasses import replace

from crible.demo.cast import ANTOINE, CAMILLE, ELISE, HELENE, HORIZON, JULIEN, Person
from crible.demo.compose import Draft, paris, render
from crible.demo.post import Letter, Post
from crible.demo.tamper.deed import Deed

RIB = (
    "Camille, l'imprimeur change de banque. Merci de valider le virement de 9 640 € sur le nouveau compte, "
    "je suis en réunion tout l'après-midi."
)
TABLE = "Antoine, peux-tu m'envoyer ce matin le tableau complet du chiffrage, onglets masqués compris ?"
FULL = (
    "Bonjour,\nVotre boîte a atteint 98 % de sa capacité. Confirmez votre mot de passe dans les deux heures pour "
    "éviter la suspension."
)
CONSULTANT = (
    "Hélène, réglez directement le consultant, 12 000 €, je vous donnerai la facture plus tard. "
    "N'en parlez pas à Camille."
)
INTERVIEW = "Julien, dis oui au site qui demande une interview, je leur ai déjà promis pour ce soir."


def play(post: Post) -> list[Deed]:
    """Send in another's name."""
    return [*look_alikes(post), *display_names(post), *inserted(post)]


def look_alikes(post: Post) -> list[Deed]:
    """Sound signatures of domains one character away from the campaign's own."""
    helene = replace(HELENE, address="helene.garrigue@horizom2017.example", html=False)
    support = Person("Support Horizon 2017", "support@horizon2o17.example", "Le support", wrap=0)
    mails = (
        (helene, CAMILLE, "Changement de RIB", (2017, 4, 12, 12, 51), RIB),
        (helene, ANTOINE, "Chiffrage définitif", (2017, 4, 13, 8, 14), TABLE),
        (support, JULIEN, "Votre boîte est pleine", (2017, 4, 17, 18, 35), FULL),
    )
    return [
        Deed(
            "look-alike",
            "key-known" if sender is helene else "key-unknown",
            _arrive(post, Draft(f"proche.{number}", sender, (to,), subject, paris(*at), render(text, sender))),
            f"{HORIZON.domain} → {sender.house.domain}",
            "questioned",
            "origin",
            impersonates=HORIZON.domain,
        )
        for number, (sender, to, subject, at, text) in enumerate(mails)
    ]


def display_names(post: Post) -> list[Deed]:
    """The candidate's name over a stranger's address at a free provider, soundly signed by that provider."""
    stranger = replace(ELISE, address="elise.vaucourt.campagne@courrielo.example", closing="Élise")
    mails = (
        (HELENE, "Discret", (2017, 4, 10, 20, 2), CONSULTANT),
        (JULIEN, "Interview", (2017, 4, 14, 7, 20), INTERVIEW),
    )
    return [
        Deed(
            "display-name",
            "free-provider",
            _arrive(post, Draft(f"usurpe.{number}", stranger, (to,), subject, paris(*at), render(text, stranger))),
            f"{ELISE.address} → {stranger.address}",
            altered="origin",
            impersonates=HORIZON.domain,
        )
        for number, (to, subject, at, text) in enumerate(mails)
    ]


def inserted(post: Post) -> list[Deed]:
    """Orders from a shop met nowhere else, laid into a private box; unsigned, like much that is genuine there."""
    shop = Person("Officine directe", "commandes@officine-directe.example", "L'équipe", wrap=0)
    deeds = []
    for number, (month, what) in enumerate(((1, "2 × 10 g"), (2, "10 g"), (3, "10 g"))):
        price = 90 + 95 * (number == 0)
        text = (
            f"Bonjour,\nVotre commande {88120 + 311 * number} est expédiée sous pli discret : {what}, "
            f"réglée {price},00 €."
        )
        at = paris(2017, month, 20 + number, 23, 14, 5 * number)
        draft = Draft(f"officine.{number}", shop, (ANTOINE,), "Votre commande est partie", at, render(text, shop))
        deeds.append(Deed("box-inserted", "shop", _arrive(post, draft), f"→ {what}"))
    return deeds


def _arrive(post: Post, draft: Draft) -> Letter:
    post.send(draft)
    return post.letters[-1]
