"""Cases of the checks of Office files and of outliers: one per answer, and innocent twins that stay silent."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from crible.assess.hands import Batch, Hand, Lineage, Listing, Rate, Relative
from crible.assess.relations import Carrier, Relations
from crible.model.facts import Reading
from crible.model.files import FileFacts, Mark
from crible.model.instant import Clock, Instant
from crible.model.office import Formulas, Mismatch, OfficeFacts, Passage

Case = Callable[[Any], tuple[Reading, Relations]]
DAY, YEAR = 86_400, 365 * 86_400
MARCH_2017 = 1_490_572_800
"""27 March 2017, midnight UTC."""
NOWHERE = Relations()


def at(seconds: float, offset: int | None = 0) -> Instant:
    return Instant(seconds, offset, Clock.OFFICE, "as written")


def office(file: dict[str, Any] | None = None, near: Relations = NOWHERE, **traces: Any) -> tuple[Reading, Relations]:
    """A text document with these facts and traces."""
    saved = (file or {}).get("modified")
    given = {"instants": (saved,) if saved else ()} | (file or {})
    return Reading("application/x", text="Budget", file=FileFacts(**given, office=OfficeFacts(**traces))), near


def saved(seconds: float = MARCH_2017, offset: int | None = 0, **more: Any) -> dict[str, Any]:
    return {"modified": at(seconds, offset), "created": at(MARCH_2017 - YEAR)} | more


def word(build: str = "16.0000", **more: Any) -> dict[str, Any]:
    return {"application": "Microsoft Office Word", "build": build, "packer": "microsoft"} | more


def carried(make: Any, late: float, **mail: Any) -> tuple[Reading, Relations]:
    """A file saved `late` seconds after the mail that carries it was signed."""
    carrier = Carrier(make.other(**{"signed_at": MARCH_2017} | mail), ("budget.xlsx",))
    return office(saved(MARCH_2017 + late), Relations(carriers=(carrier,)))


FORMULAS = Formulas(40, 30)
MISMATCH = Mismatch("Dépenses!B7", "SUM(B2:B6)", "18500", "15500")


def book(**found: Any) -> tuple[Reading, Relations]:
    return office(application="Microsoft Excel", formulas=replace(FORMULAS, **found))


def kin(order: str = "before", *, documents: int = 3, added: tuple[str, ...] = ("00AA0002",)) -> Relations:
    return Relations(lineage=Lineage(documents, (Relative("a" * 64, 4, order, added),)))


PASSAGES = (Passage("00AA0001", 4_000, "Il était convenu"), Passage("00AA0002", 21, "et 25 000 euros de plus"))


def descended(near: Relations, passages: tuple[Passage, ...] = PASSAGES) -> tuple[Reading, Relations]:
    return office(near=near, root="00AA0000", sessions=("00AA0001", "00AA0002"), passages=passages)


def saved_by(called: str = "Ирина Белова", **hand: Any) -> tuple[Reading, Relations]:
    return office(saved(last_author=called, author="Hélène Garrigue"), Relations(hand=Hand(**hand)))


BATCH = Batch(
    9, MARCH_2017, MARCH_2017 + 240, (MARCH_2017 - 9 * YEAR, MARCH_2017 - YEAR), "ru", Rate(0, 412), "Ирина Белова", 5,
    Rate(0, 380), foreign=True, others=("a" * 64, "b" * 64),
)  # fmt: skip


def batched(**changes: Any) -> tuple[Reading, Relations]:
    return saved_by(batch=replace(BATCH, **changes))


def listed(seconds: float, offset: int | None = 0) -> tuple[Reading, Relations]:
    return office(saved(), Relations(listings=(Listing("leak/a.zip/b.xlsx", "zip", seconds, offset),)))


def claimed(late: float, offset: int | None = 0) -> tuple[Reading, Relations]:
    return office(saved(MARCH_2017 + late, offset), Relations(claimed_last=MARCH_2017))


def marked(*marks: Mark) -> tuple[Reading, Relations]:
    return office({"marks": marks})


def paged(page: str, language: str, **more: Any) -> tuple[Reading, Relations]:
    reading, near = office({"locale": page}, **more)
    return replace(reading, language=language), near


def reading_of_batch(_: Any) -> tuple[Reading, Relations]:
    return batched()


def in_format(mime: str) -> tuple[Reading, Relations]:
    """A file last saved in 2003."""
    reading, near = office(saved(MARCH_2017 - 14 * YEAR))
    return replace(reading, mime=f"application/{mime}"), near


OUTCOMES: dict[str, dict[str, Case]] = {
    "office.dates": {
        "office-saved-after-mail": lambda m: carried(m, 9 * DAY),
        "office-created-after-saved": lambda _: office(saved(MARCH_2017 - 2 * YEAR)),
        "office-minutes": lambda _: office(saved(minutes=700_000)),
    },
    "office.lineage": {
        "lineage": lambda _: descended(kin()),
        "lineage-template": lambda _: descended(kin(documents=40)),
    },
    "office.late-session": {"late-session": lambda _: descended(kin())},
    "office.tracked-changes": {
        "changes-tracked": lambda _: marked(Mark("insertion", "Nadia Amsellem", text="et")),
        "changes-unnamed": lambda _: marked(Mark("insertion", text="et"), Mark("comment", text="non")),
        "changes-deleted": lambda _: marked(Mark("deletion", "Nadia Amsellem", text="le nom de la source")),
    },
    "office.packer": {
        f"packer-{packer}": lambda _, packer=packer: office(**word(packer=packer, packed=("", "2017-03-27T14:05:00")))
        for packer in ("streamed", "python", "info-zip", "7-zip", "archiver")
    },
    "office.version-age": {
        "version-ahead": lambda _: office(saved(MARCH_2017 - 4 * YEAR), **word("16.0000")),
        "format-ahead": lambda _: in_format("vnd.openxmlformats-x"),
    },
    "office.paths": {"paths-named": lambda _: office(paths=(r"\\tresor\commun\modele.dotx",))},
    "office.summary": {
        "summary-code-page": lambda _: paged("cp1251", "fr"),
        "summary-savings": lambda _: paged("cp1252", "fr", savings=(("N. Amsellem", r"A:\note.doc"),)),
    },
    "office.cached-values": {
        "values-differ": lambda _: book(mismatches=(MISMATCH,), mismatched=1),
        "values-unchained": lambda _: book(orphans=("B7",)),
        "values-typed": lambda _: book(typed=("Dépenses!F12",)),
    },
    "office.locale": {
        "locale-rare": lambda _: office(near=Relations(hand=Hand(interface=Rate(3, 412))), interface="ru"),
        "locale-rare-page": lambda _: office({"locale": "cp1251"}, Relations(hand=Hand(interface=Rate(3, 412)))),
        "locale-changed": lambda _: office(interface="ru", born="fr"),
    },
    "office.thumbnail": {"thumbnail": lambda _: office(thumbnail="image/jpeg")},
    "file.archive-tells": {"archive-earlier": lambda _: listed(MARCH_2017 - 9 * DAY)},
    "corpus.later-than-claim": {"later-than-claim": lambda _: claimed(9 * DAY)},
    "corpus.saved-by-stranger": {
        "stranger-script": lambda _: saved_by(name=Rate(1, 412), foreign=True),
        "stranger-name": lambda _: saved_by("Jo Brandt", name=Rate(1, 412)),
    },
    "corpus.loose": {"outside-mail": lambda _: listed(MARCH_2017)},
    "corpus.batch": {"batch-page": lambda _: batched(language="cp1251")}
    | dict.fromkeys(
        ("batch-language", "batch-name", "batch-reading-house", "batch-reading-opened", "batch-reading-changed"),
        reading_of_batch,
    ),
}  # fmt: skip

INNOCENT: dict[str, dict[str, Case]] = {
    "office.dates": {
        "saved in another zone": lambda _: office(saved(MARCH_2017 - YEAR - DAY, None)),
        "carried before anybody signed by a clock": lambda m: carried(m, 9 * DAY, clocked=False),
        "saved on the day it was sent": lambda m: carried(m, 3600),
        "edited for years": lambda _: office(saved(minutes=500_000)),
    },
    "office.lineage": {"alone": lambda _: descended(NOWHERE), "only child": lambda _: descended(kin(documents=1))},
    "office.late-session": {
        "written by then": lambda _: descended(kin(), (Passage("00AA0001", 40), Passage("00AA0002", 900, "Tout"))),
        "a later relative": lambda _: descended(kin("after", added=())),
    },
    "office.tracked-changes": {"none": lambda _: marked()},
    "office.packer": {
        "as Office packs": lambda _: office(**word()),
        "in no known way": lambda _: office(**word(packer="")),
        "names its own program": lambda _: office(application="LibreOffice/5.1.4.2$Linux", packer="streamed"),
    },
    "office.version-age": {
        "preview of the new Office": lambda _: office(saved(1_425_600_000), **word("16.0000")),
        "no day": lambda _: office({}, **word()),
        "old format": lambda _: in_format("msword"),
        "zero of a clock": lambda _: office(saved(315_532_800), **word()),
        "old template, new saving": lambda _: office(saved(created=at(MARCH_2017 - 20 * YEAR)), **word()),
    },
    "office.paths": {"none": lambda _: office()},
    "office.summary": {
        "English from anywhere": lambda _: paged("cp1251", "en"),
        "Bulgarian": lambda _: paged("cp1251", "bg"),
        "too short to tell": lambda _: paged("cp1251", ""),
    },
    "office.cached-values": {"as computed": lambda _: book(), "no formulas": lambda _: office()},
    "office.locale": {
        "English menus": lambda _: office(near=Relations(hand=Hand(interface=Rate(1, 412))), interface="en", born="fr"),
        "usual here": lambda _: office(near=Relations(hand=Hand(interface=Rate(90, 412))), interface="ru", born="ru"),
        "too little else": lambda _: office(near=Relations(hand=Hand(interface=Rate(1, 7))), interface="ru"),
    },
    "office.thumbnail": {"none": lambda _: office()},
    "file.archive-tells": {
        "packed afterwards": lambda _: listed(MARCH_2017 + YEAR),
        "packer without a clock": lambda _: listed(315_532_800),
        "wall clocks of two zones": lambda _: listed(MARCH_2017 - DAY - 3600, None),
    },
    "corpus.later-than-claim": {
        "that evening": lambda _: claimed(DAY - 60),
        "no claim": lambda _: office(saved(MARCH_2017 + YEAR)),
        "wall clock": lambda _: claimed(DAY + 3600, None),
    },
    "corpus.saved-by-stranger": {"somebody known": lambda _: saved_by("Nadia Amsellem")},
    "corpus.loose": {
        "attached": lambda _: office(near=Relations(listings=(Listing("b.mbox/000001/2~a.xlsx"),), in_mail=True)),
    },
    "corpus.batch": {"alone": lambda _: saved_by(name=Rate(1, 412))},
}
