"""The committees' mailing list: it prefixes subjects, appends a footer and, from March, writes itself into From."""

from dataclasses import replace
from datetime import timedelta

from crible.demo.cast import ANTOINE, COMMITTEES, LIST, NADIA
from crible.demo.compose import Draft, Mail, address_list, compose, paris, render, words
from crible.demo.post import Post, sign, trace

FOOTER = (
    "_______________________________________________\r\n"
    "Liste comites : comites@listes-citoyennes.example\r\n"
    "Se retirer : https://listes-citoyennes.example/comites\r\n"
)
PLAIN = tuple(who for who, _ in COMMITTEES if not who.html)
TALK = (
    (
        "Autocollants",
        "Qui a encore des autocollants ronds ? Nous on en a donné quatre cents à la kermesse et il en reste onze.",
    ),
    (
        "Covoiturage du 18 mars",
        "Je pars de chez moi à 9 h avec trois places. On peut se retrouver au rond-point de la jardinerie.",
    ),
    (
        "Modèle de procuration",
        "Le formulaire change cette année, ne distribuez plus l'ancien : la gendarmerie le refuse.",
    ),
    ("Prêt de sono", "Notre sono est libre les mardis et jeudis. Venir la chercher à deux, elle pèse 48 kg."),
    (
        "Horaires des bureaux",
        "Rappel : chez nous les bureaux ferment à 19 h, pas à 20 h. Vérifiez chez vous avant de l'imprimer.",
    ),
    (
        "Réunion des référents",
        "Je propose le 2 avril à 15 h, au local de Clairmont. Apportez vos chiffres et un gâteau.",
    ),
    (
        "Trouvé une écharpe",
        "Verte, en laine, laissée sur une chaise du gymnase. Elle a l'air tricotée par quelqu'un qui vous aime.",
    ),
    (
        "Photos du comité",
        "J'ai mis les photos dans le dossier commun. Dites-moi si l'un de vous ne veut pas y paraître.",
    ),
    ("Tenue de bureau de vote", "Il nous manque six assesseurs. Une journée longue, mais on voit tout le village."),
    ("Affiches abîmées", "J'en ai récupéré une trentaine, bonnes pour des pancartes. Ne les jetez pas."),
    (
        "Question du journal local",
        "On me demande combien nous sommes. Je réponds « assez pour coller la nuit » ou je donne un chiffre ?",
    ),
    ("Merci", "Merci à Wattrebois pour le prêt des tables. Elles sont rentrées propres."),
    ("Après le premier tour", "Quoi qu'il arrive on se retrouve lundi soir, sans ordre du jour."),
)


def play(post: Post) -> None:
    """Send the list's talk to the two boxes that subscribe."""
    at = paris(2017, 1, 21, 19, 4)
    for number, (subject, text) in enumerate(TALK):
        who = PLAIN[number % len(PLAIN)]
        draft = Draft(f"liste.{number}", who, (LIST,), subject, at, render(text, who))
        stamp = int(at.timestamp()) + 3
        mail = compose(draft)
        if who.house.selector:
            mail = mail.on_top(sign(mail, who.house, post.seed, stamp))
        passed = through_list(mail, draft, munge=at.month > 2)
        for person, box in ((NADIA, "terrain"), (ANTOINE, "conseil")):
            arrived = at + timedelta(seconds=41)
            post.store(draft, box, passed.on_top(*trace(draft, person, arrived)), arrived)
        at += timedelta(days=7, hours=number % 5, minutes=number * 3)


def through_list(mail: Mail, draft: Draft, munge: bool) -> Mail:
    """The mail as the list passes it on; `munge` puts the list into From and the author into Reply-To."""
    changed = mail.swap("Subject", words(f"[comites] {draft.subject}", "Subject").encode())
    if munge:
        via = replace(LIST, name=f"{draft.sender.name} via comites")
        changed = changed.swap("From", address_list([via]).encode())
        changed = replace(changed, fields=(*changed.fields, f"Reply-To: {address_list([draft.sender])}\r\n".encode()))
    extra = (b"List-Id: <comites.listes-citoyennes.example>\r\n", b"Precedence: list\r\n")
    return Mail((*changed.fields, *extra), changed.body + FOOTER.encode())
