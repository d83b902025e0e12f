"""Text that is not seen, each kind beside the look-alike that is."""

import zlib

import pytest

WORDS = "BT /F 12 Tf 50 200 Td (Jeanne Moreau 1500) Tj ET"
AT = "BT /F 12 Tf 50 200 Td"
PAGE_PICTURE = "q 400 0 0 300 0 0 cm /I Do Q"


@pytest.fixture
def shown(image):
    return {"resources": "/XObject<</I 20 0 R>>", "objects": {20: image(zlib.compress(b"\xee" * 120_000))}}


def kinds(file):
    return {found.kind: found.text for found in file.pdf.hidden}


def test_plain_text_is_seen(facts):
    assert facts(WORDS).pdf.hidden == ()


@pytest.mark.parametrize(("content", "kind"), [
    (f"{AT} 3 Tr (Jeanne Moreau) Tj ET", "invisible"),
    (f"1 g {AT} (Jeanne Moreau) Tj ET", "white"),
    ("BT /F 0.4 Tf 50 200 Td (Jeanne Moreau) Tj ET", "tiny"),
    ("BT /F 12 Tf 900 200 Td (Jeanne Moreau) Tj ET", "outside"),
    (f"{AT} (Jeanne Moreau) Tj ET 0 g 40 195 120 20 re f", "under-dark"),
    (f"{AT} (Jeanne Moreau) Tj ET 1 g 40 195 120 20 re f", "under-white"),
    (f"{AT} (Jeanne Moreau) Tj ET 1 0 0 rg 40 195 120 20 re f", "under-colour"),
])  # fmt: skip
def test_each_kind(facts, content, kind):
    assert kinds(facts(content)) == {kind: "Jeanne Moreau"}


@pytest.mark.parametrize("content", [
    f"0 g 40 195 120 20 re f 1 g {AT} (Titre) Tj ET",
    f"0 g 40 195 120 20 re f {AT} (Titre) Tj ET",
    f"{AT} (Titre) Tj ET 0 g 40 198 120 1 re f",
    f"{AT} (Titre) Tj ET 0 g 40 150 120 20 re f",
    f"{AT} (Titre) Tj ET q 0 0 10 10 re W n 0 g 40 195 120 20 re f Q",
    f"{AT} (Titre) Tj ET 0 g 40 195 m 160 195 l 160 215 l f",
    f"{AT} (Titre) Tj ET 40 195 120 20 re S",
    "BT /F 12 Tf 50 200 Td ( ) Tj ET 0 g 40 195 120 20 re f",
    "BT /F 12 Tf 0.5 0 0 0.5 50 200 Tm (Petit) Tj ET",
], ids=[
    "white on a dark heading", "shade under text", "underlined", "box elsewhere", "clipped away", "triangle", "frame",
    "blank", "small print",
])  # fmt: skip
def test_what_looks_like_it_and_is_seen(facts, content):
    assert facts(content).pdf.hidden == ()


def test_a_sheer_marker_hides_nothing(facts):
    sheer = {"resources": "/ExtGState<</G<</ca .4>>/M<</BM/Multiply>>>>"}
    for state in ("/G gs", "/M gs"):
        assert facts(f"{WORDS} {state} 1 1 0 rg 40 195 160 20 re f", **sheer).pdf.hidden == ()


def test_a_word_struck_out_of_its_line_is_found_alone(facts):
    line = "BT /F 12 Tf 50 200 Td (Patient: Jeanne Moreau, 12 rue des Lilas) Tj ET 0 g 96 196 86 16 re f"
    (found,) = facts(line).pdf.hidden
    assert (found.kind, found.over) == ("under-dark", "")
    assert "Jeanne" in found.text
    assert "Patient" not in found.text
    assert "Lilas" not in found.text
    left, top, right, bottom = found.box
    assert (left, right) == (240, 455)
    assert (top, bottom) == (293, 347)


def test_a_figure_painted_over_and_set_anew(facts):
    new = "1 g 45 196 80 14 re f 0 g BT /F 12 Tf 50 200 Td (15 000,00) Tj ET"
    (found,) = facts(f"BT /F 12 Tf 50 200 Td (1 500,00) Tj ET {new}").pdf.hidden
    assert (found.kind, found.text, found.over) == ("under-white", "1 500,00", "15 000,00")


def test_shapes_that_annotations_lay_on_text_count_too(facts):
    square = "<</Type/Annot/Subtype/Square/Rect[40 195 180 215]/IC[0 0 0]>>"
    typed = "<</Type/Annot/Subtype/FreeText/Rect[40 195 180 215]/C[1 1 1]/Contents(15 000)/DA(/F 12 Tf)>>"
    note = "<</Type/Annot/Subtype/Text/Rect[40 195 180 215]/Contents(a voir)>>"
    (dark,) = facts(WORDS, annots=square).pdf.hidden
    assert (dark.kind, dark.over) == ("under-dark", "")
    (white,) = facts(WORDS, annots=typed).pdf.hidden
    assert (white.kind, white.over) == ("under-white", "15 000")
    assert facts(WORDS, annots=note).pdf.hidden == ()


def test_a_recognised_scan_has_nothing_hidden_and_is_known_as_one(facts, shown):
    file = facts(f"{PAGE_PICTURE} {AT} 3 Tr (Facture 12) Tj ET", **shown)
    assert (file.pdf.hidden, file.pdf.recognised, file.pdf.overlays) == ((), (1,), ())
    assert (file.pages_without_text, file.wants) == ((), ())


def test_text_below_a_scan_is_a_layer_for_searching(facts, shown):
    assert facts(f"{WORDS} {PAGE_PICTURE}", **shown).pdf.hidden == ()


def test_a_recognised_page_with_sums_is_recognised_anew(facts, shown):
    layer = f"{PAGE_PICTURE} {AT} 3 Tr (Loyer 1 200,00 Charges 340,50 Total 1 540,50) Tj ET"
    file = facts(layer, **shown)
    (figures,) = file.pdf.compare
    assert (figures.page, figures.numbers) == (1, ("1 200,00", "340,50", "1 540,50"))
    assert (file.wants, file.pages_without_text) == (("ocr",), ())


def test_text_set_on_a_picture_of_the_page(facts, shown):
    (overlay,) = facts(f"{PAGE_PICTURE} {WORDS}", **shown).pdf.overlays
    assert (overlay.page, overlay.words, overlay.text) == (1, 3, "Jeanne Moreau 1500")
    assert overlay.dpi == 72


def test_a_logo_is_no_picture_of_the_page(facts, shown):
    file = facts(f"q 80 0 0 40 0 250 cm /I Do Q {WORDS}", **shown)
    assert (file.pdf.overlays, file.pdf.page_kinds[0].picture) == ((), "")


def test_text_of_a_layer_that_is_not_shown(facts):
    layers = {
        "catalog": "/OCProperties<</OCGs[21 0 R 22 0 R]/D<</OFF[22 0 R]>>>>",
        "objects": {21: b"<</Type/OCG/Name(Plan)>>", 22: b"<</Type/OCG/Name(Brouillon)>>"},
        "resources": "/Properties<</P 21 0 R/B 22 0 R>>",
    }
    file = facts(f"/OC /P BDC {WORDS} EMC /OC /B BDC BT /F 9 Tf 50 100 Td (secret) Tj ET EMC", **layers)
    assert kinds(file) == {"layer": "Brouillon: secret"}
    assert [(layer.name, layer.visible) for layer in file.pdf.layers] == [("Plan", True), ("Brouillon", False)]
    assert file.hidden == ("layer: Brouillon", "text: Brouillon: secret")


def test_boxes_turn_with_the_page(facts):
    (found,) = facts(f"1 g {AT} (Jeanne) Tj ET", page="/Rotate 90").pdf.hidden
    left, top, _, _ = found.box
    assert (600 < left < 720, 100 < top < 140) == (True, True)


def test_covers_inside_forms_are_found_in_their_place(facts):
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 500 500]/Matrix[1 0 0 1 40 195]/Length 19>>"
    form += b"stream\n0 g 0 0 150 20 re f\nendstream"
    file = facts(f"{WORDS} /X Do", resources="/XObject<</X 20 0 R>>", objects={20: form})
    assert kinds(file) == {"under-dark": "Jeanne Moreau 1500"}


def test_ten_thousand_boxes_in_one_place_end_soon(facts):
    content = f"{AT} (a1) Tj ET " * 1400 + "0 g 40 195 120 20 re f " * 1500 + "1 g " + f"{AT} (b1) Tj ET " * 400
    assert facts(content).pdf.unlooked == 1
