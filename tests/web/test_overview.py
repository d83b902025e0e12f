"""The overview: what it says first, how it tells classes apart, what changed, and what it never shows."""

import re
from collections.abc import Iterator

import pytest
from desk_cases import make_demo_case
from desk_served import on_the_desk, owner_come_in
from django.test import Client
from inert import Page
from pytest_django import DjangoDbBlocker

from crible.review.looks import look, since
from crible.review.models import Look, User
from crible.store.case import Case
from crible.store.models import Document, Weighing
from crible.web.queries.first import first
from crible.web.queries.shares import shares
from crible.web.queries.when import when


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Case:
    """The fictional leak, with its signed and altered mails."""
    with django_db_blocker.unblock():
        return make_demo_case(tmp_path_factory.mktemp("overview"))


@pytest.fixture
def reporter(demo: Case, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Client, str]]:
    with django_db_blocker.unblock(), on_the_desk(demo):
        yield owner_come_in(), f"/{demo.uuid[:8]}/"


def read(client: Client, path: str, language: str = "en") -> str:
    answer = client.get(path, headers={"accept-language": language})
    assert answer.status_code == 200
    text = " ".join(Page(answer.content.decode()).text.split()).replace("\xa0", " ").replace("\u202f", " ")
    return text.replace(" .", ".")


def test_what_contradicts_comes_first_and_says_both_values(reporter: tuple[Client, str]) -> None:
    text = read(*reporter)
    listed = text[text.index("Look at these first") : text.index("How far each kind")]
    assert listed.index("Differs from a signed copy") < listed.index("A detail needs explaining")
    assert re.search(r"says [^.]+\. The same attachment, in the copy of its mail that \S+ signed, says ", listed)
    assert "says 12 255,00. The like of it, carried unchanged by a mail that" in listed
    assert "signed, says 2 255,00." in listed
    assert "were all saved again between" in listed
    assert listed.count("were all saved again between") == 1
    assert "How this may be innocent" in listed


def test_the_altered_invoice_is_one_click_away(reporter: tuple[Client, str]) -> None:
    client, case = reporter
    body = client.get(case).content.decode()
    front = body[: body.index("more finding")]
    link = next(one for one in re.findall(r'href="([^"]+/document/[^"]+)"', front) if "12 255,00" in read(client, one))
    text = read(client, link)
    assert "2 255,00" in text
    assert "imprimerie-lacombe.example" in text


def test_every_count_of_the_list_is_that_of_its_listing(demo: Case, reporter: tuple[Client, str]) -> None:
    client, case = reporter
    body = client.get(case).content.decode()
    counted = re.findall(r'href="(/[^"]+/documents/\?(?:why|id)[^"]+)">([\d,]+) such document', body)
    assert counted
    for address, count in counted:
        assert f"{count} document" in read(client, address.replace("&amp;", "&")), address


def test_nothing_private_stands_first(demo: Case, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        with demo.facts():
            chosen = first().clusters[0].document
        with demo.facts(write=True):
            Weighing.objects.filter(pk=chosen).update(private=True)
        try:
            with demo.facts():
                found = first()
                assert chosen not in {one.document for one in (*found.clusters, *found.more)}
                id = bytes(Document.objects.get(pk=chosen).sha256).hex()  # noqa: A001
                refs = {ref for one in (*found.clusters, *found.more) for ref in one.question.evidence.refs}
                assert id not in refs, "a sentence would quote it"
        finally:
            with demo.facts(write=True):
                Weighing.objects.filter(pk=chosen).update(private=False)


def test_no_share_is_given_for_the_whole(demo: Case, reporter: tuple[Client, str]) -> None:
    with demo.facts():
        told = shares()
        total = Weighing.objects.count()
    for table in (told.classes, told.sorts):
        assert sum(one.total for one in table) == total
        assert len(table) > 3
    assert sum(told.levels.values()) == total
    text = read(*reporter)
    assert "By correspondence" in text
    assert "By kind of paper" in text
    assert f"{round(100 * sum(one.vouched for one in told.classes) / total)} % in all" not in text


def test_every_stretch_of_a_bar_leads_to_as_many(demo: Case, reporter: tuple[Client, str]) -> None:
    client, case = reporter
    body = client.get(case).content.decode()
    links_ = re.findall(
        r'<a class="num" href="(/[^"]+/documents/\?(?:class|sort)=[^"]+)">.*?<span>([\d,]+)</span>', body
    )
    assert len(links_) > 15
    for address, count in links_:
        assert read(client, address.replace("&amp;", "&")).count(f" {count} document"), address


@pytest.mark.parametrize("query", ["sort=evil", "class=evil", "why=evil:x", "word=evil", "id=xyz", "level=evil"])
def test_a_listing_of_nothing_known_is_absent(reporter: tuple[Client, str], query: str) -> None:
    client, case = reporter
    assert client.get(f"{case}documents/?{query}").status_code == 404


def test_a_listing_bears_any_value(demo: Case, reporter: tuple[Client, str]) -> None:
    client, case = reporter
    for query in ("domain=%27%22<script>", "why=corpus.batch&first=%00", "domain=" + "a" * 5000, "selector=x"):
        assert client.get(f"{case}documents/?{query}").status_code == 200


def test_what_changed_is_told_of_the_last_day_only(demo: Case, reporter: tuple[Client, str]) -> None:
    client, case = reporter
    assert "Since you last looked" not in read(client, case)
    person = User.objects.get(owner=True)
    today = Look.objects.get(by=person, case=demo.uuid)
    assert today.figures["contradicted"] >= 10
    Look.objects.filter(pk=today.pk).update(day="2017-05-06", figures={**today.figures, "read": 7, "anchored": 3})
    text = read(client, case)
    assert "Since you last looked, on 6 May 2017" in text
    assert f"+{today.figures['read'] - 7} documents read" in text
    assert "−3 keys found and anchored" in text
    french = read(client, case, "fr")
    assert "Depuis votre dernière visite, le 6 mai 2017" in french, "a word of ours must not shadow the name of a month"
    assert Look.objects.filter(by=person, case=demo.uuid).count() == 2


@pytest.mark.usefixtures("_desk")
def test_looks_are_a_persons_own_and_a_cases_own() -> None:
    ada, bo = User.objects.create(name="ada-looks"), User.objects.create(name="bo-looks")
    look(ada, "case", "2017-05-06", {"read": 1})
    assert since(bo, "case", "2017-05-07", {"read": 2}) is None
    assert since(ada, "other", "2017-05-07", {"read": 2}) is None
    assert since(ada, "case", "2017-05-06", {"read": 2}) is None
    told = since(ada, "case", "2017-05-07", {"read": 2, "new": 9})
    assert told is not None
    assert [(one.name, one.more) for one in told.changes] == [("read", 1)]


def test_gaps_are_marked_the_longest_first() -> None:
    found = when([("2016-01", 5), ("2016-03", 5), ("2016-08", 5)])
    assert found is not None
    assert [(gap.first, gap.last, gap.months) for gap in found.gaps] == [
        ("2016-04", "2016-07", 4),
        ("2016-02", "2016-02", 1),
    ]
    assert [bar.count for bar in found.bars] == [5, 0, 5, 0, 0, 0, 0, 5]


def test_the_overview_in_french(reporter: tuple[Client, str]) -> None:
    text = read(*reporter, "fr")
    for words in ("À regarder d’abord", "Par correspondance", "À qui sont les boîtes", "dit 12 255,00. Son semblable"):
        assert words in text
    assert not re.findall(
        r"\b(?:the|of|and|with|not|which|says|found)\b", text[text.index("À regarder") : text.index("Qui écrit")]
    )
