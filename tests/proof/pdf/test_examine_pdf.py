"""PDFs with a history, each attack beside the innocent file that it looks like."""

import contextlib
import io
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pdf_history_made as made
import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crible.model.errors import Unreadable
from crible.model.examined import PdfChange, PdfExamined
from crible.proof.pdf.examine import examine
from crible.proof.pdf.passages import passages
from crible.proof.pdf.sight import Page
from crible.sandbox.window import Window

Look = Callable[[bytes], PdfExamined]
TOTAL = (50, 650, 450, 685)
"""Where the second line stands."""


@pytest.fixture
def look(tmp_path: Path) -> Iterator[Look]:
    opened: list[int] = []

    def ask(data: bytes) -> PdfExamined:
        path = tmp_path / f"{len(opened)}.pdf"
        path.write_bytes(data)
        opened.append(os.open(path, os.O_RDONLY))
        return examine(Window.whole(opened[-1]))

    yield ask
    for descriptor in opened:
        os.close(descriptor)


def test_a_figure_put_for_another_is_found_with_both(look: Look) -> None:
    altered = made.rewritten(made.paper(), ("Devis no 17", "Total a payer 18214 EUR", made.LINES[2]))
    found = look(altered)
    assert found.revisions == 2
    change = PdfChange(1, 1, "Total a payer 58214 EUR", "Total a payer 18214 EUR", ("words",))
    assert found.changes == (change,)
    assert found.history[0].did == ("metadata", "pages")


def test_a_page_saved_again_with_the_same_words_is_no_change(look: Look) -> None:
    found = look(made.rewritten(made.rewritten(made.paper(), made.LINES), made.LINES))
    assert (found.revisions, found.changes) == (3, ())


def test_a_table_that_lists_everything_again_writes_no_page(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hybrid-reference files do so (§7.5.8.4), which is what Word saves."""
    monkeypatch.setattr(Page, "paint", None)
    data = made.paper()
    start = int(data.rpartition(b"startxref")[2].split()[0])
    again = data[start:].replace(b"/Root", b"/Prev %d/Root" % start)
    again = again.replace(b"startxref\n%d" % start, b"startxref\n%d" % len(data))
    found = look(data + again)
    assert (found.revisions, found.changes, found.uncompared) == (2, (), 0)


def test_a_page_written_again_to_bear_a_note_is_not_painted(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Page, "paint", None)
    found = look(made.annotated(made.paper(), "/Square", TOTAL, b"1 0 0 RG 0 0 400 35 re S"))
    assert (found.revisions, found.changes, found.uncompared) == (2, (), 0)


@pytest.mark.parametrize("own", [True, False], ids=["its own", "inherited"])
def test_a_smaller_page_box_cuts_words_off(look: Look, own: bool) -> None:
    """What a page inherits counts, although the update does not write the page."""

    def cut(writer: Any) -> None:
        page = made.page_of(writer) if own else writer.root["/Pages"]
        page[made.pdf_name("/CropBox")] = made.rectangle((0, 600, 595, 842))
        if not own:
            writer.mark_update(writer.root.raw_get("/Pages").reference)

    (change,) = look(made.updated(made.paper(made.LINES), cut)).changes
    assert change.kinds == ("image",)


def test_a_layer_that_an_update_hides_is_seen(look: Look) -> None:
    """The catalogue says which layers are shown; the page itself is not written."""
    marked = b"/OC /Layer BDC BT /F 14 Tf 60 500 Td (Sous condition) Tj ET EMC"
    layered = made.updated(made.paper(extra=marked), lambda writer: _layer(writer, "/ON"))
    changed = look(made.updated(layered, lambda writer: _layer(writer, "/OFF"))).changes
    assert [(change.revision, change.kinds) for change in changed] == [(2, ("image",))]


def _layer(writer: Any, state: str) -> None:
    """Have the page's marked text belong to a layer, at first, and show or hide it."""
    name, array = made.pdf_name, made.generic.ArrayObject
    dictionary = made.generic.DictionaryObject
    if "/OCProperties" in writer.root:
        layer = writer.root["/OCProperties"]["/OCGs"].raw_get(0)
    else:
        group = dictionary({name("/Type"): name("/OCG"), name("/Name"): made.pdf_string("Layer")})
        layer = writer.add_object(group)
        resources = made.page_of(writer)["/Resources"]
        resources[name("/Properties")] = dictionary({name("/Layer"): layer})
    shown = dictionary({name(state): array([layer])})
    writer.root[name("/OCProperties")] = dictionary({name("/OCGs"): array([layer]), name("/D"): shown})
    writer.update_root()


def test_words_that_change_under_an_opaque_picture_change_nothing_that_is_seen(look: Look) -> None:
    base = made.paper(extra=made.OVER_TOTAL, objects=[made.picture()])
    found = look(made.rewritten(base, ("Devis no 17", "Total 1 EUR", made.LINES[2]), extra=made.OVER_TOTAL))
    assert [change.kinds for change in found.changes] == [("unseen",)]


def test_a_picture_put_for_another_is_seen(look: Look) -> None:
    base = made.paper(extra=b"q 90 0 0 90 60 400 cm /Im Do Q", objects=[made.picture(level=0)])

    def darken(writer: object) -> None:
        stream = writer.get_object(made.generic.Reference(10, 0, writer))  # type: ignore[attr-defined]
        stream._data, stream._encoded_data = bytes([128]) * 64, None
        writer.mark_update(made.generic.Reference(10, 0, writer))  # type: ignore[attr-defined]

    assert [change.kinds for change in look(made.updated(base, darken)).changes] == [("image",)]


def test_text_laid_under_a_scan_is_recognition(look: Look) -> None:
    scan = made.paper((), extra=b"q 500 0 0 700 40 60 cm /Im Do Q", objects=[made.picture(level=90)])
    recognised = b"BT 3 Tr /F 14 Tf 60 600 Td (Facture) Tj ET q 500 0 0 700 40 60 cm /Im Do Q"
    found = look(made.rewritten(scan, (), extra=recognised))
    assert found.changes == (PdfChange(1, 1, "", "Facture", ("recognised",)),)


def test_pages_added_and_taken_out_are_named_by_their_words(look: Look) -> None:
    two = made.paper(made.LINES, ("Annexe confidentielle",))

    def drop(writer: object) -> None:
        pages = writer.root["/Pages"]  # type: ignore[attr-defined]
        pages["/Kids"].pop(1)
        pages[made.pdf_name("/Count")] = made.generic.NumberObject(1)
        writer.mark_update(writer.root.raw_get("/Pages").reference)  # type: ignore[attr-defined]

    assert look(made.updated(two, drop)).changes == (PdfChange(1, 2, "Annexe confidentielle", "", ("page-removed",)),)


def test_a_linearised_file_has_one_state(look: Look) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.paper())) as document:
        document.save(out, linearize=True)
    assert look(out.getvalue()).revisions == 1
    found = look(made.updated(out.getvalue(), lambda writer: made.page_of(writer)))
    assert (found.revisions, found.changes) == (2, ())


def test_signed_and_left_alone(look: Look) -> None:
    found = look(made.signed(made.paper(), stamp=True))
    (one,) = found.signatures
    assert (one.word, one.coverage, one.modified, one.fits) == ("pass", "file", "none", True)
    assert (one.signer, one.kind, one.self_issued, one.digest) == ("Claire Morel", "approval", True, "sha256")
    assert (one.stamped, one.stamper) == (int(made.WHEN.timestamp()), "Horloge")
    assert (found.changes, found.views) == ((), ())


def test_filled_and_signed_twice_keeps_to_what_signatures_allow(look: Look) -> None:
    form = made.with_field(made.paper(), "nom", "", (300, 300, 500, 330))
    data = made.signed(made.filled(made.signed(form), "Claire Morel", 0), "Signature2", box=(60, 60, 200, 110))
    found = look(data)
    assert [(one.word, one.coverage, one.modified, one.fits) for one in found.signatures] == [
        ("pass", "revision", "form", True),
        ("pass", "file", "none", True),
    ]
    assert (found.changes, found.views) == ((), ())
    assert found.history[2].did == ("form", "metadata")


def test_proofs_of_validity_and_a_time_stamp_are_upkeep(look: Look) -> None:
    found = look(made.stamped(made.proved(made.signed(made.paper()))))
    assert [(one.kind, one.word, one.modified) for one in found.signatures] == [
        ("approval", "pass", "lta"),
        ("timestamp", "pass", "none"),
    ]
    assert found.signatures[1].seconds == int(made.WHEN.timestamp())
    assert (found.changes, found.views) == ((), ())


def test_a_comment_beside_the_text_hides_nothing(look: Look) -> None:
    data = made.annotated(made.signed(made.paper()), "/Square", (400, 100, 500, 200), b"0.5 g 0 0 100 100 re f")
    found = look(data)
    assert (found.signatures[0].modified, found.signatures[0].fits) == ("other", False)
    assert found.history[-1].did == ("annotations", "metadata")
    assert (found.changes, found.views) == ((), ())


def test_a_highlight_leaves_its_words_to_be_seen(look: Look) -> None:
    marker = b"/G gs 1 1 0 rg 0 0 400 35 re f"
    data = made.annotated(made.signed(made.paper()), "/Highlight", TOTAL, marker.replace(b"/G gs ", b""))
    through = made.annotated(made.signed(made.paper()), "/Highlight", TOTAL, b"1 0.9 0 RG 3 w 0 2 m 400 2 l S")
    assert look(through).shadows == ()
    assert look(data).shadows == ("note-covers",)


def test_an_annotation_over_words_is_found_with_them(look: Look) -> None:
    found = look(made.annotated(made.signed(made.paper()), "/Square", TOTAL, b"1 g 0 0 400 35 re f"))
    assert [(view.key, view.before) for view in found.views] == [("note-covers", "Total a payer 58214 EUR")]


def test_words_changed_after_the_signature_are_seen_and_refused(look: Look) -> None:
    data = made.rewritten(made.signed(made.paper()), ("Devis no 17", "Total a payer 18214 EUR", made.LINES[2]))
    found = look(data)
    assert (found.signatures[0].word, found.signatures[0].fits) == ("pass", False)
    (view,) = found.views
    assert view.key == "content"
    assert ("58214" in view.before, "18214" in view.after) == (True, True)


def test_hide_words_lie_under_a_picture_and_come_out_after_the_signature(look: Look) -> None:
    ready = made.signed(made.paper(extra=made.OVER_TOTAL, objects=[made.picture()]))
    assert [(view.key, view.after) for view in look(ready).views] == [("words-covered", "Total a payer 58214 EUR")]
    shown = look(made.rewritten(ready, made.LINES))
    assert shown.shadows == ("revealed", "words-covered")


def test_a_picture_beside_the_words_or_under_them_covers_nothing(look: Look) -> None:
    beside = made.paper(extra=b"q 90 0 0 90 60 400 cm /Im Do Q", objects=[made.picture(level=0)])
    under = made.paper((), extra=made.OVER_TOTAL + made.content(made.LINES), objects=[made.picture()])
    assert look(made.signed(beside)).views == ()
    assert look(made.signed(under)).views == ()


def test_white_words_and_recognised_ones_are_not_called_covered(look: Look) -> None:
    white = made.paper((), extra=b"1 g " + made.content(made.LINES) + made.OVER_TOTAL, objects=[made.picture()])
    scan = made.paper(
        (), extra=b"BT 3 Tr ET " + made.content(made.LINES) + made.OVER_TOTAL, objects=[made.picture(level=9)]
    )
    assert look(made.signed(white)).views == ()
    assert look(made.signed(scan)).views == ()


def test_a_field_that_hid_words_is_gone_after_the_signature(look: Look) -> None:
    ready = made.signed(made.with_field(made.paper(), "montant", "58 214 EUR", TOTAL))
    found = look(made.without_field(ready, 0))
    assert ("montant", "field-removed", "58 214 EUR") in [(view.field, view.key, view.before) for view in found.views]


def test_two_fields_in_one_place_with_different_values(look: Look) -> None:
    box = (300, 300, 500, 330)
    one = made.with_field(made.paper(), "compte", "FR76 1111", box)
    assert look(made.signed(made.with_field(one, "compte2", "FR76 2222", box))).shadows == ("fields-overlap",)
    assert look(made.signed(made.with_field(one, "compte2", "FR76 1111", box))).shadows == ()
    assert look(made.signed(made.with_field(one, "compte2", "FR76 2222", (300, 200, 500, 230)))).shadows == ()


def test_a_value_that_stood_when_it_was_signed_is_another_now(look: Look) -> None:
    ready = made.signed(made.with_field(made.paper(), "montant", "10 EUR", (300, 300, 500, 330)))
    (view,) = look(made.filled(ready, "9000 EUR", 0)).views
    assert (view.key, view.field, view.before, view.after) == ("field-swapped", "montant", "10 EUR", "9000 EUR")


def test_a_field_filled_anew_without_any_signature(look: Look) -> None:
    form = made.with_field(made.paper(), "montant", "10 EUR", (300, 300, 500, 330))
    assert look(made.filled(form, "9000 EUR")).changes == (PdfChange(2, 0, "10 EUR", "9000 EUR", ("field",)),)
    blank = made.with_field(made.paper(), "montant", "", (300, 300, 500, 330))
    assert look(made.filled(blank, "9000 EUR")).changes == ()


def test_lines_made_to_repeat_cost_no_more_than_a_moment(look: Look) -> None:
    was, became = (["ab"[(n * n // 3) % 2] * 2 for n in range(start, start + 300)] for start in (0, 7))
    begun = time.process_time()
    assert list(passages("\n".join(was), "\n".join(became)))
    assert time.process_time() - begun < 5


def test_one_byte_under_the_signature(look: Look) -> None:
    data = made.signed(made.paper())
    found = look(data.replace(b"58214", b"18214", 1))
    assert [(one.word, one.coverage) for one in found.signatures] == [("altered", "file")]


def test_objects_after_the_end_of_a_signed_file_belong_to_no_state(look: Look) -> None:
    data = made.signed(made.paper())
    found = look(data + b"21 0 obj<</Length 0>>stream\n\nendstream endobj\n")
    assert (found.revisions, found.loose, found.signatures[0].coverage) == (1 + 1, 1, "revision")
    assert look(data + b"\r\n").loose == 0


def test_a_later_seal_over_words_is_told_apart_from_other_covers(look: Look) -> None:
    first = made.signed(made.paper(), certify=True, docmdp_permissions=made.fields.MDPPerm.FILL_FORMS)
    found = look(made.signed(first, "Signature2", box=TOTAL, style=made.opaque_seal()))
    assert [(view.key, view.before) for view in found.views] == [("seal-covers", "Total a payer 58214 EUR")]


def test_a_certification_says_what_it_allows(look: Look) -> None:
    closed = made.signed(made.paper(), certify=True, docmdp_permissions=made.fields.MDPPerm.NO_CHANGES)
    found = look(made.annotated(closed, "/Square", (400, 100, 500, 200), b"0.5 g 0 0 100 100 re f"))
    (one,) = found.signatures
    assert (one.kind, one.allows, one.fits) == ("certification", "none", False)


def test_a_file_for_one_reader_only_is_encrypted(look: Look) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made.paper())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Unreadable) as caught:
        look(out.getvalue())
    assert caught.value.code == "encrypted"


def test_a_form_tree_without_end_is_an_answer(look: Look) -> None:
    looped = made.signed(made.paper()).replace(b"/Fields[]", b"/Fields 4 0 R"[:9])
    assert look(looped).signatures[0].word in {"unreadable", "altered"}


def test_the_same_bytes_give_the_same_answer(look: Look) -> None:
    data = made.rewritten(made.signed(made.paper()), ("Devis no 17", "Total a payer 1 EUR"))
    assert look(data) == look(data)


SEED = made.rewritten(made.signed(made.with_field(made.paper(), "nom", "x", TOTAL)), ("Devis no 18",))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, len(SEED) - 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=8))
def test_broken_files_give_an_answer_or_a_reason(look: Look, damage: list[tuple[int, bytes]]) -> None:
    data = bytearray(SEED)
    for at, piece in damage:
        data[at : at + len(piece)] = piece
    with contextlib.suppress(Unreadable):
        assert len(look(bytes(data)).changes) <= 100


def test_a_signature_that_a_later_save_took_out_of_the_form_is_still_named(look: Look) -> None:
    def clear(writer: Any) -> None:
        writer.root["/AcroForm"]["/Fields"].clear()
        writer.mark_update(writer.root.raw_get("/AcroForm").reference)

    (one,) = look(made.updated(made.signed(made.paper()), clear)).signatures
    assert (one.word, one.detail) == ("unreadable", "no form field holds it")
