"""The readers of older and open formats where they really run: behind walls that let nothing be opened any more."""

import json
import os
import sys
from pathlib import Path

import pytest
from ole_writer import compound, record, word
from test_books_and_cards import CALENDAR, FLAT, SHEET, WORD, book, iwa, zipped
from test_odf import LETTER, packed
from test_ppt import show
from test_xls import CELLS
from test_xls import book as workbook
from test_xlsb import CELLS as XLSB_CELLS
from test_xlsb import workbook as xlsb

from crible.sandbox.pool import Done, Pool

WORDS = "Le montant de la facture sera payé lundi."


@pytest.fixture
def answers(monkeypatch, tmp_path):
    """What walled-in readers make of each of these bytes, by name."""
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parent)])

    def read(samples):
        found = {}
        with Pool("extract_tasks:run", size=1) as pool:
            for name, data in samples.items():
                path = tmp_path / name
                path.write_bytes(data)
                descriptor = os.open(path, os.O_RDONLY)
                pool.submit(name, name.encode(), [descriptor])
                os.close(descriptor)
                for event in pool.events():
                    assert isinstance(event, Done), (name, event)
                    found[event.key] = json.loads(event.payload)
        return found

    return read


def test_nothing_is_opened_after_the_walls_are_up(answers, docx):
    stream, table = word([(WORDS, True)], (len(WORDS),))
    broken = docx(f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>")
    cyrillic = "Счёт".encode("cp1251")
    samples = {
        "a.doc": compound({"WordDocument": stream, "1Table": table}),
        "b.xls": compound({"Workbook": workbook([("Recettes", 0, CELLS)], ["Dons", "facture"])}),
        "c.xls": record(0x0809, bytes([0, 5, 5, 0, 0, 0, 0, 0])) + record(0x42, (1251).to_bytes(2, "little"))
        + record(0x204, bytes(6) + bytes([4, 0]) + cyrillic),
        "d.ppt": show([(WORDS, [], False, "")]),
        "e.rtf": rb"{\rtf1\ansi\ansicpg1250{\fonttbl{\f0\fcharset128 A;}{\f1\fcharset161 B;}}"
        rb"facture \f0\'82\'a0 \f1\'e1}",
        "f.odt": packed("text", LETTER.replace("voici", "facture")),
        "g.epub": book(),
        "h.ics": CALENDAR.encode(),
        "i.xml": WORD.encode(), "j.xml": SHEET.encode(), "k.xml": FLAT.encode(),
        "l.pages": zipped({"Index/Document.iwa": iwa(WORDS)}),
        "m.xlsb": xlsb(XLSB_CELLS),
        "n.docx": broken[: broken.rindex(b"PK\1\2") - 100],
        "o.json": b'{"a": "\\u00e9"}',
        "p.xls": compound({"Workbook": b"\xff" * 600 + WORDS.encode("cp1252") + bytes(4000)}),
    }  # fmt: skip
    for name, answer in answers(samples).items():
        assert answer["state"] == "read", (name, answer)
        assert answer["text"].strip(), name
