"""Attacks on the closed shelf by way of what holds, carries, lists or resembles what lies there."""

import io
import mailbox
import zipfile
from email.message import EmailMessage
from html import unescape

import pytest
from desk_cases import mail, write_leak
from desk_people import client as browser
from desk_people import person
from django.test import Client
from pytest_django import DjangoDbBlocker

from crible.review import shelf as review
from crible.review import tokens
from crible.review.models import Entry, User
from crible.sift.run import Options, Watch, sift
from crible.store.case import Case
from crible.store.models import Document
from crible.web import served

SECRET, FILE, INNER = "cholestérolémie-zz", "ordonnance-zz", "radiographie-zz"
WORDS = (
    f"Chère patiente,\n\nvos résultats de biologie sont prêts : {SECRET}. Votre ordonnance suit, que votre médecin "
    "traitant a relue, et que mon médecin traitant garde. Prenez rendez-vous et apportez votre carte vitale.\n"
)
ATTACHED = "analyse-biologique-zz.txt"
OFFICE = "Bonjour,\n\nvoici le compte rendu de la réunion sur la salle, à relire avant jeudi matin.\n"


def private_letter() -> EmailMessage:
    """Between a patient and her doctor, with an archive in which lies what nobody can read."""
    letter = mail(40, "Vos résultats", WORDS, sender="Doc <doc@sante.example>")
    del letter["To"]
    letter["To"] = "Ada <ada.perso@poste.example>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{INNER}.txt", WORDS)
        archive.writestr(f"{INNER}.bin", bytes(range(256)) * 4)
    letter.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename=f"{FILE}.zip")
    return letter


def office_mail() -> EmailMessage:
    """Mail of the office that carries a private paper."""
    carrier = mail(41, "Compte rendu", OFFICE)
    carrier.add_attachment(WORDS.replace("Chère", "Très chère"), filename=ATTACHED)
    return carrier


@pytest.fixture(scope="module")
def private_case(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    folder = tmp_path_factory.mktemp("attacked")
    leak = write_leak(folder / "leak", extra=3)
    box = mailbox.mbox(leak / "ada.mbox")
    box.add(private_letter())
    box.add(office_mail())
    box.close()
    with zipfile.ZipFile(leak / "papiers.zip", "w") as archive:
        archive.writestr("analyse.txt", WORDS.replace("patiente", "voisine"))
    with django_db_blocker.unblock():
        case = Case.create(folder / "case", title="Essai")
        sift(case, [leak], Options(jobs=1), Watch())
    return case


@pytest.fixture
def _served(private_case: Case, _desk: None):
    served.serve([private_case])


@pytest.fixture
def rita(private_case: Case, _served: None) -> User:
    """May read, and no more."""
    return person("rita", (private_case, "reader"))


@pytest.fixture
def reader(rita: User) -> Client:
    return browser(rita)


@pytest.fixture
def slug(private_case: Case) -> str:
    return private_case.uuid[:8]


def by_path(case: Case, end: str) -> str:
    with case.facts():
        return bytes(Document.objects.filter(path__endswith=end).values_list("sha256", flat=True)[0]).hex()


def body(answer) -> str:
    data = b"".join(answer.streaming_content) if getattr(answer, "streaming", False) else answer.content
    return unescape(data.decode("utf-8", "replace"))


def closed_ones(case: Case) -> set[str]:
    with case.facts():
        return set(Document.objects.filter(weighing__private=True).values_list("path", flat=True))


@pytest.mark.usefixtures("_served")
def test_the_letter_its_archive_and_the_papers_are_closed_and_the_carrier_is_not(private_case: Case) -> None:
    names = {path.rpartition("/")[2] for path in closed_ones(private_case)}
    assert {"000006", f"2~{ATTACHED}", "analyse.txt", f"{INNER}.txt"} <= names
    assert not any(path.endswith((".mbox", "papiers.zip")) for path in closed_ones(private_case))


def test_an_archive_in_a_private_mail_is_as_closed_as_the_mail(private_case: Case, reader: Client, slug: str) -> None:
    packed = by_path(private_case, f"2~{FILE}.zip")
    for rest in ("", "source/", "safe/", "evidence/"):
        answer = reader.get(f"/{slug}/document/{packed}/{rest}")
        assert answer.status_code == 403, rest
        assert FILE not in body(answer)
    assert reader.post(f"/{slug}/document/{packed}/source/").status_code == 403
    for query in ("type:zip", f"name:{FILE}", f'id:"{packed}"', f"id:{packed} OR id:{packed}"):
        page = reader.get(f"/{slug}/search/", {"q": query})
        assert page.status_code == 200
        assert packed not in [one.hit.record.id for one in page.context["found"].hits]


def test_no_page_within_three_clicks_names_what_lies_in_a_private_mail(reader: Client, slug: str) -> None:
    from test_shelf import crawl

    pages = crawl(reader, f"/{slug}/", depth=3)
    assert len(pages) > 60
    told = {address: [word for word in (SECRET, FILE, INNER, ATTACHED) if word in unescape(page)]
            for address, page in pages.items()}  # fmt: skip
    assert not {address: found for address, found in told.items() if found}


@pytest.mark.parametrize("holder", ["ada.mbox", "papiers.zip"])
def test_bytes_that_hold_a_closed_document_are_not_given(
    private_case: Case, reader: Client, slug: str, holder: str
) -> None:
    answer = reader.post(f"/{slug}/document/{by_path(private_case, holder)}/source/")
    assert answer.status_code == 400
    assert "closed shelf" in body(answer)
    assert SECRET not in body(answer)


def test_nor_is_the_source_of_a_mail_that_carries_one(private_case: Case, reader: Client, slug: str) -> None:
    with private_case.facts():
        carrier = bytes(Document.objects.get(reading__subject="Compte rendu").sha256).hex()
    here = f"/{slug}/document/{carrier}"
    assert reader.get(f"{here}/").status_code == 200
    assert reader.post(f"{here}/source/").status_code == 400
    page = body(reader.get(f"{here}/?view=source"))
    assert "closed shelf" in page
    assert "analyse-biologique" not in page
    for view in ("headers", "text", "designed"):
        assert "analyse-biologique" not in body(reader.get(f"{here}/?view={view}"))


def test_once_all_of_it_is_opened_the_bytes_are_given_and_logged(
    private_case: Case, rita: User, reader: Client, slug: str
) -> None:
    holder, inside = by_path(private_case, "papiers.zip"), by_path(private_case, "analyse.txt")
    review.open_document(rita, private_case.uuid, inside, "Le trésorier y parle du devis.")
    answer = reader.post(f"/{slug}/document/{holder}/source/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)[:2] == b"PK"
    logged = Entry.objects.filter(case=private_case.uuid, act="original")
    assert [(one.by, one.document) for one in logged] == [("rita", holder)]


def test_programs_get_neither_the_bytes_nor_the_names_of_files(private_case: Case, rita: User, slug: str) -> None:
    boris = person("boris", (private_case, "reviewer"))
    text, _ = tokens.make(boris, private_case.uuid, "essai", ["read", "review"], 1)
    program = Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {text}"})
    here = f"/api/1/cases/{slug}"
    assert program.get(f"{here}/documents/{by_path(private_case, 'ada.mbox')}/bytes/").status_code == 422
    for state in ("read", "unreadable", "duplicate", "unsupported", "skipped", "encrypted", "quarantined"):
        answer = program.get(f"{here}/ledger/{state}/")
        if answer.status_code == 200:
            assert not [word for word in (FILE, INNER, ATTACHED) if word in body(answer)], state
    lines = program.get(f"{here}/ledger/read/").json()
    assert any(one["path"].endswith("/2/…") for one in lines)


def test_the_account_names_no_archive_of_a_private_mail(reader: Client, slug: str) -> None:
    for rest in ("", "read/", "unsupported/", "duplicate/", "read/?as=csv", "duplicate/?as=csv"):
        page = body(reader.get(f"/{slug}/ledger/{rest}"))
        assert not [word for word in (FILE, INNER, ATTACHED) if word in page], rest


@pytest.mark.parametrize("given", ["path", "source"])
def test_no_name_of_a_file_is_guessed_letter_by_letter(
    private_case: Case, reader: Client, slug: str, given: str
) -> None:
    with private_case.facts():
        path = Document.objects.get(path__endswith=f"2~{FILE}.zip").path
    whole = path if given == "source" else path[:-6]
    right = reader.get(f"/{slug}/ledger/read/", {given: whole})
    wrong = reader.get(f"/{slug}/ledger/read/", {given: whole.replace(FILE[:6], "zzzzzz")})
    assert len(right.context["items"]) == len(wrong.context["items"]) == 0
    assert right.context["total"] == wrong.context["total"] == 0


def test_the_text_of_an_open_copy_is_not_set_against_a_closed_one() -> None:
    from types import SimpleNamespace

    from crible.web.parts.body import _against

    def copy(*, closed: bool, signed: bool) -> SimpleNamespace:
        return SimpleNamespace(others=(SimpleNamespace(closed=closed),), changes=("x",), signed=signed)

    hidden, plain = copy(closed=True, signed=True), copy(closed=False, signed=False)
    assert _against(SimpleNamespace(compared=(hidden,))) is None  # type: ignore[arg-type]
    assert _against(SimpleNamespace(compared=(hidden, plain))) is plain  # type: ignore[arg-type, comparison-overlap]
