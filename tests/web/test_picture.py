"""Pages as pictures, drawn in the sandbox: PNG for what has pages, nothing for anything else."""

import io
import re
import threading

import pytest
from django.test import Client
from inert import Page
from PIL import Image

from crible.demo.paper.ooxml import Origin
from crible.demo.paper.pdf import Line, pdf
from crible.demo.paper.xlsx import xlsx
from crible.model.errors import Unreadable
from crible.sift import asking, page_images
from crible.store.case import Case
from crible.store.models import Document
from crible.web import server
from crible.web.queries import drawing
from crible.web.views import safe


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Case:
    """A PDF of two pages, an invoice, a quote and a photograph."""
    from crible.sift.run import sift
    from crible.sift.watch import Options, Watch

    folder = tmp_path_factory.mktemp("papers")
    (folder / "leak").mkdir()
    pages = [[Line(60, 700, f"Feuille {n}", 30)] for n in (1, 2)]
    (folder / "leak" / "avis.pdf").write_bytes(pdf(pages, "Avis", "", "20170314101500"))
    bill = ["Imprimerie Lacombe", "Facture 2017-0139", "Total HT 100,00 €", "TVA 20 % 20,00 €", "Total TTC 120,00 €"]
    for name, head in (("facture.pdf", bill[1]), ("devis.pdf", "Devis 2017-12")):
        page = [Line(60, 700 - 30 * n, line, 14) for n, line in enumerate([bill[0], head, *bill[2:]])]
        (folder / "leak" / name).write_bytes(pdf([page], head, "", "20170314101500"))
    Image.linear_gradient("L").convert("RGB").save(folder / "leak" / "ciel.jpg", quality=90)
    rows = ["nom;objet;montant", "Ada;Devis <b>;4200.50", *(f"ligne {n};x;{n}" for n in range(2, 301))]
    (folder / "leak" / "liste.csv").write_text("\n".join(rows))
    budget = xlsx(
        "Budget",
        [["Salle", 120.5], ["Son", 80]],
        Origin("Budget", "Ada", "Bo", "2017-03-14T09:15:00Z", "2017-03-15T09:15:00Z"),
    )
    (folder / "leak" / "budget.xlsx").write_bytes(budget)
    (folder / "leak" / "note.txt").write_text("Une note de quelques mots seulement.")
    with django_db_blocker.unblock():
        case = Case.create(folder / "case")
        sift(case, [folder / "leak"], Options(jobs=1, recognise=False), Watch())
    return case


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that runs tests may be too busy to place words in the time of a page."""
    monkeypatch.setattr(page_images, "PATIENCE", 60.0)


@pytest.fixture
def reader(papers: Case, visitor: Client) -> Client:
    from crible.web import served

    served.serve([papers])
    return visitor


@pytest.fixture
def named(papers: Case, reader: Client) -> dict[str, str]:
    with papers.facts():
        rows = Document.objects.filter(reading__isnull=False)
        return {row.path.rpartition("/")[2]: bytes(row.sha256).hex() for row in rows}


def address(case: Case, name: str, rest: str) -> str:
    return f"/{case.uuid[:8]}/document/{name}/{rest}"


def test_each_page_is_a_picture_of_its_own(reader: Client, papers: Case, named: dict[str, str]) -> None:
    pictures = []
    for page in (1, 2):
        answer = reader.get(address(papers, named["avis.pdf"], f"page/{page}.png"))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
        assert answer["X-Content-Type-Options"] == "nosniff"
        pictures.append(Image.open(io.BytesIO(answer.content)))
    assert pictures[0].size == pictures[1].size == (1100, 1556)
    assert pictures[0].tobytes() != pictures[1].tobytes()


def test_the_document_page_shows_it_and_leads_to_the_next(reader: Client, papers: Case, named: dict[str, str]) -> None:
    page = reader.get(address(papers, named["avis.pdf"], "")).content.decode()
    assert f'<image href="{address(papers, named["avis.pdf"], "page/1.png")}"' in page
    assert 'href="?page=2#pictures"' in page
    assert "?view=error-levels" not in page
    assert '?width=160"' in page


@pytest.mark.parametrize("view", ["error-levels", "repeats"])
def test_views_of_a_picture_come_with_the_warning_that_they_prove_nothing(
    reader: Client, papers: Case, named: dict[str, str], view: str
) -> None:
    page = reader.get(address(papers, named["ciel.jpg"], "") + f"?view={view}").content.decode()
    assert "it proves nothing by itself" in page
    answer = reader.get(address(papers, named["ciel.jpg"], f"{view}/1.png"))
    assert Image.open(io.BytesIO(answer.content)).format == "PNG"


@pytest.mark.parametrize("rest", ["page/3.png", "page/0.png", "anything/1.png"])
def test_there_is_no_such_page(reader: Client, papers: Case, named: dict[str, str], rest: str) -> None:
    assert reader.get(address(papers, named["avis.pdf"], rest)).status_code == 404


def test_what_has_no_pages_is_not_drawn(reader: Client, papers: Case, named: dict[str, str]) -> None:
    assert reader.get(address(papers, named["note.txt"], "page/1.png")).status_code == 404
    assert 'class="page"' not in reader.get(address(papers, named["note.txt"], "")).content.decode()


def test_a_stranger_sees_none(stranger: Client, papers: Case, named: dict[str, str]) -> None:
    fresh = Client(headers={"host": "127.0.0.1"})
    assert fresh.get(address(papers, named["avis.pdf"], "page/1.png")).status_code in (302, 403)


def test_the_desk_says_what_sort_of_paper_it_is(reader: Client, papers: Case, named: dict[str, str]) -> None:
    """With the reasons; and search tells classes apart."""
    page = reader.get(address(papers, named["facture.pdf"], "")).content.decode()
    assert "<dt>Class</dt><dd>invoice (“facture” in its title" in page
    assert "<dt>Class</dt>" not in reader.get(address(papers, named["note.txt"], "")).content.decode()
    listing = reader.get(f"/{papers.uuid[:8]}/search/?q=").content.decode()
    assert ">Class</h" in listing
    assert "in=class%3A%22invoice%22" in listing


def test_each_page_stands_with_its_own_words(reader: Client, papers: Case, named: dict[str, str]) -> None:
    second = reader.get(address(papers, named["avis.pdf"], "?page=2")).content.decode()
    text = second[second.index('class="text') :]
    assert "Feuille 2" in text
    assert "Feuille 1" not in text
    whole = reader.get(address(papers, named["avis.pdf"], "?view=text")).content.decode()
    assert "Feuille 1" in whole
    assert "Feuille 2" in whole
    assert 'class="page"' not in whole


def test_small_pictures_are_of_one_size(reader: Client, papers: Case, named: dict[str, str]) -> None:
    small = reader.get(address(papers, named["avis.pdf"], "page/1.png?width=160"))
    assert Image.open(io.BytesIO(small.content)).width == 160
    other = reader.get(address(papers, named["avis.pdf"], "page/1.png?width=9999"))
    assert Image.open(io.BytesIO(other.content)).width == 1100


def test_a_safe_copy_holds_pictures_of_all_pages_and_no_word(
    reader: Client, papers: Case, named: dict[str, str]
) -> None:
    """Read back by another program than the one that wrote it."""
    import pypdfium2

    answer = reader.get(address(papers, named["avis.pdf"], "safe/"))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{named["avis.pdf"][:16]}-safe.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    document = pypdfium2.PdfDocument(answer.content)
    assert len(document) == 2
    assert document[1].get_textpage().get_text_bounded() == ""
    drawn = document[1].render(scale=1).to_pil().convert("L")
    assert drawn.width == 595
    assert min(drawn.tobytes()) < 100, "something is written on it"
    assert b"Avis" not in answer.content


def test_a_list_of_values_is_a_table(reader: Client, papers: Case, named: dict[str, str]) -> None:
    html = reader.get(address(papers, named["liste.csv"], "")).content.decode()
    assert '<th scope="col">C</th>' in html
    assert "<td>Devis &lt;b&gt;</td>" in html
    assert '<td class="num">4200.50</td>' in html
    assert "Rows 1 to 200 of 301" in html
    assert 'href="?row=201"' in html
    rest = reader.get(address(papers, named["liste.csv"], "?row=201")).content.decode()
    assert "Rows 201 to 301 of 301" in rest
    assert "ligne 300" in rest


def test_a_workbook_is_a_table_with_its_sheets(reader: Client, papers: Case, named: dict[str, str]) -> None:
    html = reader.get(address(papers, named["budget.xlsx"], ""), headers={"accept-language": "fr"}).content.decode()
    assert "Lignes 1 à 2 sur 2, colonnes A à B sur 2." in html
    assert '<td class="num">120.5</td>' in html


def test_what_is_no_workbook_is_unreadable_and_ends_nothing(papers: Case, reader: Client) -> None:
    from crible.sift.sheets import Sheets
    from crible.sift.wire import SheetAsked

    with papers.facts():
        row = Document.objects.select_related("blob").get(path__endswith="note.txt")
        opening = papers.blobs.open(bytes(row.blob.sha256))
    with pytest.raises(Unreadable, match="corrupt"):
        Sheets().get("x", SheetAsked(0, row.size, "application/vnd.ms-excel", 1, 1, 1), lambda: opening)


def test_one_reader_cannot_hold_the_whole_desk(
    papers: Case, reader: Client, named: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    full = threading.BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(asking, "_room", full)
    monkeypatch.setattr(asking, "PATIENCE", 0.01)
    for path in ("page/1.png?width=160&fresh", "safe/"):
        answer = reader.get(address(papers, named["devis.pdf"], path))
        assert answer.status_code == 503, path
        assert "Too many pages" in answer.content.decode()
    assert reader.get(f"/{papers.uuid[:8]}/search/?q=devis").status_code == 200
    full.release()
    assert reader.get(address(papers, named["devis.pdf"], "safe/")).status_code == 200
    assert full.acquire(blocking=False)  # whoever was answered has given their place back
    assert asking.ROOM < server.THREADS


def test_a_safe_copy_has_an_end(
    papers: Case, reader: Client, named: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safe, "LONGEST", -1.0)
    assert reader.get(address(papers, named["avis.pdf"], "safe/")).status_code == 503


def test_the_text_lies_over_the_picture_and_what_was_searched_for_is_framed_and_counted(
    reader: Client, papers: Case, named: dict[str, str]
) -> None:
    page = reader.get(address(papers, named["facture.pdf"], "?from=q%3Dtva")).content.decode()
    assert not Page(page).problems
    layer = page[page.index('<svg class="layer"') : page.index("</svg>", page.index('<svg class="layer"'))]
    assert re.findall(r"<tspan[^>]*>([^<]*)</tspan>", layer)[:2] == ["Imprimerie", "Lacombe"]
    assert layer.count("<rect") == 1
    assert "stands in 1 place on this page" in page
    french = reader.get(address(papers, named["facture.pdf"], "?hit=total"), headers={"accept-language": "fr"})
    assert "figure à 2 endroits de cette page" in french.content.decode()
    assert "does not stand" in reader.get(address(papers, named["facture.pdf"], "?hit=absent")).content.decode()
    assert 'id="finds"' not in reader.get(address(papers, named["facture.pdf"], "")).content.decode()
    assert '<svg class="layer"' not in reader.get(address(papers, named["ciel.jpg"], "")).content.decode()


def test_a_page_whose_words_cannot_be_had_is_shown_without_them(
    reader: Client, papers: Case, named: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise Unreadable("corrupt")

    monkeypatch.setattr(drawing.images, "words", broken)
    page = reader.get(address(papers, named["devis.pdf"], "?hit=devis")).content.decode()
    assert f'<img src="{address(papers, named["devis.pdf"], "page/1.png")}"' in page
    assert '<svg class="layer"' not in page
