"""PDFs of one ancestor, found by the identifier that a save keeps."""

from crible.assess.descent import Descent
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.pdf import PdfFacts
from crible.sift.descents import NAMED, Descents

ANCESTOR, OTHER = "0f1e2d3c4b5a69788796a5b4c3d2e1f0", "ff" * 8 + "01" * 8


def found(*ids: tuple[str, ...]) -> dict[int, Descent]:
    descents = Descents()
    for pk, one in enumerate(ids):
        pdf = PdfFacts(ids=one)
        descents.see(pk, f"{pk:064x}", Reading("application/pdf", file=FileFacts(pdf=pdf)))
    return descents.found()


def test_files_of_one_ancestor_name_each_other_and_the_base_rate() -> None:
    assert found((ANCESTOR, "aa" * 8), (ANCESTOR, "bb" * 8), (OTHER, "cc" * 8)) == {
        0: Descent(1, 3, (f"{1:064x}",)),
        1: Descent(1, 3, (f"{0:064x}",)),
    }


def test_one_save_stored_twice_is_no_descent() -> None:
    assert found((ANCESTOR, ANCESTOR), (ANCESTOR, ANCESTOR)) == {}


def test_what_a_program_always_writes_is_no_ancestor() -> None:
    assert found(("00" * 16, "aa" * 8), ("00" * 16, "bb" * 8)) == {}
    assert found(("01", "aa" * 8), ("01", "bb" * 8)) == {}
    assert found((), (ANCESTOR,)) == {}


def test_of_many_some_are_named_and_all_are_counted() -> None:
    many = found(*((ANCESTOR, f"{n:032x}") for n in range(200)))
    assert many[0].files == 199
    assert len(many[0].others) == NAMED
