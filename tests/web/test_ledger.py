"""The ledger down to a single line: what goes in comes out at every level."""

import re

import pytest
from django.test import Client
from test_pages import read

from crible.model.ledger import FINAL, State
from crible.review.models import Membership, User
from crible.sift.ledger import account
from crible.store.case import Case
from crible.store.models import Document, Entry, Weighing
from crible.web.queries import account as queries
from crible.web.queries.account import Narrow


@pytest.mark.usefixtures("_desk")
def test_lines_add_up_to_the_account(case: Case) -> None:
    with case.facts():
        states = account().states
        assert {state: queries.of_state(State(state)).count() for state in FINAL} == {
            state: states.get(State(state), 0) for state in FINAL
        }
        for ended in account().reasons:
            assert queries.of_reason(ended.code, ended.what).count() == ended.count


@pytest.mark.usefixtures("_desk")
def test_parts_of_a_ledger_by_source_and_path(case: Case) -> None:
    with case.facts():
        whole = queries.of_state(State.READ).count()
        assert queries.of_state(State.READ, Narrow("leak")).count() == whole
        assert queries.of_state(State.READ, Narrow("lea")).count() == 0
        below = queries.items(queries.of_state(State.READ, Narrow("", "leak/ada.mbox/")))
        assert below
        assert all(one.path.startswith("leak/ada.mbox/") for one in below)


def test_a_container_says_what_it_lists_to_the_byte(case: Case, visitor: Client, slug: str) -> None:
    with case.facts():
        box = Document.objects.get(path="leak/ada.mbox")
    id = bytes(box.sha256).hex()  # noqa: A001
    text = read(visitor, f"/{slug}/ledger/in/{id}/")
    assert "3 in, 3 out" in text
    numbers = re.search(
        r"in all ([\d,]+) its members, cut from it as they are ([\d,]+) between them.* needs ([\d,]+)", text
    )
    assert numbers
    total, sliced, framing = (int(one.replace(",", "")) for one in numbers.groups())
    assert total == sliced + framing == box.size
    assert "leak/ada.mbox/000002" in text
    assert visitor.get(f"/{slug}/ledger/in/{'0' * 64}/").status_code == 404
    french = read(visitor, f"/{slug}/ledger/in/{id}/", language="fr")
    assert "Ce qu’il liste, dans son ordre" in french


def test_a_line_says_all_that_is_known_of_it(case: Case, visitor: Client, slug: str) -> None:
    with case.facts():
        entry = Entry.objects.get(path="leak/ada.mbox/000001")
        odd = Entry.objects.get(path="leak/odd.bin")
    text = read(visitor, f"/{slug}/ledger/line/{entry.pk}/")
    assert re.search(r"Bytes in what lists it [\d,]+ from byte [\d,]+", text)
    assert "How its reader was walled in" in text
    assert "SHA-256" in text
    assert "No reader for application/octet-stream." in read(visitor, f"/{slug}/ledger/line/{odd.pk}/")
    assert "Rang dans la liste" in read(visitor, f"/{slug}/ledger/line/{entry.pk}/", language="fr")
    assert visitor.get(f"/{slug}/ledger/line/99999999/").status_code == 404
    assert visitor.get(f"/{slug}/ledger/line/99999999999999999999/").status_code == 404


def test_names_of_a_closed_document_are_left_out(case: Case, visitor: Client, slug: str) -> None:
    with case.facts():
        mail = (
            Entry.objects.filter(parent__container="mail", path__contains="~")
            .select_related("document", "parent")
            .first()
        )
    assert mail is not None
    assert mail.parent is not None
    shown = read(visitor, f"/{slug}/ledger/line/{mail.pk}/")
    assert "xyz" in shown
    with case.facts(write=True):
        Weighing.objects.filter(document=mail.parent_id).update(private=True)
    try:
        for path in (f"ledger/line/{mail.pk}/", f"ledger/in/{bytes(mail.parent.sha256).hex()}/", "ledger/unreadable/"):
            assert "xyz" not in read(visitor, f"/{slug}/{path}"), path
        table = b"".join(visitor.get(f"/{slug}/ledger/unreadable/?as=csv").streaming_content).decode()
        assert "xyz" not in table
    finally:
        with case.facts(write=True):
            Weighing.objects.filter(document=mail.parent_id).update(private=False)


def test_a_state_leaves_as_csv(visitor: Client, slug: str) -> None:
    answer = visitor.get(f"/{slug}/ledger/unreadable/?as=csv", headers={"accept-language": "fr"})
    assert answer["Content-Disposition"].startswith("attachment")
    table = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert table[0] == "path,state,reason,sentence,id"
    line = next(one for one in table if one.startswith("leak/odd.bin"))
    assert "Aucun lecteur pour le type application/octet-stream" in line


@pytest.mark.parametrize("path", ["ledger/in/" + "0" * 64 + "/", "ledger/line/1/", "ledger/read/?as=csv"])
def test_nobody_else_reads_it(visitor: Client, slug: str, path: str) -> None:
    person = User.objects.create(name=f"else-{len(path)}")
    Membership.objects.create(user=person, case="another", role="admin")
    visitor.force_login(person)
    assert visitor.get(f"/{slug}/{path}").status_code in (302, 404)
    assert visitor.post(f"/{slug}/{path}").status_code in (302, 403, 404, 405)
