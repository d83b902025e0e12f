"""The closed shelf: counted, and not a word of it until somebody opens it with a reason."""

import mailbox
import re
from collections import deque
from collections.abc import Iterator
from html import unescape

import pytest
from desk_cases import mail, write_leak
from desk_served import on_the_desk, owner_come_in
from django.test import Client
from pytest_django import DjangoDbBlocker

from crible.review.models import Entry, Membership, Opening, User
from crible.review.rights import Role
from crible.sift.run import Options, Watch, sift
from crible.store.case import Case
from crible.store.models import Document, Evidence, Weighing

SECRETS = ("Résultats zygomatiques", "cholestérolémie", "Zénaïde", "ordonnance-zz", "hémoglobine-zz")
"""Words of the closed mails: subject, text, correspondent, attachment's name, attachment's text."""
REASON = "Le trésorier y parle du devis, selon deux sources."


@pytest.fixture(scope="module")
def private_case(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    """The small leak with two letters between a patient and her doctor, one quoted by the other."""
    folder = tmp_path_factory.mktemp("shelf")
    leak = write_leak(folder / "leak", extra=3)
    box = mailbox.mbox(leak / "ada.mbox")
    said = f"vos résultats de biologie : {SECRETS[1]} ; voici aussi votre ordonnance, que mon médecin a relue."
    letter = mail(40, SECRETS[0], f"Chère patiente,\n\n{said}\n", sender=f"{SECRETS[2]} Doc <doc@sante.example>")
    letter.replace_header("To", "Ada <ada.perso@poste.example>")
    letter.add_attachment(f"Résultats de biologie : {SECRETS[4]}. Votre ordonnance.\n", filename=f"{SECRETS[3]}.txt")
    box.add(letter)
    thanks, quoted = "Merci, je le dirai à mon médecin.", f"> {said}"
    answer = mail(41, f"Re: {SECRETS[0]}", f"{thanks}\n\n{quoted}\n", sender="Ada <ada.perso@poste.example>",
                  In_Reply_To="<40@brun.example>")  # fmt: skip
    answer.replace_header("To", f"{SECRETS[2]} Doc <doc@sante.example>")
    box.add(answer)
    box.close()
    with django_db_blocker.unblock():
        case = Case.create(folder / "case", title="Essai")
        sift(case, [leak], Options(jobs=1), Watch())
    return case


@pytest.fixture
def owner_there(private_case: Case, django_db_blocker: DjangoDbBlocker):
    """The owner's browser on that case."""
    with django_db_blocker.unblock(), on_the_desk(private_case):
        yield owner_come_in()


@pytest.fixture
def closed_ids(private_case: Case, owner_there: Client) -> list[str]:
    """What lies on the shelf: two letters and the attachment."""
    with private_case.facts():
        rows = Weighing.objects.filter(private=True).values_list("document__sha256", flat=True)
        return sorted(bytes(one).hex() for one in rows)


def told(body: str) -> list[str]:
    """Which of the secrets a page tells."""
    plain = unescape(body).casefold()
    return [secret for secret in SECRETS if secret.casefold() in plain]


def crawl(client: Client, start: str, depth: int, most: int = 600) -> dict[str, str]:
    """Every page within so many clicks, by address."""
    pages: dict[str, str] = {}
    waiting = deque([(start, 0)])
    while waiting and len(pages) < most:
        address, clicks = waiting.popleft()
        if address in pages:
            continue
        answer = client.get(address)
        streaming = getattr(answer, "streaming", False)
        body = (b"".join(answer.streaming_content) if streaming else answer.content).decode("utf-8", "replace")
        pages[address] = body
        if clicks < depth and answer.get("Content-Type", "").startswith("text/html"):
            found = re.findall(r'(?:href|src|action|hx-get)="([^"#]+)', body)
            base = address.split("?")[0]
            links_ = [base + one if one.startswith("?") else one for one in map(unescape, found)]
            waiting.extend((one, clicks + 1) for one in links_ if one.startswith("/") and "/static/" not in one)
    return pages


def test_the_letters_and_their_attachment_are_on_the_shelf(private_case: Case, closed_ids: list[str]) -> None:
    assert len(closed_ids) == 3


def test_no_page_within_three_clicks_tells_a_word_of_it(
    private_case: Case, owner_there: Client, closed_ids: list[str]
) -> None:
    pages = crawl(owner_there, f"/{private_case.uuid[:8]}/", 3)
    assert len(pages) > 100
    assert {address: words for address, body in pages.items() if (words := told(body))} == {}


@pytest.mark.parametrize("query", ["cholestérolémie", "subject:zygomatiques", "from:doc@sante.example", "*"])
def test_a_search_counts_it_and_shows_nothing(
    private_case: Case, owner_there: Client, closed_ids: list[str], query: str
) -> None:
    body = owner_there.get(f"/{private_case.uuid[:8]}/search/", {"q": query}).content.decode()
    shown = body.replace(unescape(query), "")
    assert [word for word in told(shown) if word.casefold() not in query] == []
    assert not any(one in body for one in closed_ids)
    assert re.search(r"[123] documents? that match(es)? lies? on the closed shelf", body)


def test_every_address_of_a_closed_document_is_closed(
    private_case: Case, owner_there: Client, closed_ids: list[str]
) -> None:
    slug = private_case.uuid[:8]
    for one in closed_ids:
        for tail in ("", "source/", "html/", "headers/", "evidence/", "page/1.png", "safe/"):
            answer = owner_there.get(f"/{slug}/document/{one}/{tail}")
            assert answer.status_code in (403, 404), tail
            assert told(answer.content.decode()) == []
        answer = owner_there.post(f"/{slug}/document/{one}/source/")
        assert answer.status_code == 403


def test_it_opens_with_a_reason_which_is_logged(private_case: Case, owner_there: Client, closed_ids: list[str]) -> None:
    slug = private_case.uuid[:8]
    with private_case.facts():
        letter = bytes(Document.objects.get(reading__subject=SECRETS[0]).sha256).hex()
    address = f"/{slug}/document/{letter}/open/"
    assert owner_there.post(address, {"reason": "  "}).status_code == 400
    assert not Opening.objects.exists()
    assert owner_there.post(address, {"reason": REASON}).status_code == 302
    assert SECRETS[1] in owner_there.get(f"/{slug}/document/{letter}/").content.decode()
    line = Entry.objects.filter(act="shelf-open").latest("pk")
    assert (line.document, line.params["reason"]) == (letter, REASON)
    found = owner_there.get(f"/{slug}/search/", {"q": "cholestérolémie"}).content.decode()
    assert SECRETS[0] in found
    assert "1 document that matches lies on the closed shelf" in found
    assert owner_there.post(f"/{slug}/document/{letter}/close/").status_code == 302
    assert owner_there.get(f"/{slug}/document/{letter}/").status_code == 403


def test_a_reviewer_cannot_open_it(private_case: Case, owner_there: Client, closed_ids: list[str]) -> None:
    user, _ = User.objects.get_or_create(name="rené")
    Membership.objects.get_or_create(user=user, case=private_case.uuid, defaults={"role": Role.REVIEWER})
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    address = f"/{private_case.uuid[:8]}/document/{closed_ids[0]}/"
    counted = client.get(f"/{private_case.uuid[:8]}/shelf/", {"q": "biologie"}).content.decode()
    assert "closed message" in counted
    assert not any(one in counted for one in closed_ids)
    assert "An editor of this case can open it" in client.get(address).content.decode()
    assert client.post(address + "open/", {"reason": REASON}).status_code == 403
    assert not Opening.objects.exists()


def test_each_figure_of_the_shelf_leads_to_places_and_no_words(
    private_case: Case, owner_there: Client, closed_ids: list[str]
) -> None:
    shelf = f"/{private_case.uuid[:8]}/shelf/"
    body = owner_there.get(shelf).content.decode()
    links_ = {unescape(one) for one in re.findall(r'href="(\?(?:why|box)=[^"]+)"', body)}
    assert any("why=private-health" in one for one in links_)
    for link in links_:
        page = owner_there.get(shelf + link).content.decode()
        assert any(one in page for one in closed_ids)
        assert told(page) == []
    empty = owner_there.get(shelf + "?why=private-minors").content.decode()
    assert "0 closed documents" in empty, empty[empty.index("<main") :]


def test_closed_again_it_takes_the_reasons_and_notes_about_it_along(
    private_case: Case, owner_there: Client, closed_ids: list[str]
) -> None:
    """In the log, in undone lines, among the decisions and in exports; why it was opened stays in the log."""
    start, one = f"/{private_case.uuid[:8]}", closed_ids[0]
    told = "Le dossier de la patiente-zz le dit."
    owner_there.post(f"{start}/document/{one}/open/", {"reason": REASON})
    owner_there.post(f"{start}/document/{one}/mark/note/", {"text": told})
    for decision in ("withhold", "publish"):
        owner_there.post(f"{start}/document/{one}/decide/decide/", {"decision": decision, "reason": told})
    last = Entry.objects.filter(act="decide").latest("number")
    owner_there.post(f"{start}/undo/", {"line": last.number})
    pages = (f"{start}/decisions/", f"{start}/log/", f"{start}/log/?document={one}")
    assert all(told in owner_there.get(page).content.decode() for page in pages)
    exported = b"".join(owner_there.post(f"{start}/marks/export/", {"form": "jsonl"})).decode()
    assert exported.count(told) == 2
    owner_there.post(f"{start}/document/{one}/close/")
    for page in pages:
        html = owner_there.get(page).content.decode()
        assert told not in html, page
        assert "withheld" in html
    assert REASON in owner_there.get(pages[1]).content.decode()
    french = {"accept-language": "fr"}
    assert "non communiqué" in owner_there.get(pages[1], headers=french).content.decode()
    assert "patiente-zz" not in b"".join(owner_there.post(f"{start}/marks/export/", {"form": "jsonl"})).decode()


@pytest.fixture
def questioned_letter(private_case: Case, closed_ids: list[str]) -> Iterator[str]:
    """A closed letter that two of its dates put a question to."""
    params = {
        "written": "2017",
        "when": "2016-03-14T09:15:00Z",
        "name": "Received[0]",
        "count": 3,
        "domain": "a.example",
    }
    question = {
        "says": "questions",
        "strength": "moderate",
        "bears_on": "time",
        "message": "date-after-received",
        "params": params,
    }
    with private_case.facts(write=True):
        letter = Document.objects.get(sha256=bytes.fromhex(closed_ids[0]))
        was = Weighing.objects.filter(pk=letter.pk).values("level", "questions")[0]
        row = Evidence.objects.create(
            document=letter, ordinal=900, check_id="mail.received-date", version=1, inputs=b"", **question
        )
        Weighing.objects.filter(pk=letter.pk).update(level="questioned", questions=1)
    yield closed_ids[0]
    with private_case.facts(write=True):
        row.delete()
        Weighing.objects.filter(pk=letter.pk).update(**was)


def test_taken_from_the_shelf_it_is_looked_at_first_again_and_waits_in_its_queue(
    private_case: Case, owner_there: Client, questioned_letter: str
) -> None:
    """And closed again, it is in neither."""
    start, document = f"/{private_case.uuid[:8]}", f"/document/{questioned_letter}/"
    queue = f"{start}/queue/?queue=unread%3Aquestioned"

    def shown() -> list[bool]:
        found = owner_there.get(f"{start}/").context["first"]
        leads = [one.lead.id for one in (*found.clusters, *found.more)]
        return [questioned_letter in leads, questioned_letter in owner_there.get(queue).content.decode()]

    assert shown() == [False, False]
    owner_there.post(f"{start}{document}open/", {"reason": REASON})
    assert shown() == [True, True]
    owner_there.post(f"{start}{document}close/")
    assert shown() == [False, False]
