"""Spreadsheets beside the boxes: a batch saved again by a stranger, and batches that were saved as one does (§5, 22).

After the published case of a small archive of spreadsheets, some begun ten years before, all edited within four minutes
by an Excel of another language, about half of them under one name. Here no figure was changed: what may be said is
that they were saved again, and no more.
"""

from datetime import UTC, datetime, timedelta

from crible.demo.paper.ooxml import Origin
from crible.demo.paper.xlsx import xlsx
from crible.demo.tamper.deed import Deed, Loose, innocent

FOLDER = "pieces/tableaux"
STRANGER = "Зоя Небывалова"
"""A name that says "never was"; it is in nobody's mail."""
NIGHT = datetime(2017, 4, 12, 19, 14, 7, tzinfo=UTC)
AGAIN = (
    ("cotisations-2006", "Antoine Lescure", 2006, "Cotisations"),
    ("locations-2008", "Hélène Garrigue", 2008, "Locations"),
    ("affichage-2009", "Nadia Amsellem", 2009, "Affichage"),
    ("deplacements-2010", "Hélène Garrigue", 2010, "Déplacements"),
    ("dons-2011", "Hélène Garrigue", 2011, "Dons"),
    ("salles-2012", "Nadia Amsellem", 2012, "Salles"),
    ("tracts-2012", "Camille Rochebrune", 2012, "Tracts"),
    ("materiel-2014", "Nadia Amsellem", 2014, "Matériel"),
    ("budget-2015", "Hélène Garrigue", 2015, "Budget"),
    ("telephones-2016", "Camille Rochebrune", 2016, "Téléphones"),
    ("avances-2016", "Hélène Garrigue", 2016, "Avances"),
)
MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
SUPPLIER = ("Ingrid Halvorsen", "Joost Verhaegen")


def play() -> list[Deed]:
    """Lay the three batches into one folder each."""
    return [*saved_again(), *monthly(), *from_abroad()]


def saved_again() -> list[Deed]:
    """Eleven sheets of ten years; every other one names the stranger, the others nobody."""
    deeds = []
    for number, (name, author, year, title) in enumerate(AGAIN):
        begun = datetime(year, 1 + number % 12, 3 + number, 9, 20, tzinfo=UTC)
        hand = STRANGER if number % 2 == 0 else ""
        saved = NIGHT + timedelta(seconds=22 * number)
        data = _sheet(title, number, Origin(title, author, hand, _w3c(begun), _w3c(saved), "ru"))
        what = f"saved again by {hand or 'nobody named'}, no figure changed"
        place = Loose(f"{FOLDER}/divers/{name}.xlsx", data)
        deeds.append(Deed("saved-again", "batch", place, what, "questioned"))
    return deeds


def monthly() -> list[Deed]:
    """The treasurer closes the year: twelve sheets, two colleagues' among them, saved in a row under her own name."""
    deeds = []
    for number, month in enumerate(MONTHS):
        author = "Nadia Amsellem" if number % 4 == 3 else "Hélène Garrigue"
        begun = datetime(2016, number + 1, 4, 8, 15, tzinfo=UTC)
        saved = datetime(2017, 1, 9, 16, 2, tzinfo=UTC) + timedelta(seconds=25 * number)
        origin = Origin(f"Suivi {month}", author, "Hélène Garrigue", _w3c(begun), _w3c(saved))
        path = f"{FOLDER}/suivi-2016/{number + 1:02}-{month}.xlsx"
        data = _sheet(f"Suivi {month}", number, origin)
        deeds.append(innocent("saved-again", "end-of-year", Loose(path, data), "closed in a row by the treasurer"))
    return deeds


def from_abroad() -> list[Deed]:
    """A supplier's tables: begun and saved abroad, in the language of that house, six of them in a row."""
    deeds = []
    for number in range(6):
        begun = datetime(2016, 9, 5 + 3 * number, 7, 40, tzinfo=UTC)
        saved = datetime(2016, 11, 28, 10, 31, tzinfo=UTC) + timedelta(seconds=31 * number)
        if number == 5:
            saved += timedelta(days=9)
        author = SUPPLIER[number % 2]
        origin = Origin(f"Table {number + 1}", author, SUPPLIER[0], _w3c(begun), _w3c(saved), "nl")
        path = f"{FOLDER}/northbridge/table-{number + 1}.xlsx"
        data = _sheet(f"Table {number + 1}", number, origin)
        deeds.append(innocent("saved-again", "supplier-abroad", Loose(path, data), "saved at the supplier's"))
    return deeds


def _sheet(title: str, number: int, origin: Origin) -> bytes:
    rows = [(place, 120 + 35 * at + 7 * number) for at, place in enumerate(("Clairmont", "Dijeu", "Colmbach"))]
    return xlsx(title, (("Lieu", title), *rows, ("Total", sum(value for _, value in rows))), origin)


def _w3c(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"
