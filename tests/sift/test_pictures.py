"""Pictures met in papers of different issuers: what is kept, and what stays silent."""

from hashlib import sha256

import pytest

from crible.model.facts import Reading
from crible.model.files import FileFacts, Picture
from crible.model.sorting import Finance, Sorting
from crible.sift.pictures import DOCUMENTS, Pictures


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
