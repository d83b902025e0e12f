"""Cases of the checks of pictures: one per answer, and innocent twins that stay silent."""

from collections.abc import Callable
from typing import Any

from crible.assess.pictures import Pasted
from crible.assess.relations import Carrier, Relations
from crible.model.examined import Credentials, Examined, OcrPage, OcrWord, Recognised
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.image import ImageFacts, Step, Thumbnail
from crible.model.instant import Clock, Instant

Case = Callable[[Any], tuple[Reading, Relations]]
HOUR, DAY = 3600, 86_400
SHOWN, OTHER = bytes(8), b"\xff\xff\xff\x00\x00\x00\x00\x00"


def instant(seconds: float, offset: int | None = None) -> Instant:
    return Instant(seconds, offset, Clock.EXIF, "2017:03:14 09:12:00")


def picture(device: str = "Canon EOS 40D", **facts: Any) -> Reading:
    return Reading("image/jpeg", file=FileFacts(device=device, image=ImageFacts(100, 80, **facts)))


def alone(device: str = "Canon EOS 40D", **facts: Any) -> tuple[Reading, Relations]:
    return picture(device, **facts), Relations()


def taken(make: Any, **late: float) -> tuple[Reading, Relations]:
    """A picture taken when the mail of the tests was sent; other moments so many seconds later."""
    moments = {name: instant(make.SENT + by, 0 if name == "located" else None) for name, by in late.items()}
    return alone(taken=instant(make.SENT), **moments)


def carried(make: Any, late: float, offset: int | None = None, **mail: Any) -> tuple[Reading, Relations]:
    carrier = Carrier(make.other(**mail), ("photo.jpg",))
    return picture(taken=instant(make.SENT + late, offset)), Relations(carriers=(carrier,))


def credentials(word: str, *faults: str, url: str = "", **more: Any) -> tuple[Reading, Relations]:
    found = Credentials(word, "Appareil 7", "Agence Horizon", 1489482720, "Appareil d’essai 1.0", faults, **more)
    return picture(credentials=url), Relations(examined=Examined(credentials=found))


def pasted(*issuers: str) -> tuple[Reading, Relations]:
    found = (Pasted(320, 140, 1, issuers, ("b" * 64,), 57),) if issuers else ()
    return Reading("application/pdf", file=FileFacts()), Relations(pictures=found)


def recognised(text: str, reading: Reading | None = None) -> tuple[Reading, Relations]:
    words = tuple(OcrWord(word, 90, (0, 0, 1, 1)) for word in text.split())
    return reading or picture(), Relations(examined=Examined(recognised=Recognised((OcrPage(1, 90, words),))))


HEAD = "De : Elsa <elsa@courriel.example> Envoyé : lundi 13 mars À : C. Ferrand Objet : Budget Bonjour,"
CHANGED = "assertion.dataHash.mismatch"
UNTRUSTED = "signingCredential.untrusted"

OUTCOMES: dict[str, dict[str, Case]] = {
    "image.exif": {
        "exif-saved-before-taken": lambda m: taken(m, saved=-3 * DAY),
        "exif-satellites-differ": lambda m: taken(m, located=-2 * DAY),
    },
    "image.taken-after": {"picture-after-mail": lambda m: carried(m, 3 * DAY)},
    "image.thumbnail": {
        "thumbnail-differs": lambda _: alone(dhash=SHOWN, thumbnail=Thumbnail(160, 120, OTHER, 12)),
    },
    "image.quantisation": {"tables-of-editor": lambda _: alone(exposed=True, tables_of="adobe")},
    "image.credentials": {
        "credentials-valid": lambda _: credentials("valid"),
        "credentials-untrusted": lambda _: credentials("untrusted", UNTRUSTED),
        "credentials-changed": lambda _: credentials("invalid", CHANGED, UNTRUSTED),
        "credentials-faulty": lambda _: credentials("invalid", "assertion.required.missing"),
        "credentials-unreadable": lambda _: credentials("unreadable"),
        "credentials-ingredient": lambda _: credentials("untrusted", ingredients=("claimSignature.mismatch",)),
        "credentials-identity": lambda _: credentials("untrusted", identity=("cawg.ica.signature_mismatch",)),
        "credentials-model": lambda _: credentials("untrusted", source="trainedAlgorithmicMedia"),
        "credentials-elsewhere": lambda _: alone(credentials="https://titres.example/7"),
    },
    "image.pasted": {"picture-pasted": lambda _: pasted("Atelier du Nord", "Imprimerie Sud")},
    "image.screenshot-of-mail": {"screenshot-mail": lambda _: recognised(HEAD)},
}
INNOCENT: dict[str, dict[str, Case]] = {
    "image.exif": {
        "retouched the day after": lambda m: taken(m, saved=DAY),
        "a zone away from the satellites": lambda m: taken(m, located=-13 * HOUR),
        "a day and a zone away": lambda m: taken(m, located=37 * HOUR),
        "no date at all": lambda _: alone(saved=instant(0)),
        "a scan of an old photograph": lambda m: taken(m, digitized=900 * DAY, saved=900 * DAY),
    },
    "image.taken-after": {
        "taken that morning, by a clock of an unknown zone": lambda m: carried(m, 13 * HOUR),
        "its carrier is not proven": lambda m: carried(m, 90 * DAY, full=False),
        "its carrier is dated by its writer only": lambda m: carried(m, 90 * DAY, clocked=False),
        "its carrier was sent by an account in other hands": lambda m: carried(m, 90 * DAY, spoiled=True),
        "stripped of its fields": lambda m: (picture(), Relations(carriers=(Carrier(m.other()),))),
    },
    "image.thumbnail": {
        "brighter than its picture": lambda _: alone(dhash=SHOWN, thumbnail=Thumbnail(160, 120, OTHER, 80)),
        "of few different cells": lambda _: alone(dhash=SHOWN, thumbnail=Thumbnail(160, 120, b"\xff" + bytes(7), 12)),
        "too even to tell": lambda _: alone(dhash=SHOWN, thumbnail=Thumbnail(160, 120, b"", 12)),
        "no thumbnail": lambda _: alone(dhash=SHOWN),
    },
    "image.quantisation": {
        "the editor names itself": lambda _: alone(exposed=True, tables_of="adobe", software="Adobe Photoshop CS5"),
        "the editor stands in the history": lambda _: alone(
            exposed=True, tables_of="adobe", history=(Step("saved", "Adobe Lightroom 5.3"),)
        ),
        "no camera named": lambda _: alone("", exposed=True, tables_of="adobe"),
        "tables of every telephone": lambda _: alone(exposed=True, tables_of="libjpeg"),
    },
    "image.credentials": {"none, or stripped by a messenger": lambda _: alone()},
    "image.pasted": {"in papers of one issuer": lambda _: pasted()},
    "image.screenshot-of-mail": {
        "a photograph without a word": lambda _: recognised(""),
        "a letter with one label": lambda _: recognised("Objet : Budget de la salle elsa@courriel.example"),
        "a form without an address": lambda _: recognised("Date : 3 mars De : Paris À : Lyon Objet : voyage"),
        "a mail printed to PDF": lambda _: recognised(HEAD, Reading("application/pdf", file=FileFacts())),
        "not recognised yet": lambda _: alone(),
    },
}
