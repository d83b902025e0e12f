"""A box is what a person would name."""

import pytest

from crible.sift.boxes import Boxes

BOXES = Boxes(["leak/a.mbox", "leak/b.mbox.xz", "leak/b.mbox.xz/b.mbox", "leak/c.zip", "d.mbox"])


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("leak/a.mbox/000012", "leak/a.mbox"),
        ("leak/a.mbox/000012/2~devis.pdf", "leak/a.mbox"),
        ("leak/b.mbox.xz/b.mbox/000001", "leak/b.mbox.xz"),
        ("leak/c.zip/Reception/0017.eml", "leak/c.zip"),
        ("leak/presse/cur/1489.M0P1.host:2,S", "leak/presse"),
        ("leak/presse/.Envoyes/new/1489.M0P1.host", "leak/presse"),
        ("leak/presse/cur/1489.M0P1.host:2,S/2~devis.pdf", "leak/presse"),
        ("leak/pieces/facture.pdf", "leak/pieces"),
        ("d.mbox/000001", "d.mbox"),
        ("facture.pdf", "facture.pdf"),
    ],
)
def test_where_a_document_lies(path: str, box: str) -> None:
    assert BOXES.name(path) == box
