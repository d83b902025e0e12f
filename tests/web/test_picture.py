"""Pages as pictures, drawn in the sandbox: PNG for what has pages, nothing for anything else."""

import io

import pytest
from django.test import Client
from PIL import Image

from crible.demo.paper.pdf import Line, pdf
from crible.store.case import Case
from crible.store.models import Document


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
    (folder / "leak" / "note.txt").write_text("Une note de quelques mots seulement.")
    with django_db_blocker.unblock():
        case = Case.create(folder / "case")
        sift(case, [folder / "leak"], Options(jobs=1, recognise=False), Watch())
    return case


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
    assert f'src="{address(papers, named["avis.pdf"], "page/1.png")}"' in page
    assert 'href="?page=2#pictures"' in page
    assert "?view=" not in page


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
    assert "<h3>Class</h3>" in listing
    assert "in=class%3A%22invoice%22" in listing
