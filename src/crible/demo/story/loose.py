"""Two folders of loose papers, and the page on which the dump was posted."""

import random

from crible.demo.compose import paris
from crible.demo.paper.docx import docx
from crible.demo.paper.ooxml import Origin
from crible.demo.paper.png import photo
from crible.demo.paper.xlsx import xlsx

NOTES = {
    "pieces/notes/argumentaire-energie.docx": (
        "Julien Kervadec",
        "Argumentaire énergie (version plateau)",
        "À dire : on finit les chantiers ouverts avant d'en ouvrir d'autres.\n"
        "À dire : 75 000 logements rénovés par an, c'est le rythme que les artisans tiennent.\n"
        "À ne pas dire : aucune date pour les sites anciens tant que le rapport n'est pas rendu.",
    ),
    "pieces/notes/cr-reunion-0903.docx": (
        "Nadia Amsellem",
        "Compte rendu, réunion terrain du 9 mars",
        "Présents : Camille, Nadia, Lucie, Karim, Pauline (au téléphone, entre deux trains).\n"
        "Décidé : onze cars pour le 18, point de ralliement devant la gare routière.\n"
        "À revoir : les tables pliantes. Il en manque trois, dont une qu'on ne reverra pas.",
    ),
}
PAGE = """<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>HORIZON : les boîtes</title></head>
<body>
<h1>HORIZON : les boîtes</h1>
<p class="meta">Publié le 5 mai 2017 à 18 h 35 par <b>un_passant</b> sur depot-libre.example</p>
<p>Cinq boîtes de l'équipe de campagne, quelques dossiers. Faites-en ce que vous voulez. Rien n'a été retouché.</p>
<ul>
<li>direction.mbox</li><li>tresorerie.mbox.xz</li><li>presse (dossier)</li><li>terrain.zip</li><li>conseil.tar.gz</li>
</ul>
<p>12 réponses, 4 miroirs. <a href="https://depot-libre.example/p/71848">lien permanent</a></p>
</body></html>
"""


def loose_files() -> dict[str, bytes]:
    """Path from the dump's root → bytes."""
    saved = paris(2017, 3, 10, 18, 40)
    files = {
        path: docx(
            [title, *text.split("\n")],
            Origin(title, author, author, "2017-03-09T16:00:00Z", f"{saved:%Y-%m-%dT17:40:00Z}"),
        )
        for path, (author, title, text) in NOTES.items()
    }
    rows = (
        ("Ville", "Salle", "Jauge", "Tarif"),
        ("Clairmont", "Maison du peuple", 640, 1800),
        ("Port-Lannec", "Criée couverte", 900, 950),
        ("Colmbach", "Gymnase", 520, 350),
        ("Nîmelle", "Arènes (petite)", 1200, 4100),
    )
    origin = Origin(
        "Salles repérées", "Nadia Amsellem", "Nadia Amsellem", "2016-12-02T10:00:00Z", "2017-02-03T11:20:00Z"
    )
    files["pieces/notes/salles.xlsx"] = xlsx("Salles repérées", rows, origin)
    files["pieces/notes/tribune-colmbach.png"] = photo(random.Random("tribune"))  # noqa: S311
    files["pieces/notes/a-faire.txt"] = "Rappeler la mairie.\nRendre les clés du gymnase.\nDormir.\n".encode()
    files["publication/depot-libre.html"] = PAGE.encode()
    return files
