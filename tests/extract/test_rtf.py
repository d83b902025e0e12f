from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ole_writer import compound, native

from crible.extract import rtf, rtf_reader
from crible.extract.inside import members
from crible.extract.readers import read_file
from crible.extract.sniff import sniff
from crible.extract.zip_salvage import Rebuilt
from crible.intake.budget import Budget
from crible.model.entry import Begin
from crible.model.errors import Unreadable


def of(data):
    return Rebuilt(-1, 0, len(data), data)


def text(body):
    return rtf.read(of(b"{\\rtf1\\ansi\\ansicpg1252 " + body + b"}")).text


@pytest.mark.parametrize(("body", "shown"), [
    (rb"Bonjour \b Elise\b0\par au revoir", "Bonjour Elise\nau revoir"),
    (rb"caf\'e9 \emdash \'80", "café —€"),
    (rb"{\fonttbl{\f1\fcharset204 Arial;}{\f2\fcharset128 Mincho;}}\f1\'d7\'e5 {\f2\'82\'a0\'82i} \'d7", "Че あＪ Ч"),
    (rb"\uc1\u233?t\u233\'e9 \uc2\u8364?? {\uc0\u233}x", "été € éx"),
    (rb"\u-10179?\u-8704?", "\U0001f600"),
    (rb"a\~b\_c \{x\} \\", "a b-c {x} \\"),
    (rb"1\cell 2\row 3", "1\t2\n3"),
    (rb"{\*\unknown secret}{\pict\wmetafile8 0100}{\stylesheet Normal;}vu", "vu"),
    (rb"{\pict\bin5 }}{{\x}vu", "vu"),
    (rb"gard\'e9{\deleted supprim\'e9}{\v cach\'e9}", "gardécaché"),
    (rb"corps{\footnote note}{\header tete}{\*\annotation avis}", "corps\ftete\fnote\favis"),
    (rb'{\field{\*\fldinst{HYPERLINK "http://nord.example/"}}{\fldrslt{ici}}}', "ici"),
])  # fmt: skip
def test_what_a_reader_sees(body, shown):
    assert text(body) == shown


def test_facts():
    facts = rtf.read(of(
        rb"{\rtf1\ansi\ansicpg1252\deflang1036\paperw11906\paperh16838{\fonttbl{\f0\fcharset0 Arial;}{\f1 Times;}}"
        rb"{\*\generator Riched20 10.0;}{\info{\title Devis \'e9t\'e9}{\author Elise}{\operator Roman}{\company Nord}"
        rb"{\creatim\yr2017\mo3\dy27\hr14\min5}{\revtim\yr2017\mo13\dy1}\version7\edmins12\nofpages2}"
        rb'{\v chut}{\field{\*\fldinst HYPERLINK "http://nord.example/"}{\fldrslt a}}'
        rb"{\*\atnid L}{\*\atnauthor L\'e9a}{\*\annotation {\*\atnref 0}non}}"
    )).file  # fmt: skip
    assert (facts.title, facts.author, facts.last_author, facts.company) == ("Devis été", "Elise", "Roman", "Nord")
    assert (facts.application, facts.revision, facts.minutes, facts.pages) == ("Riched20 10.0", 7, 12, 2)
    assert (facts.created.iso(), facts.modified) == ("2017-03-27T14:05:00", None)
    assert (facts.locale, facts.paper, facts.fonts) == ("fr-FR", "A4", ("Arial", "Times"))
    assert facts.hidden == ("text: chut",)
    assert [(each.kind, each.name) for each in facts.embedded] == [("link", "http://nord.example/")]
    assert [(mark.author, mark.text) for mark in facts.marks] == [("Léa", "non")]


def ole1(kind, data):
    def word(raw):
        return len(raw).to_bytes(4, "little") + raw

    return b"\1\5\0\0\2\0\0\0" + word(kind + b"\0") + word(b"") + word(b"") + word(data)


def test_objects_are_members():
    package = native("plan.txt", b"le plan")[4:]
    storage = compound({"Package": b"PK\3\4" + bytes(200)})
    data = b"{\\rtf1 mot"
    for raw in (ole1(b"Package", package), ole1(b"Word.Document.12", storage), b"\1\5"):
        data += b"{\\object{\\*\\objclass Package}{\\*\\objdata " + raw.hex("\n", 40).encode() + b"}{\\result vu}}"
    data += b"}"
    reading = read_file(of(data), sniff(of(data)))
    assert reading.text == "motvuvuvu"
    assert [(each.kind, each.name) for each in reading.file.embedded] == [("object", "Package")] * 3
    entries = list(members(of(data), reading, Budget()))
    assert [entry.name for entry in entries if isinstance(entry, Begin)] == ["plan.txt", "object-2.zip"]
    assert b"le plan" in entries


def test_groups_without_end_and_deep_ones():
    assert text(b"{" * 50_000 + b"fond") == "fond"
    assert text(b"}" * 50_000 + b"fond") == "fond"


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_bytes(data):
    with suppress(Unreadable):
        rtf.read(of(b"{\\rtf1" + data))
    list(rtf_reader.objects(b"{\\rtf1{\\objdata" + data))
