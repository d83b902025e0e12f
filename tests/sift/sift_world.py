"""One leak in which each thing that a sift must settle happens once; every test of the store's contents asks it."""

import base64
from pathlib import Path

from leak_maker import Signer, mbox, multipart, quoted, raw, zipped

DISCLAIMER = b"\n-- \nImprimerie Valette, 12 rue des Presses, capital de 8 000 euros\n"
NOTE = b"Note interne : la salle d'Evreux est retenue.\n" * 3
DEVIS = b"DEVIS 2450\n"
LETTER = b"bonjour a toutes et a tous\n\nrien qui ressemble a un courriel\n"
"""No header field: only a mailbox says that this is a mail."""
LEVELS = 20


def write_world(folder: Path, signer: Signer) -> Path:
    """The leak."""
    for name in ("boxes", "loose", "packed"):
        (folder / name).mkdir(parents=True)
    _copies(folder, signer)
    _twins(folder, signer)
    _carried(folder, signer)
    _paths(folder)
    _odd(folder)
    return folder


def _copies(folder: Path, signer: Signer) -> None:
    price = raw("Prix", b"Bonjour,\n\nLe prix convenu est de 2 450 euros pour les affiches.\n", serial=20)
    altered = price.replace(b"2 450", b"9 450")
    bare = raw("Delai", b"Bonjour,\n\nLe delai de livraison est de trois semaines.\n", serial=21)
    bannered = bare + DISCLAIMER
    agreed = raw("Accord", b"Bonjour,\n\nNous sommes d'accord sur tous les points.\n", serial=22)
    usual = [raw(f"Envoi {n}", b"Envoi du jour numero %d.\n" % n + DISCLAIMER, serial=30 + n) for n in range(3)]
    reply = raw(
        "Re: Salle",
        b"Entendu.\n\nElsa a ecrit :\n> La reunion de campagne se tiendra dans la salle des fetes a 19 heures.\n",
        serial=24,
        In_Reply_To="<23@valette.example>",
    )
    asked = raw("Salle", b"La reunion de campagne se tiendra dans la salle des fetes a 21 heures.\n", serial=23)
    signed = [signer.sign(one) for one in (price, bare, agreed, reply)]
    mbox(folder / "boxes" / "valette.mbox", [*signed, asked, *usual])
    mbox(folder / "boxes" / "nguyen.mbox", [altered, bannered, agreed])


def _twins(folder: Path, signer: Signer) -> None:
    plain = signer.sign(raw("Jumeau", b"From nowhere, une ligne qui commence mal.\nEt la suite du texte.\n", serial=40))
    mbox(folder / "boxes" / "twins.mbox", [quoted(plain)])
    (folder / "loose" / "jumeau.eml").write_bytes(plain)
    (folder / "loose" / "jumeau-crlf.eml").write_bytes(plain.replace(b"\n", b"\r\n"))


def _carried(folder: Path, signer: Signer) -> None:
    inner = multipart(
        "Dedans",
        [
            ("Content-Type: text/plain", b"Voyez la piece."),
            ('Content-Type: text/plain\nContent-Disposition: attachment; filename="devis.txt"', DEVIS[:-1]),
        ],
        serial=51,
    )[:-1]
    archive = base64.encodebytes(zipped({"dossier/note.txt": NOTE})).rstrip()
    outer = multipart(
        "Pieces",
        [
            ("Content-Type: text/plain", b"Ci-joint."),
            ("Content-Type: message/rfc822", inner),
            (
                'Content-Type: application/zip; name="pieces.zip"\nContent-Transfer-Encoding: base64\n'
                'Content-Disposition: attachment; filename="pieces.zip"',
                archive,
            ),
        ],
        serial=50,
    )
    mbox(folder / "boxes" / "pieces.mbox", [signer.sign(outer)])
    (folder / "loose" / "note.txt").write_bytes(NOTE)
    (folder / "loose" / "dedans.eml").write_bytes(inner)
    (folder / "loose" / "devis.txt").write_bytes(DEVIS[:-1])
    (folder / "loose" / "autre.txt").write_bytes(b"Un texte que personne n'a joint a rien.\n")


def _paths(folder: Path) -> None:
    packed = folder / "packed"
    inner = zipped({"x.txt": b"dans l'archive de l'archive\n"})
    (packed / "clash.zip").write_bytes(zipped({"a.zip/x.txt": b"a cote\n", "a.zip": inner, "b.zip": inner}))
    nested = b"tout au fond\n"
    for level in range(LEVELS):
        nested = zipped({f"n{level:02}.zip" if level else "fond.txt": nested})
    (packed / "deep.zip").write_bytes(nested)
    box = b"From mboxrd@z Thu Jan  1 00:00:00 1970\n" + LETTER + b"\n"
    first = b"From mboxrd@z Thu Jan  1 00:00:00 1970\n" + raw("Tete", b"Premier.\n", serial=60) + b"\n"
    (packed / "late.zip").write_bytes(zipped({"vieux.mbox": first + box}))
    (folder / "loose" / "lettre.txt").write_bytes(LETTER)


def _odd(folder: Path) -> None:
    (folder / "loose" / "vide.txt").write_bytes(b"")
    (folder / "loose" / "inconnu.bin").write_bytes(bytes(range(256)) * 8)
    mbox(
        folder / "boxes" / "formules.mbox",
        [
            raw("=1+1", b"Une formule.\n", serial=70, sender="-x@valette.example", From="-x@valette.example"),
            raw("+33 1", b"Une autre.\n", serial=71),
            raw("@SUM(A1)", b"Encore une.\n", serial=72),
            raw("-2+3", b"La derniere.\n", serial=73),
        ],
    )
