import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ole_writer import compound, native, properties, sttb, ticks, word

from crible.extract import doc, second
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.model.errors import Unreadable

SUMMARY, DOCUMENT = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
BODY = "Chère Élise,\rvoici le devis.\x07Total\x07\x07"
NOTE = "Une note.\r"
COMMENT = "\x05À revoir.\r"


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def letter(**more):
    main, wide = BODY, "Prix en €\r"
    stream, table = word(
        [(main, False), (wide, True), (NOTE, False), (COMMENT, True)],
        (len(main + wide), len(NOTE), 0, 0, len(COMMENT)),
        **more,
    )
    return {"WordDocument": stream, "1Table": table}


def test_pieces_and_parts_in_their_order():
    reading = doc.read(of(compound(letter())))
    assert reading.text == "Chère Élise,\nvoici le devis.\tTotal\nPrix en €\fUne note.\fÀ revoir."
    assert reading.file.locale == "fr-FR"


def test_facts_of_both_property_sets_and_of_word_itself():
    facts = doc.read(of(compound({
        **letter(spans={71: sttb(["Roman Petrov", "C:\\Budget\\devis.doc", "Léa Roux", "A:\\devis.doc"]),
                        51: sttb(["Unknown", "Roman Petrov"]),
                        15: b"\1\0\0\0" + bytes([39 + 2 * 6]) + bytes(39) + "Arial\0".encode("utf-16-le")}),
        SUMMARY: properties({2: "Devis", 4: "Hélène Marchand", 7: "Normal.dot", 8: "Roman Petrov", 9: "12",
                             10: ("time", 45 * 600_000_000), 11: ticks(1_490_000_000), 12: ticks(1_480_000_000),
                             13: ticks(1_490_623_509), 18: "Microsoft Word 9.0"}),
        DOCUMENT: properties({14: "Le chef", 15: "Atelier du Nord", 23: 11 << 16 | 5606}),
    }))).file  # fmt: skip
    assert (facts.title, facts.author, facts.last_author) == ("Devis", "Hélène Marchand", "Roman Petrov")
    assert (facts.company, facts.manager, facts.template) == ("Atelier du Nord", "Le chef", "Normal.dot")
    assert (facts.application, facts.version) == ("Microsoft Word 9.0", "11.5606")
    assert (facts.revision, facts.minutes) == (12, 45)
    assert facts.modified.iso() == "2017-03-27T14:05:09+00:00"
    assert facts.created.seconds == 1_480_000_000
    assert facts.printed.seconds == 1_490_000_000
    assert len(facts.instants) == 3
    assert facts.office.savings == (("Roman Petrov", "C:\\Budget\\devis.doc"), ("Léa Roux", "A:\\devis.doc"))
    assert facts.properties["revisers"] == "Roman Petrov"
    assert facts.fonts == ("Arial",)


def test_fields_show_their_result_and_links_are_listed():
    text = 'Voir \x13HYPERLINK "http://nord.example/a"\x14le \x13DATE\x1412 mai\x15 site\x15, page \x13PAGE\x15.'
    stream, table = word([(text, False)], (len(text),))
    reading = doc.read(of(compound({"WordDocument": stream, "1Table": table})))
    assert reading.text == "Voir le 12 mai site, page ."
    assert [(each.kind, each.name) for each in reading.file.embedded] == [("link", "http://nord.example/a")]


def test_macros_and_objects_are_named_never_opened():
    facts = doc.read(of(compound({
        **letter(),
        "Macros/VBA/dir": b"x",
        "ObjectPool/_1/\x01Ole10Native": native("plan.txt", b"secret"),
        "ObjectPool/_2/\x01CompObj": bytes(28) + struct.pack("<I", 9) + b"Equation\0",
    }))).file  # fmt: skip
    assert {(each.kind, each.name) for each in facts.embedded} == {
        ("macro", "VBA"), ("file", "_1"), ("object", "Equation"),
    }  # fmt: skip
    assert "macros" in facts.defects


def old(text, chs=0, lid=0x0409, charset=0):
    """A document of Word 6: one piece of 8-bit text, its font table at the end."""
    data = bytearray(0x300) + text
    struct.pack_into("<HHHHHH", data, 0, 0xA5DC, 101, 0, lid, 0, 0)
    struct.pack_into("<H", data, 0x14, chs)
    struct.pack_into("<II", data, 0x18, 0x300, 0x300 + len(text))
    struct.pack_into("<i", data, 0x34, len(text))
    struct.pack_into("<II", data, 0xD0, len(data), 10)
    return bytes(data + b"\x0a\0" + bytes([7, 0, 0, 0, charset, 0]) + b"A\0")


@pytest.mark.parametrize(("data", "text"), [
    (old("café".encode("cp1252")), "café"),
    (old("café".encode("mac-roman"), chs=256), "café"),
    (old("Четыре".encode("cp1251"), lid=0x0419), "Четыре"),
    (old("Четыре".encode("cp1251"), charset=204), "Четыре"),
    (old("před".encode("cp1250"), charset=238), "před"),
])  # fmt: skip
def test_word_6_and_95(data, text):
    assert doc.read(of(compound({"WordDocument": data}))).text == text


def test_encrypted():
    with pytest.raises(Unreadable, match="encrypted"):
        doc.read(of(compound(letter(flags=0x0300))))


def test_where_the_tables_are_gone_the_text_is_still_found():
    stream, _ = word([("Le virement partira lundi, comme nous l'avons dit hier.", True)], (0,))
    data = compound({"WordDocument": stream[:0x18] + bytes(8) + stream[0x20:]})
    reading = read_file(of(data), sniff(of(data)))
    assert "Le virement partira lundi, comme nous l'avons dit hier." in reading.text
    assert reading.file.readers == ("doc", "text-runs")
    assert second.DEFECT in reading.file.defects


def test_pictures_are_no_prose():
    with pytest.raises(Unreadable, match="corrupt"):
        doc.scavenge(of(bytes(range(256)) * 50))


@given(st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 255)), max_size=40))
@settings(max_examples=120, deadline=None)
def test_damaged_files_end_with_a_reason(changes):
    data = bytearray(compound(letter(spans={71: sttb(["a", "b"]), 36: b"\1\0a\0", 31: bytes(40)})))
    for at, byte in changes:
        data[at % len(data)] = byte
    with suppress(Unreadable):
        doc.read(of(bytes(data)))
