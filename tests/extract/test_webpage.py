from crible.extract import webpage as reader


def test_title_and_text(window):
    data = "<html><title>Le\n budget &amp; moi</title><body><script>x()</script><p>Où est l’été ?</p>".encode()
    reading = reader.read(window(data))
    assert reading.text == "Où est l’été ?"
    assert reading.file.title == "Le budget & moi"
    assert reading.file.defects == ()


def test_a_declared_charset_is_followed(window):
    data = '<meta charset="koi8-r"><p>Несколько слов</p>'.encode("koi8-r")
    assert reader.read(window(data)).text == "Несколько слов"


def test_hidden_words_and_remote_content_are_named(window):
    data = b'<p style="display:none">cach\xc3\xa9</p><p>vu</p><img src="https://t.example/1.gif">'
    reading = reader.read(window(data))
    assert reading.text == "vu"
    assert reading.file.properties == {"hidden-text": "caché", "remote-content": "1"}


def test_without_a_declaration_the_bytes_decide(window):
    for codec in ("utf-8", "cp1252", "utf-16", "utf-16-le"):
        assert (
            reader.read(window("<p>déjà vu, à Noël et à Pâques</p>".encode(codec))).text
            == "déjà vu, à Noël et à Pâques"
        )


def test_a_wrong_declaration_is_a_defect(window):
    reading = reader.read(window('<meta charset="utf-8"><p>déjà vu</p>'.encode("cp1252")))
    assert reading.text == "déjà vu"
    assert reading.file.defects == ("charset-wrong",)
