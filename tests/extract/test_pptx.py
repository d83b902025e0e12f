from crible.extract import pptx as reader


def test_slides_come_in_the_order_shown_then_notes(window, pptx):
    reading = reader.read(window(pptx(["Ouverture\nParis", "hidden: chiffres", "Fin"], notes=["dire bonjour"])))
    assert reading.text == "Ouverture\nParis\fhidden: chiffres\fFin\fdire bonjour"
    assert reading.file.pages == 3
    assert reading.file.properties["hidden-slides"] == "1"


def test_ten_slides_keep_their_order(window, pptx):
    texts = [f"planche {at}" for at in range(12)]
    assert reader.read(window(pptx(texts))).text.split("\f") == texts


def test_a_broken_slide_costs_only_itself(window, pptx):
    reading = reader.read(window(pptx(["un", "deux &nope;", "trois"])))
    assert reading.text == "un\ftrois"
    assert reading.file.defects == ("unread-parts",)
