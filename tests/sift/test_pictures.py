"""Pictures met in papers of different issuers: what is kept, and what stays silent."""

from hashlib import sha256

import pikepdf
import pytest
from image_samples import saved, scene

from crible.model.facts import Reading
from crible.model.files import FileFacts, Picture
from crible.model.sorting import Finance, Sorting
from crible.sift.pictures import DOCUMENTS, Pictures
from crible.store.models import Evidence


def stamp(name: str = "tampon", width: int = 320, height: int = 140, size: int = 5000, page: int = 1) -> Picture:
    return Picture(sha256(name.encode()).digest(), size, width, height, page=page)


def paper(issuer: str, *pictures: Picture) -> Reading:
    sorting = Sorting("invoice", finance=Finance(issuer=issuer)) if issuer else None
    return Reading("application/pdf", file=FileFacts(pictures=pictures), sorting=sorting)


def found(*papers: Reading):
    pictures = Pictures()
    for pk, reading in enumerate(papers):
        pictures.see(pk, f"{pk:064x}", reading)
    return pictures.pasted()


def test_a_stamp_in_papers_of_two_issuers_is_told_of_both():
    others = [paper("Nord", stamp(f"logo {n}")) for n in range(5)]
    told = found(paper("Atelier du Nord", stamp(page=2)), *others, paper("Imprimerie  SUD", stamp()))
    assert set(told) == {0, 6}
    (one,) = told[0]
    assert (one.width, one.height, one.page) == (320, 140, 2)
    assert one.issuers == ("Atelier du Nord", "Imprimerie SUD")
    assert (one.others, one.holders) == ((f"{6:064x}",), 7)


@pytest.mark.parametrize(
    "papers",
    [
        (paper("Atelier du Nord", stamp()), paper("ATELIER DU  NORD", stamp())),
        (paper("Atelier du Nord", stamp()), paper("", stamp())),
        (paper("Atelier du Nord", stamp()), paper("Imprimerie Sud", stamp("autre"))),
        (paper("Atelier du Nord", stamp(width=24)), paper("Imprimerie Sud", stamp(width=24))),
        (paper("Atelier du Nord", stamp(size=90)), paper("Imprimerie Sud", stamp(size=90))),
        (paper("Atelier du Nord", stamp("page", 1240, 1754)), paper("Imprimerie Sud", stamp("page", 1240, 1754))),
        tuple(paper(f"Émetteur {n}", stamp("logo de la banque")) for n in range(DOCUMENTS + 1)),
        (paper("Atelier du Nord", stamp(), stamp()),),
    ],
    ids=[
        "the issuer's own logo", "an issuer unknown", "other pictures", "a bullet", "a blank cell", "a whole page",
        "a logo in many papers", "twice in one paper",
    ],
)  # fmt: skip
def test_what_offices_do_every_day_stays_silent(papers):
    assert found(*papers) == {}


def test_mails_and_files_without_pictures_cost_nothing():
    pictures = Pictures()
    pictures.see(1, "a" * 64, Reading("message/rfc822"))
    pictures.see(2, "b" * 64, Reading("text/plain", file=FileFacts()))
    assert pictures.pasted() == {}


def invoice(path, issuer: str, number: str, amount: str, stamped: bytes) -> None:
    """An invoice of one page with a stamp of 320 by 140 pixels."""
    lines = (
        issuer, "12 rue des Lilas, 75011 Paris", "SIRET 732 829 320 00074", f"FACTURE no {number}", "Date : 14/03/2017",
        f"Total HT {amount} EUR", "TVA 0 %", f"Total TTC {amount} EUR",
    )  # fmt: skip
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        image = pikepdf.Stream(
            pdf, stamped, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=320, Height=140,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=font), XObject=pikepdf.Dictionary(I=pdf.make_indirect(image))
        )
        content = f"BT /F 12 Tf 50 780 Td {shown} ET q 160 0 0 70 300 100 cm /I Do Q"
        page.Contents = pdf.make_stream(content.encode("latin-1"))
        pdf.save(path)


def test_a_sift_finds_the_stamp_of_another_house(sifted, tmp_path):
    source, stamped = tmp_path / "source", saved(scene(320, 140), quality=85)
    source.mkdir()
    invoice(source / "a.pdf", "Atelier du Nord SARL", "F2017-031", "1500,00", stamped)
    invoice(source / "b.pdf", "Imprimerie Sud SAS", "2017-88", "980,00", stamped)
    invoice(source / "c.pdf", "Atelier du Nord SARL", "F2017-044", "700,00", saved(scene(320, 140), quality=60))
    with sifted(tmp_path / "case", source).facts():
        rows = list(Evidence.objects.filter(check_id="image.pasted").order_by("document_id"))
        assert [row.document.entries.get().name for row in rows] == ["a.pdf", "b.pdf"]
        assert {row.strength for row in rows} == {"weak"}
        assert rows[0].refs == [bytes(rows[1].document.sha256).hex()]
        assert rows[0].params["names"] == ["Atelier du Nord SARL", "Imprimerie Sud SAS"]
