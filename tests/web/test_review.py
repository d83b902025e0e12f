"""Review in pages: every act a form, by role, in place or by the page; the queue, the log, undo."""

import csv
import io
import json
import re

import pytest
from desk_cases import HOSTILE
from django.test import Client
from inert import Page

from crible.review.models import Entry, Membership, Note, Seen, State, User
from crible.review.rights import Role
from crible.review.standing import standing
from crible.store.case import Case
from crible.web import served

BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(case: Case, name: str, role: Role | None) -> Client:
    """Somebody with that role in the case; none at all for None."""
    user = User.objects.create(name=name, shown=name.title())
    if role:
        Membership.objects.create(user=user, case=case.uuid, role=role)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def team(case: Case, _desk: None) -> dict[str, Client]:
    roles = {"ines": Role.EDITOR, "marc": Role.REVIEWER, "lea": Role.READER, "odile": Role.EDITOR, "eve": None}
    return {name: enter(case, name, role) for name, role in roles.items()}


@pytest.fixture
def doc(ids: dict[str, str]) -> str:
    return ids["note.txt"]


def of(slug: str, doc: str, rest: str = "") -> str:
    return f"/{slug}/document/{doc}/{rest}"


def text(client: Client, path: str, status: int = 200, language: str = "en") -> str:
    client.cookies["crible_language"] = language
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    page = Page(answer.content.decode())
    assert [one for one in page.problems if one not in ("<b>", "<img>")] == []
    return page.text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


POSTS = (
    "document/{id}/mark/state/", "document/{id}/mark/tag/", "document/{id}/mark/star/", "document/{id}/mark/note/",
    "document/{id}/mark/assign/", "document/{id}/decide/decide/", "document/{id}/decide/second/", "undo/",
    "queue/mark/", "log/stamp/", "log/export/",
)  # fmt: skip


@pytest.mark.parametrize("route", POSTS)
def test_a_reader_is_refused_everywhere_and_a_stranger_to_the_case_finds_nothing(
    team: dict[str, Client], slug: str, doc: str, route: str
) -> None:
    path = f"/{slug}/{route.format(id=doc)}"
    given = {"state": "relevant", "tag": "x", "text": "x", "what": "state", "document": doc, "where": "ailleurs"}
    assert team["lea"].post(path, given).status_code == 403
    assert team["eve"].post(path, given).status_code == 404
    assert team["marc"].get(path).status_code == 405
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("route", ["document/{id}/decide/decide/", "document/{id}/decide/second/", "log/stamp/"])
def test_a_reviewer_neither_decides_nor_stamps(team: dict[str, Client], slug: str, doc: str, route: str) -> None:
    path = f"/{slug}/{route.format(id=doc)}"
    given = {"decision": "publish", "reason": "Une raison bien assez longue."}
    assert team["marc"].post(path, given).status_code == 403
    assert "I agree" not in text(team["marc"], of(slug, doc))


def test_two_people_review_one_document(case: Case, team: dict[str, Client], slug: str, doc: str) -> None:
    reason = "L'intérêt public l'emporte, page 2."
    answer = team["marc"].post(of(slug, doc, "mark/state/"), {"state": "to-verify", "back": "text=1"})
    assert answer.status_code == 302
    assert answer["Location"] == of(slug, doc, "?text=1&did=1")
    assert "State: to verify." in text(team["marc"], answer["Location"])
    assert "State: to verify." not in text(team["ines"], answer["Location"]), "not her doing"
    team["ines"].post(of(slug, doc, "decide/decide/"), {"decision": "publish", "reason": reason, "two": "1"})
    assert "waits for a second person" in text(team["ines"], of(slug, doc))
    assert "I agree" not in text(team["ines"], of(slug, doc))
    page = text(team["odile"], of(slug, doc))
    assert reason in page
    assert "I agree" in page
    number = str(standing(case.uuid, doc, User.objects.get(name="odile")).decision.pk)  # type: ignore[union-attr]
    said = {"decision": number, "reason": "Relu contre l'original.", "agrees": "yes"}
    assert team["ines"].post(of(slug, doc, "decide/second/"), said).status_code == 400
    assert team["odile"].post(of(slug, doc, "decide/second/"), said).status_code == 302
    assert "Odile agrees." in text(team["lea"], of(slug, doc))
    assert "Odile approuve." in text(team["lea"], of(slug, doc), language="fr")
    assert "Décision : publier" in text(team["lea"], of(slug, doc), language="fr")
    assert "publish" in text(team["lea"], f"/{slug}/decisions/?only=publish")


def test_an_act_in_place_answers_with_the_bar_only(team: dict[str, Client], slug: str, doc: str) -> None:
    answer = team["marc"].post(of(slug, doc, "mark/tag/"), {"tag": "<b>salle</b>"}, headers={"hx-request": "true"})
    body = answer.content.decode()
    assert "<html" not in body
    assert "&lt;b&gt;salle&lt;/b&gt;" in body
    assert 'hx-swap-oob="innerHTML:#review-told"' in body
    assert Page(body).problems == []
    failed = team["marc"].post(of(slug, doc, "mark/tag/"), {"tag": "x" * 61}, headers={"hx-request": "true"})
    assert "A tag needs between 1 and 60 characters." in Page(failed.content.decode()).text
    assert team["marc"].post(of(slug, doc, "mark/tag/"), {"tag": ""}).status_code == 400
    assert team["marc"].post(of(slug, doc, "mark/nothing/")).status_code == 404


def test_undo_from_the_page_and_what_somebody_changed_since(
    team: dict[str, Client], slug: str, doc: str, ids: dict[str, str]
) -> None:
    marc, here = team["marc"], {"document": doc}
    marc.post(of(slug, doc, "mark/state/"), {"state": "relevant"})
    answer = marc.post(f"/{slug}/undo/", here)
    assert "Undone: State: relevant." in text(marc, answer["Location"])
    assert State.objects.count() == 0
    marc.post(of(slug, doc, "mark/state/"), {"state": "relevant"})
    team["ines"].post(of(slug, doc, "mark/state/"), {"state": "cleared"})
    kept = marc.post(f"/{slug}/undo/", here)
    assert kept.status_code == 409
    assert "Since then Ines changed the same" in Page(kept.content.decode()).text
    in_place = marc.post(f"/{slug}/undo/", here, headers={"hx-request": "true"})
    assert "Since then Ines changed the same" in in_place.content.decode()
    assert State.objects.get().state == "cleared"
    other = ids["odd.bin"]
    elsewhere = team["ines"].post(f"/{slug}/undo/", {"document": other}, headers={"hx-request": "true"})
    assert f"/document/{doc}/" in elsewhere.content.decode(), "what was undone is on another document"
    assert State.objects.get().state == "relevant"


def test_a_note_stands_by_its_passage(team: dict[str, Client], slug: str, doc: str) -> None:
    given = {"text": f"Lequel ? {HOSTILE}", "passage": "un  budget\nprovisoire", "near": "5"}
    team["marc"].post(of(slug, doc, "mark/note/"), given)
    note = Note.objects.get()
    assert note.passage == "un budget provisoire"
    body = team["ines"].get(of(slug, doc)).content.decode()
    assert f'data-passage="{note.start}"' in body
    assert "<script>document" not in body
    assert "\u202e" not in body
    assert "take back" not in body
    team["marc"].post(of(slug, doc, "mark/note/"), {"text": "Ailleurs.", "passage": "des mots absents"})
    assert "These words were not found in the text." in text(team["ines"], of(slug, doc))
    assert team["ines"].post(of(slug, doc, "mark/unnote/"), {"note": str(note.pk)}).status_code == 400
    team["marc"].post(of(slug, doc, "mark/unnote/"), {"note": str(note.pk)})
    assert (
        "un budget provisoire" not in text(team["ines"], of(slug, doc)).partition("Notes")[2].partition("Ailleurs")[0]
    )


def test_opening_is_seeing_but_fetching_ahead_is_not(team: dict[str, Client], slug: str, doc: str) -> None:
    team["lea"].get(of(slug, doc), headers={"sec-purpose": "prefetch"})
    team["lea"].head(of(slug, doc))
    assert Seen.objects.count() == 0
    team["lea"].get(of(slug, doc))
    assert "seen by Marc, Lea" in text(team["marc"], of(slug, doc))


def test_a_queue_goes_on_after_its_document_has_left_it(
    team: dict[str, Client], slug: str, ids: dict[str, str]
) -> None:
    marc = team["marc"]
    chosen = [ids["note.txt"], ids["odd.bin"], ids["Re: Devis de la salle"]]
    given = {"what": "state", "state": "to-verify", "document": chosen, "back": "queue=state:to-verify"}
    answer = marc.post(f"/{slug}/queue/mark/", given)
    assert "State of 3 documents: to verify." in text(marc, answer["Location"])
    first, second, third = re.findall(
        r"/document/([0-9a-f]{64})/\?queue=", marc.get(answer["Location"]).content.decode()
    )[-3:]
    here = f"{of(slug, second)}?queue=state:to-verify&at=1"
    body = marc.get(here).content.decode()
    assert re.search(rf'rel="next" href="{of(slug, third)}\?queue=state%3Ato-verify&amp;at=2"', body)
    assert re.search(rf'rel="prev" href="{of(slug, first)}\?', body)
    marc.post(of(slug, second, "mark/state/"), {"state": "cleared"})
    body = marc.get(here).content.decode()
    assert re.search(rf'rel="next" href="{of(slug, third)}\?queue=state%3Ato-verify&amp;at=1"', body)
    listed = marc.get(f"/{slug}/queue/?queue=line:1").content.decode()
    assert all(one in listed for one in chosen)
    undone = marc.post(f"/{slug}/undo/", {"line": "1", "back": "queue=me"})
    assert undone.status_code == 302
    assert State.objects.get().document == second, "what was changed since stays"


def test_all_of_a_search_is_marked_at_once(team: dict[str, Client], slug: str, ids: dict[str, str]) -> None:
    back = "queue=search:q%3Ddevis"
    assert "Devis de la salle" in text(team["marc"], f"/{slug}/queue/?{back}")
    answer = team["marc"].post(f"/{slug}/queue/mark/", {"what": "tag", "tag": "devis", "scope": "all", "back": back})
    assert answer.status_code == 302
    assert "documents tagged “devis”" in text(team["marc"], answer["Location"])
    assert "devis 2" in text(team["lea"], f"/{slug}/tags/")
    for given in ({"what": "tag", "tag": "x"}, {"what": "tag", "tag": "x", "document": ["0" * 64]}):
        assert team["marc"].post(f"/{slug}/queue/mark/", given).status_code in (302, 400)
    assert "x 1" not in text(team["lea"], f"/{slug}/tags/")


QUEUES = (
    "", "me", "nobody", "second", "star", "noted", "state:cleared", "tag:x", "evil:y", "unread:questioned",
    "unread:contradicted", "decided:publish", "search:q=devis", "line:1", "line:x",
)  # fmt: skip


@pytest.mark.parametrize("queue", QUEUES)
def test_every_queue_has_a_page_in_both_languages(team: dict[str, Client], slug: str, queue: str) -> None:
    assert "Queues" in team["marc"].get(f"/{slug}/queue/?queue={queue}").content.decode()
    assert "Toutes les étiquettes" in text(team["marc"], f"/{slug}/queue/?queue={queue}", language="fr")


def test_who_manages_sees_all_of_the_log_and_others_their_own(
    visitor: Client, team: dict[str, Client], slug: str, doc: str
) -> None:
    team["marc"].post(of(slug, doc, "mark/state/"), {"state": "relevant"})
    team["ines"].post(of(slug, doc, "mark/tag/"), {"tag": "salle"})
    page = text(visitor, f"/{slug}/log/")
    assert "set its state from “no state” to “relevant”" in page
    assert "tagged it “salle”" in page
    assert "All 2 lines follow one another unbroken" in page
    own = text(team["ines"], f"/{slug}/log/")
    assert "tagged it" in own
    assert "set its state" not in own
    narrowed = text(visitor, f"/{slug}/log/?by=marc&document={doc}", language="fr")
    assert "a fait passer son état de « aucun état » à « pertinent »" in narrowed
    assert "étiquette « salle »" not in narrowed


def test_marks_and_log_are_exported(case: Case, visitor: Client, team: dict[str, Client], slug: str, doc: str) -> None:
    team["marc"].post(of(slug, doc, "mark/note/"), {"text": "=cmd|calc"})
    team["marc"].post(of(slug, doc, "mark/tag/"), {"tag": "salle"})
    table = team["lea"].post(f"/{slug}/marks/export/", {"form": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert {(row["kind"], row["document"]) for row in rows} == {("note", doc), ("tag", doc)}
    assert next(row for row in rows if row["kind"] == "note")["text"] == "'=cmd|calc"
    lines = [json.loads(line) for line in visitor.post(f"/{slug}/log/export/").content.decode().splitlines()]
    assert [line["act"] for line in lines] == ["note", "tag", "marks-export", "log-export"]
    assert lines[-1]["previous"] == lines[-2]["hash"]
    assert team["lea"].post(f"/{slug}/marks/export/", {"form": "exe"}).status_code == 404


def test_another_case_has_neither_marks_nor_documents(
    case: Case, many: Case, team: dict[str, Client], slug: str, doc: str, ids: dict[str, str]
) -> None:
    served.serve([case, many])
    other = many.uuid[:8]
    assert team["marc"].post(f"/{other}/document/{doc}/mark/state/", {"state": "cleared"}).status_code == 404
    team["marc"].post(of(slug, doc, "mark/state/"), {"state": "cleared"})
    line = str(Entry.objects.get().number)
    outsider = enter(many, "zoe", Role.ADMIN)
    assert outsider.post(f"/{other}/undo/", {"line": line}).status_code == 400
    assert outsider.post(f"/{slug}/undo/", {"line": line}).status_code == 404
    assert outsider.post(f"/{other}/document/{'0' * 64}/mark/state/", {"state": "cleared"}).status_code == 404
    assert "set its state" not in text(outsider, f"/{other}/log/")
    assert State.objects.count() == 1
