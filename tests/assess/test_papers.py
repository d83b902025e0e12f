"""What papers call themselves."""

from crible.assess.papers import fold, numbered, paper, stem
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.sorting import Finance, Sorting

HEAD = "Imprimerie Valette\n12 rue des Presses\nFacture n° FA-2017-031\nDate : 12/02/2017\nTotal 1 500,00 €\n"


def called(text: str, name: str = "facture.pdf", finance: Finance | None = None):
    sorting = Sorting(finance=finance) if finance else None
    return paper(Reading("application/pdf", file=FileFacts(), sorting=sorting), text, name)


def test_number_and_date_stand_in_the_head() -> None:
    found = called(HEAD)
    assert (found.number, found.date) == ("fa2017031", "12022017")
    assert called("Invoice No. 4711\nMarch 3, 2017\n").number == "4711"
    assert called("Invoice No. 4711\nMarch 3, 2017\n").date == "march32017"
    assert called("Bonjour, la facture suit.").number == ""


def test_what_sorting_found_goes_first() -> None:
    found = called(HEAD, finance=Finance(number="X-9", issuer="Valette SARL", date="2017-02-13"))
    assert (found.number, found.issuer, found.date) == ("x9", "valettesarl", "2017-02-13")


def test_an_edition_is_read_from_name_and_head() -> None:
    assert called(HEAD, "devis-031-v2.pdf").editions == {"v2"}
    assert called("Devis 2017-031, version 2\n").editions == {"version2"}
    assert called("Facture rectificative\nAnnule et remplace la précédente\n").editions == {
        "rectificative",
        "annuleetremplace",
    }
    assert called("Vincent a 3 voix, et finalement rien de drafté.").editions == frozenset()


def test_a_letterhead_is_no_title_and_a_second_copys_name_is() -> None:
    assert called(HEAD, "facture.pdf").titles == {"facture"}
    assert called(HEAD, "facture (1).pdf").titles == {"facture"}
    assert called(HEAD, "facture_v2.pdf").titles == {"facture"}
    assert fold("Budget de la réunion publique") in called("Budget de la réunion publique\n", "x.pdf").titles
    assert stem("note - Copie.docx") == "note"


def test_a_key_needs_issuer_and_number() -> None:
    assert numbered(Finance(number="FA-1", issuer="Imprimerie Valette")) == "imprimerievalette|fa1"
    assert numbered(Finance(number="FA-1")) == numbered(Finance(issuer="Valette")) == numbered(None) == ""
    assert len(numbered(Finance(number="9" * 500, issuer="a" * 500))) <= 200
