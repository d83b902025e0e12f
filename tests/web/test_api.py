"""The desk as JSON: the same rights, the same shelf, and no answer that is a defect."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crible.review import tokens
from crible.review.models import Entry, Membership, Token, User
from crible.review.people import owner
from crible.review.rights import Right, Role
from crible.store.case import Case


def asking(text: str, **headers: str) -> Client:
    """A program that holds this token."""
    return Client(headers={"host": "127.0.0.1", "authorization": f"Bearer {text}", **headers})


@pytest.fixture
def program(case: Case, visitor: Client) -> Client:
    """The owner's program, which may read and review."""
    text, _ = tokens.make(owner(), case.uuid, "carnet", (Right.READ, Right.REVIEW), 30)
    return asking(text)


@pytest.fixture
def base(case: Case) -> str:
    """The case's own addresses."""
    return f"/api/1/cases/{case.uuid[:8]}/"


def test_a_case_and_its_figures(program: Client, base: str, case: Case) -> None:
    assert [one["uuid"] for one in program.get("/api/1/cases/").json()] == [case.uuid]
    sums = program.get(base).json()
    assert sums["balanced"]
    assert sums["listed"] == sums["out"]
    assert sum(row["total"] for row in sums["kinds"]) > 0


def test_a_search_and_a_document_as_the_export_has_it(program: Client, base: str, case: Case) -> None:
    from crible.sift.export import lines

    found = program.get(base + "documents/", {"q": "devis"}).json()
    assert found["total"] == 2
    with case.facts():
        exported = {one["id"]: one for one in lines("fr")}
    for hit in found["hits"]:
        answer = program.get(f"{base}documents/{hit['id']}/", {"lang": "fr"})
        assert answer.json() == json.loads(json.dumps(exported[hit["id"]]))
        text = program.get(f"{base}documents/{hit['id']}/text/", {"start": 0, "most": 7}).json()
        assert len(text["text"]) == min(7, text["characters"])


def test_the_ledger(program: Client, base: str) -> None:
    unreadable = program.get(base + "ledger/unreadable/", {"lang": "fr"}).json()
    assert any(line["path"].endswith("odd.bin") for line in unreadable)
    assert all(line["sentence"] and line["code"] not in line["sentence"] for line in unreadable)
    assert program.get(base + "ledger/todo/").json() == []
    assert program.get(base + "ledger/nonsense/").status_code == 422


def test_original_bytes_are_exact_and_logged(program: Client, base: str, ids: dict[str, str], case: Case) -> None:
    import hashlib

    name = ids["note.txt"]
    answer = program.get(f"{base}documents/{name}/bytes/")
    assert hashlib.sha256(b"".join(answer.streaming_content)).hexdigest() == name  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(case=case.uuid, act="original", document=name).exists()


def test_marks_in_the_persons_name(program: Client, base: str, ids: dict[str, str], case: Case) -> None:
    one = f"{base}documents/{ids['note.txt']}/"
    assert (
        program.put(one + "state/", {"state": "to-verify"}, content_type="application/json").json()["state"]
        == "to-verify"
    )
    assert program.post(one + "tags/", {"name": "Budget"}, content_type="application/json").json()["tags"] == ["Budget"]
    note = {"text": "provisoire ?", "passage": "budget provisoire"}
    marks = program.post(one + "notes/", note, content_type="application/json").json()
    assert [(n["text"], n["passage"]) for n in marks["notes"]] == [("provisoire ?", "budget provisoire")]
    lost = program.post(one + "notes/", {**note, "passage": "nulle part"}, content_type="application/json")
    assert [n["passage"] for n in lost.json()["notes"]] == ["budget provisoire", "nulle part"], "kept, in no place"
    assert program.put(one + "state/", "no json", content_type="application/json").json()["code"] == "api-body"
    assert program.delete(one + "tags/?tag=Budget").json()["tags"] == []
    assert program.put(one + "state/", {"state": None}, content_type="application/json").json()["state"] is None
    acts = Entry.objects.filter(case=case.uuid, document=ids["note.txt"]).values_list("act", "by")
    assert {by for _, by in acts} == {owner().name}
    assert {"state", "tag", "untag", "note"} <= {act for act, _ in acts}


def test_a_program_that_may_only_read_writes_nothing(
    case: Case, visitor: Client, base: str, ids: dict[str, str]
) -> None:
    text, _ = tokens.make(owner(), case.uuid, "x", (Right.READ,), 1)
    one = f"{base}documents/{ids['note.txt']}/"
    before = Entry.objects.count()
    for address, sent in (("state/", {"state": "cleared"}), ("tags/", {"name": "x"}), ("notes/", {"text": "x"})):
        ask = asking(text).put if address == "state/" else asking(text).post
        assert ask(one + address, sent, content_type="application/json").status_code == 403
    assert Entry.objects.count() == before


@pytest.mark.parametrize("text", ["", "crible_nonsense", "x" * 4000])
def test_without_a_token_that_holds_there_is_nothing(visitor: Client, base: str, text: str) -> None:
    for address in ("/api/1/cases/", base, base + "documents/"):
        answer = asking(text).get(address)
        assert (answer.status_code, answer.json()["code"]) == (403, "api-token")
    assert visitor.get(base).status_code == 403, "a session is no token"


def test_tokens_end(program: Client, base: str, case: Case) -> None:
    token = Token.objects.latest("pk")
    Token.objects.filter(pk=token.pk).update(expires=timezone.now() - timedelta(seconds=1))
    assert program.get(base).status_code == 403
    text, token = tokens.make(owner(), case.uuid, "x", (), 1)
    assert tokens.revoke(owner(), case.uuid, token.pk)
    assert asking(text).get(base).status_code == 403
    assert text.encode() not in b"".join(bytes(one.digest) for one in Token.objects.all())
    assert text not in str(list(Entry.objects.values()))


def test_a_token_never_outgrows_its_person_or_its_case(case: Case, visitor: Client, base: str) -> None:
    reader = User.objects.create(name="lectrice")
    Membership.objects.create(user=reader, case=case.uuid, role=Role.READER)
    text, _ = tokens.make(reader, case.uuid, "x", (Right.READ, Right.REVIEW), 1)
    found = asking(text).get(base + "documents/", {"q": "devis"}).json()["hits"][0]["id"]
    assert asking(text).get(f"{base}documents/{found}/bytes/").status_code == 403
    elsewhere, _ = tokens.make(owner(), "0" * 36, "x", (Right.READ,), 1)
    assert asking(elsewhere).get(base).status_code == 404
    Membership.objects.filter(user=reader).delete()
    assert asking(text).get(base).status_code == 404
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert asking(text).get(base).status_code == 403


def test_many_wrong_tokens_must_wait(visitor: Client, base: str) -> None:
    from crible.review.models import Attempt

    for _ in range(25):
        asking("crible_wrong").get(base)
    text, _ = tokens.make(owner(), "0" * 36, "x", (), 1)
    assert asking(text).get("/api/1/cases/").status_code == 403
    Attempt.objects.all().delete()
    assert asking(text).get("/api/1/cases/").status_code == 200


def test_the_page_makes_shows_once_and_revokes(visitor: Client, slug: str, base: str) -> None:
    page = f"/{slug}/tokens/"
    made = visitor.post(page, {"name": "<b>carnet</b>", "days": "7", "scopes": ["read", "manage"]}).content.decode()
    text = made.split("<pre>")[1].split("</pre>")[0]
    assert text.startswith("crible_")
    assert asking(text).get(base).status_code == 200
    assert Token.objects.latest("pk").scopes == ["read"]
    again = visitor.get(page).content.decode()
    assert text not in again
    assert "<b>carnet" not in again
    visitor.post(f"{page}{Token.objects.latest('pk').pk}/revoke/")
    assert asking(text).get(base).status_code == 403
    assert visitor.post(page, {"name": "", "days": "7"}).status_code == 400
    assert visitor.post(page, {"name": "x", "days": "9999"}).status_code == 400


def test_its_description_is_openapi_and_needs_a_token_too(visitor: Client, program: Client) -> None:
    schema = visitor.get("/api/1/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            assert operation["security"], path
            assert operation["summary"], path
