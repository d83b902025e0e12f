"""Files inside a PDF are members of it, wherever it mentions them."""

import io
import zlib

import pikepdf
import pytest

from crible.extract.inside import members
from crible.extract.pdf import reader
from crible.intake.budget import Budget
from crible.model.entry import Begin, Closed, End, Refused


@pytest.fixture
def listed(window):
    """The members of a PDF: name, bytes and declared size, or the reason; and the account."""

    def walk(data, **budget):
        view = window(data)
        found, current = [], None
        for entry in members(view, reader.read(view), Budget(**budget)):
            if isinstance(entry, Begin):
                current = (entry, bytearray())
            elif isinstance(entry, bytes):
                current[1].extend(entry)
            elif isinstance(entry, End):
                assert entry.produced == len(current[1])
                found.append((current[0].name, bytes(current[1]), current[0].declared))
            elif isinstance(entry, Refused):
                found.append((entry.name, entry.reason.code, entry.declared))
            elif isinstance(entry, Closed):
                return found, entry
        raise AssertionError("not closed")

    return walk


def holding(page, **files):
    pdf = pikepdf.open(io.BytesIO(page("BT /F 12 Tf 50 200 Td (Facture) Tj ET")))
    for name, data in files.items():
        pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, data, filename=name)
    return pdf


def saved(pdf, **how):
    out = io.BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def test_files_of_the_name_tree(listed, page):
    pdf = holding(page, **{"facture.xml": b"<a/>" * 999, "b.txt": b"", "../../c:\u202etxt.exe": b"MZ"})
    found, closed = listed(saved(pdf))
    assert ("facture.xml", b"<a/>" * 999, 3996) in found
    assert ("b.txt", b"", 0) in found
    (odd,) = [name for name, data, _ in found if data == b"MZ"]
    assert ".." not in odd.split("/")
    assert "\u202e" not in odd
    assert closed == Closed(3)


def test_a_file_attached_to_a_page_and_one_mentioned_twice(window, listed, page):
    pdf = holding(page, **{"a.csv": b"1;2"})
    tree = pdf.Root.Names.EmbeddedFiles.Names[1]
    own = pdf.make_indirect(pikepdf.AttachedFileSpec(pdf, b"note", filename="note.txt").obj)
    for specification in (tree, own):
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=specification
        )
        annots = pdf.pages[0].obj.get("/Annots", pikepdf.Array())
        annots.append(note)
        pdf.pages[0].obj.Annots = annots
    data = saved(pdf)
    found, closed = listed(data)
    assert [each[:2] for each in found] == [("a.csv", b"1;2"), ("note.txt", b"note")]
    assert closed.listed == 2
    named = [one.name for one in reader.read(window(data)).file.embedded if one.kind == "file"]
    assert sorted(set(named)) == ["a.csv", "note.txt"]


def test_a_locked_file_gives_its_members_deciphered(listed, page):
    data = saved(holding(page, **{"a.csv": b"1;2"}), encryption=pikepdf.Encryption(owner="x", user=""))
    assert listed(data)[0] == [("a.csv", b"1;2", 3)]


def test_a_bomb_ends_as_a_row(listed, page):
    pdf = holding(page, **{"a.bin": b"x", "b.txt": b"small"})
    held = next(each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.read_bytes() == b"x")
    held.write(zlib.compress(bytes(30_000_000), 9), filter=pikepdf.Name.FlateDecode)
    found, closed = listed(saved(pdf), member=1_000_000)
    assert [each[:2] for each in found] == [("a.bin", "budget"), ("b.txt", b"small")]
    assert closed.listed == 2


def test_layers_of_encodings_are_not_undone(listed, page):
    pdf = holding(page, **{"a.bin": b"x"})
    held = next(each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.read_bytes() == b"x")
    twice = zlib.compress(zlib.compress(b"x"))
    held.write(twice, filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
    found, _ = listed(saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none))
    assert [each[:2] for each in found] == [("a.bin", "corrupt")]


def test_a_tree_that_bites_its_tail_ends(listed, page):
    pdf = holding(page, **{"a.csv": b"1;2"})
    root = pdf.make_indirect(pdf.Root.Names.EmbeddedFiles)
    pdf.Root.Names.EmbeddedFiles = root
    root.Kids = pikepdf.Array([root, root])
    found, closed = listed(saved(pdf))
    assert [each[0] for each in found] == ["a.csv"]
    assert closed.listed == 1


def test_a_pdf_without_files_has_no_members(listed, page):
    assert listed(page("BT /F 12 Tf 50 200 Td (Facture) Tj ET")) == ([], Closed(0))
