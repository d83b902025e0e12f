"""Ways to look at a document: each in its address, in both languages, reading no more than it shows."""

import base64
import re
from pathlib import Path

import pytest
from designed_cases import EACH, make_designed_case, picture
from django.test import Client
from hostile_html import HOSTILE
from inert import Page

from crible import words
from crible.extract.designed.scan import BY_ELEMENT, FETCHING
from crible.sandbox.window import Window
from crible.store.case import Case
from crible.store.models import Document, Reading
from crible.web.parts.fields import GROUPS, Group
from crible.web.queries.headers import FAMILIES, USUAL, explanation
from crible.web.queries.source import lines
from crible.words import LANGUAGES


@pytest.fixture(scope="module")
def designed(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Case:
    with django_db_blocker.unblock():
        return make_designed_case(tmp_path_factory.mktemp("looks"))


@pytest.fixture
def reader(designed: Case, visitor: Client) -> Client:
    from crible.web import served

    served.serve([designed])
    return visitor


@pytest.fixture
def mails(designed: Case, reader: Client) -> dict[str, str]:
    """Addresses of the mails by subject."""
    with designed.facts():
        rows = Reading.objects.filter(kind="mail").values_list("subject", "document__sha256")
        return {subject: f"/{designed.uuid[:8]}/document/{bytes(name).hex()}/" for subject, name in rows}


def page(client: Client, address: str, language: str = "en") -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def looks(html: str) -> list[str]:
    """The ways to look at it that are offered."""
    nav = re.search(r'<nav class="looks.*?</nav>', html, re.DOTALL)
    return re.findall(r">([^<]+)</a>", nav[0]) if nav else []


@pytest.mark.parametrize(
    ("language", "names"),
    [("en", ["Text", "As designed", "Headers", "Source"]), ("fr", ["Texte", "Mis en page", "En-têtes", "Source"])],
)
def test_a_mail_with_html_has_four(reader: Client, mails: dict[str, str], language: str, names: list[str]) -> None:
    assert looks(page(reader, mails["Piège image"], language)) == names


def test_the_others_keep_where_one_came_from(reader: Client, mails: dict[str, str]) -> None:
    html = page(reader, mails["Piège image"] + "?from=q%3Dwords&window=2")
    assert 'href="?from=q%3Dwords&amp;view=headers"' in html


@pytest.mark.parametrize("view", ["", "?view=designed", "?view=headers", "?view=source", "?view=nonsense"])
@pytest.mark.parametrize("subject", [f"Piège {start}" for start in range(0, len(HOSTILE), EACH)])
def test_no_page_of_a_hostile_mail_holds_anything_active(
    reader: Client, mails: dict[str, str], subject: str, view: str
) -> None:
    found = Page(page(reader, mails[subject] + view))
    allowed = {"<iframe>", "<article>", "<del>"}
    assert [one for one in found.problems if one not in allowed] == []


def test_the_frame_has_a_policy_of_its_own(reader: Client, mails: dict[str, str]) -> None:
    answer = reader.get(mails["Piège image"] + "html/")
    policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert policy == {
        "sandbox",
        "default-src 'none'",
        "img-src data:",
        "style-src 'unsafe-inline'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
    }
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"


def test_the_frame_brings_the_picture_redrawn(reader: Client, mails: dict[str, str]) -> None:
    html = reader.get(mails["Piège image"] + "html/").content.decode()
    (shown,) = re.findall(r"data:image/png;base64,([^\"]+)", html)
    assert '<img alt="Note">' in html
    assert b"tracked" in picture()
    assert b"tracked" not in base64.b64decode(shown), "not the stranger's bytes"


def test_what_is_left_out_is_counted_and_the_machine_named(reader: Client, mails: dict[str, str]) -> None:
    found = Page(page(reader, mails["Piège 0"] + "?view=designed")).text
    assert "Left out" in found
    assert "2 scripts" in found
    assert "evil.example" in found
    assert "2 scripts" in Page(page(reader, mails["Piège 0"] + "?view=designed", "fr")).text


def test_headers_are_raw_decoded_and_explained(reader: Client, mails: dict[str, str]) -> None:
    html = page(reader, mails["Piège image"] + "?view=headers")
    found = Page(html).text
    assert "=?utf-8?" in found
    assert "Read: Piège image" in found
    assert "stop 2 of 2" in found
    assert "30 s before the stop that it came from" in found.replace("1 min 30", "30")
    assert "Anybody can write any name here" in found
    assert "\u202e" not in html
    french = Page(page(reader, mails["Piège image"] + "?view=headers", "fr")).text
    assert "étape 2 sur 2" in french
    assert "N’importe qui peut écrire ici n’importe quel nom" in french


def test_the_parts_lead_to_their_documents(reader: Client, mails: dict[str, str], designed: Case) -> None:
    html = page(reader, mails["Piège image"] + "?view=headers")
    with designed.facts():
        red = Document.objects.get(path__endswith="rouge.png")
    assert f'/document/{bytes(red.sha256).hex()}/">a document of its own' in html
    assert "multipart/related" in html


def test_the_source_is_numbered_and_every_byte_legible(reader: Client, mails: dict[str, str]) -> None:
    html = page(reader, mails["Piège image"] + "?view=source")
    assert '<ol class="lines" start="1">' in html
    assert "<li>Received: from" in html
    assert "multipart/alternative" in html


def test_attachments_say_their_grade_and_where_else_they_lie(reader: Client, mails: dict[str, str]) -> None:
    found = Page(page(reader, mails["Piège image"])).text
    assert "rouge.png image/png" in found
    assert "Safe copy" in found


def test_words_that_were_searched_for_are_marked(reader: Client, mails: dict[str, str]) -> None:
    assert "<mark>words</mark>, in plain" in page(reader, mails["Piège image"] + "?from=q%3Dwords")
    assert "<mark>plain</mark>" in page(reader, mails["Piège image"] + "?hit=plain")
    assert "<mark>" not in page(reader, mails["Piège image"] + "?hit=((")


@pytest.mark.parametrize("rest", ["html/", "safe/"])
def test_a_stranger_sees_none(stranger: Client, designed: Case, mails: dict[str, str], rest: str) -> None:
    fresh = Client(headers={"host": "127.0.0.1"})
    assert fresh.get(mails["Piège image"] + rest).status_code in (302, 403)


@pytest.mark.parametrize("rest", ["html/", "safe/"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written(reader: Client, mails: dict[str, str], rest: str, method: str) -> None:
    assert getattr(reader, method)(mails["Piège image"] + rest).status_code == 405


def test_no_blob_is_opened_for_the_text(
    reader: Client, mails: dict[str, str], designed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the ways that show bytes need them: moved away, the text is shown all the same."""
    away = Path(f"{designed.blobs.folder}-away")
    designed.blobs.folder.rename(away)
    try:
        assert "words, in plain" in page(reader, mails["Piège image"])
    finally:
        away.rename(designed.blobs.folder)


def test_the_text_as_a_download(reader: Client, mails: dict[str, str]) -> None:
    answer = reader.get(mails["Piège image"] + "safe/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="[0-9a-f]{16}\.txt"', answer["Content-Disposition"])
    assert "words, in plain" in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_kind_and_group_has_its_sentence(language: str) -> None:
    for name in USUAL:
        words.render("headers", explanation(name), {}, language)
    for beginning in FAMILIES:
        words.render("headers", explanation(f"{beginning}whatever"), {}, language)
    for kind in {
        *BY_ELEMENT.values(),
        *FETCHING.values(),
        "pixels",
        "fonts",
        "hints",
        "handlers",
        "links",
        "redirects",
    }:
        words.render("body", f"left-{kind}", {"count": 2}, language)
    for key, _ in (*GROUPS, ("rest", ())):
        group = Group(key, ())
        words.render("body", group.heading, {}, language)
        words.render("body", group.limits, {}, language)


def test_windows_of_the_source_cut_no_character_and_number_every_line(tmp_path: Path) -> None:
    """Two bytes a character, an odd start: every boundary would fall within one."""
    data = b"x" + "é".encode() * 30 + b"\n"
    whole = data * 3_000 + b"\xff\xfe end"
    (tmp_path / "source").write_bytes(whole)
    with (tmp_path / "source").open("rb") as file:
        stored = Window.whole(file.fileno())
        shown = [lines(stored, number) for number in range(1, lines(stored, 1).of + 1)]
    assert [one.start for one in shown[1:]] == [one.end for one in shown[:-1]]
    assert "".join("\n".join(one.lines) for one in shown).replace("\n", "").count("\\x") == 2
    assert shown[-1].lines[-1] == "\\xff\\xfe end"
    for one in shown:
        assert one.first == whole[: one.start].count(b"\n") + 1
