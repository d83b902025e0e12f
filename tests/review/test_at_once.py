"""Two hands at the same moment: a link is spent once, a tag spelled one way, a decision answered once, a limit kept."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from crible.model.errors import InputError
from crible.review import audit, deciding, invitations, marks, resets, tokens
from crible.review.models import Decision, Entry, Membership, State, Tag, User
from crible.review.rights import Role

CASE = "11111111-1111-4111-8111-111111111111"
DOCUMENT = "a" * 64
REASON = "Deux sources concordent."


def at_once(acts: Sequence[Callable[[], Any]]) -> list[Any]:
    """What came of each, errors of ours included; all begin together."""
    gate = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return act()
        except InputError as error:
            return error.code
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


@pytest.fixture
def admin(people: dict[str, User]) -> User:
    Membership.objects.filter(user=people["ines"]).update(role="admin")
    return people["ines"]


def test_a_link_is_spent_once(people: dict[str, User], admin: User) -> None:
    found = invitations.find(invitations.issue(CASE, Role.READER, admin)).invitation
    new = [User.objects.create(name=f"neuf-{n}") for n in range(5)]
    assert found is not None
    done = at_once([lambda user=user: invitations.accept(found, user) for user in new])
    assert sorted(done) == [False] * 4 + [True]
    assert Membership.objects.filter(case=CASE, user__in=new).count() == 1
    _, reset = resets.find(resets.issue(people["marc"], admin, CASE))
    assert reset is not None
    assert (
        sorted(at_once([lambda n=n: resets.use(reset, f"un long mot de passe {n}") for n in range(3)])).count(True) == 1
    )


def test_a_decision_is_answered_once(people: dict[str, User], admin: User) -> None:
    deciding.decide(admin, CASE, DOCUMENT, "publish", REASON, two=True)
    number = Decision.objects.get().pk
    second = [people["odile"], User.objects.create(name="paul")]
    said = at_once([
        lambda by=by, agrees=agrees: deciding.second(by, CASE, DOCUMENT, number, REASON, agrees=agrees)
        for by, agrees in zip(second, (True, False), strict=True)
    ])  # fmt: skip
    assert "review-second" in said
    assert Entry.objects.filter(act="second").count() == 1


def test_a_new_tag_is_spelled_one_way_and_one_state_stands(people: dict[str, User]) -> None:
    who = [people["ines"], people["odile"], people["marc"]]
    at_once(
        [
            lambda by=by, n=n: marks.tag(by, CASE, DOCUMENT, ("Budget", "budget", "BUDGET")[n])
            for n, by in enumerate(who)
        ]
    )
    assert Tag.objects.filter(case=CASE).count() == 1
    at_once([lambda by=by, s=s: marks.set_state(by, CASE, DOCUMENT, s) for by in who for s in ("relevant", "cleared")])
    assert State.objects.filter(case=CASE, document=DOCUMENT).count() == 1
    assert audit.check_case(CASE).broken is None


def test_a_limit_is_kept(people: dict[str, User]) -> None:
    marc = people["marc"]
    for _ in range(tokens.MOST - 2):
        tokens.make(marc, CASE, "essai", ["read"], 3)
    made = at_once([lambda: tokens.make(marc, CASE, "essai", ["read"], 3) for _ in range(6)])
    assert made.count("token-many") == 4
    assert tokens.of(marc, CASE).count() == tokens.MOST
