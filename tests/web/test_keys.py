"""The page of keys: who says whose they are, and how many mails verify under those that nobody vouches for."""

import sys
from pathlib import Path

import pytest
from django.test import Client

sys.path.insert(0, str(Path(__file__).parents[1] / "sift"))
from inert import Page
from key_holder import Holder
from leak_maker import mbox

from crible.sift.recover import catch_up, recover, sought
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.web.queries.ring import selectors


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Case:
    """Two holders of one selector, both recovered; a third key lost."""
    folder = tmp_path_factory.mktemp("keys")
    mbox(folder / "a.mbox", [*Holder("valette.example").mails(9), *Holder("ferrand.example", "k9", seed=3).mails(2)])
    mbox(folder / "b.mbox", Holder("valette.example", seed=2).mails(5, 50))
    with django_db_blocker.unblock():
        made = Case.create(folder / "case")
        sift(made, [folder / "a.mbox", folder / "b.mbox"], Options(jobs=1), Watch())
        catch_up(made)
        with made.facts():
            wanted = sought(made, (), 5)
        assert len(list(recover(made, wanted, lambda _: lambda _s, _of: None, exponents=(3,)))) == 2
    return Case.open(made.folder)


def test_both_cohorts_of_a_selector_are_counted(case: Case, django_db_blocker) -> None:
    with django_db_blocker.unblock(), case.facts():
        named = {(one.domain, one.selector): one for one in selectors(case)}
    both = named["valette.example", "s1"]
    assert both.words == {"pass": 14}
    assert sorted(cohort.mails for _, cohort in both.beside if cohort) == [5, 9]
    assert [key.anchored for key, _ in both.beside] == [False, False]
    assert named["ferrand.example", "k9"].beside == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["9 mails verify under it, boxes: 1", "5 mails verify under it", "nobody yet", "Two keys of one name"]),
        (
            "fr",
            [
                "9 messages se vérifient avec elle, boîtes : 1",
                "5 messages",
                "personne encore",
                "Deux clés du même nom",
            ],
        ),
    ],
)
def test_the_page_shows_both_and_prefers_neither(
    visitor: Client, slug: str, language: str, expected: list[str]
) -> None:
    answer = visitor.get(f"/{slug}/keys/", headers={"accept-language": language})
    text = " ".join(Page(answer.content.decode()).text.split()).replace("\xa0", " ")
    for words in expected:
        assert words in text
    assert "2017-03-01 – 2017-03-03" in text or "2017-02-28" in text
