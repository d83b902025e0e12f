import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ole_writer import compound, native

from crible.extract import ppt
from crible.extract.inside import members
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.intake.budget import Budget
from crible.model.entry import Begin, Closed
from crible.model.errors import Unreadable


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def atom(kind, body=b"", instance=0):
    return struct.pack("<HHI", instance << 4, kind, len(body)) + body


def container(kind, *children, instance=0):
    body = b"".join(children)
    return struct.pack("<HHI", instance << 4 | 15, kind, len(body)) + body


def shape(text, *, placeholder=False):
    box = container(
        0xF00D, atom(4008, text.encode("latin-1")) if text.isascii() else atom(4000, text.encode("utf-16-le"))
    )
    return container(0xF004, *([container(0xF011, atom(3011, bytes(8)))] if placeholder else []), box)


def show(slides, *, notes=(), master=(), edits=1, objects=(), token=0xE391C05F, extra=b""):
    """A presentation: slides as (outline text, shapes, hidden, comment)."""
    persisted, lists = {}, []
    stream = b""

    def keep(number, data):
        nonlocal stream
        persisted[number] = len(stream)
        stream += data

    number = 2
    kinds = (
        (1, [("", master, False, "")] if master else []),
        (0, slides),
        (2, [("", notes, False, "")] if notes else []),
    )
    for instance, pages in kinds:
        places = b""
        for outline, shapes, hidden, comment in pages:
            info = atom(1017, bytes(10) + struct.pack("<HI", 4 if hidden else 0, 0))
            author, words = (each.encode("utf-16-le") for each in ("Léa", comment))
            said = container(12000, atom(4026, author), atom(4026, words, 1)) if comment else b""
            drawn = [each if isinstance(each, bytes) else shape(each) for each in shapes]
            keep(number, container(1006, container(1036, container(0xF002, *drawn)), info, said))
            places += atom(1011, struct.pack("<I", number) + bytes(16))
            places += atom(4000, outline.encode("utf-16-le")) if outline else b""
            number += 1
        lists.append(container(4080, places, instance=instance))
    for raw in objects:
        stream += raw
    fonts = container(1010, container(2005, atom(4023, "Arial".encode("utf-16-le").ljust(68, b"\0"))))
    size = atom(1001, struct.pack("<ii", 5760, 4320) + bytes(32))
    keep(1, container(1000, size, fonts, *lists, extra))
    directory = len(stream)
    stream += atom(6002, b"".join(struct.pack("<II", key | 1 << 20, at) for key, at in persisted.items()))
    edit, before = 0, 0
    for _ in range(edits):
        edit = len(stream)
        stream += atom(4085, struct.pack("<IIIIII", 0, 0, before, directory, 1, 9) + bytes(4))
        before = edit
    current = atom(4086, struct.pack("<III", 20, token, edit) + struct.pack("<HHBBH", 8, 1012, 3, 0, 0) + b"Roman P.")
    return compound({"PowerPoint Document": stream, "Current User": current})


def test_slides_notes_and_comments_in_order():
    data = show(
        [("Titre", ["Deux mille euros"], False, ""), ("", ["Un été à Paris"], True, "à vérifier")], notes=["En aparté"]
    )
    reading = ppt.read(of(data))
    assert reading.text == "Titre\nDeux mille euros\fUn été à Paris\nLéa: à vérifier\fEn aparté"
    facts = reading.file
    assert (facts.pages, facts.hidden, facts.fonts) == (2, ("slide: 2",), ("Arial",))
    assert [(mark.kind, mark.author, mark.text) for mark in facts.marks] == [("comment", "Léa", "à vérifier")]
    assert facts.properties["user"] == "Roman P."
    assert facts.paper == "254x190 mm"


def test_of_masters_only_what_is_no_placeholder():
    data = show([("", ["A"], False, "")], master=["CONFIDENTIEL", shape("Click to edit", placeholder=True)])
    assert ppt.read(of(data)).text == "A\fCONFIDENTIEL"


def test_a_fast_saved_show_gives_only_its_newest_edit():
    assert ppt.read(of(show([("Titre", [], False, "")], edits=3))).text == "Titre"


def test_encrypted():
    with pytest.raises(Unreadable, match="encrypted"):
        ppt.read(of(show([("Titre", [], False, "")], token=0xF3D1C4DF)))


def test_objects_are_members_unwrapped():
    storage = compound({"\x01Ole10Native": native("plan.txt", b"le plan")})
    packed = atom(4113, struct.pack("<I", len(storage)) + zlib.compress(storage), 1)
    broken = atom(4113, b"\0\0\0\0xx", 1)
    data = show([("Titre", [], False, "")], objects=[packed, broken])
    entries = list(members(of(data), read_file(of(data), sniff(of(data))), Budget()))
    assert [entry.name for entry in entries if isinstance(entry, Begin)] == ["plan.txt", "object-2"]
    assert b"le plan" in entries
    assert entries[-1] == Closed(2)
    assert entries[-2].reason.code == "corrupt"


def test_without_the_edits_every_text_is_read():
    data = show([("Titre", ["corps"], False, "")]).replace(struct.pack("<HI", 4085, 28), struct.pack("<HI", 4099, 28))
    assert ppt.read(of(data)).text.split() == ["corps", "Titre"]


@given(st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255)), max_size=40))
@settings(max_examples=150, deadline=None)
def test_damaged_files_end_with_a_reason(changes):
    data = bytearray(show([("Titre", ["corps"], True, "mot")], notes=["a"], master=["b"], edits=2))
    for at, byte in changes:
        data[at % len(data)] = byte
    with suppress(Unreadable):
        ppt.read(of(bytes(data)))
