"""Whose box it seems to be."""

import pytest
from boxes_mail import made

from crible.assess.boxes.owners import Clues, is_sent_folder, owner
from crible.model.evidence import Strength

IRIS = "iris@horizon.example"


def said(clues: Clues, box: str = "leak/a.mbox") -> list[str]:
    return [one.message for one in owner(box, clues)]


def received(clues: Clues, count: int, to: str = IRIS, **fields: object) -> None:
    for _ in range(count):
        clues.take(made(to=to, delivered=(to,), **fields))


def test_delivery_and_copies_of_sent_mail_agree() -> None:
    clues = Clues()
    received(clues, 8)
    for _ in range(5):
        clues.take(made(sender="Iris@Horizon.example", arrived=None))
    answer, *reasons = owner("leak/a.mbox", clues)
    assert answer.message == "owner"
    assert answer.params == {"address": IRIS}
    assert answer.strength is Strength.MODERATE
    assert [(one.message, one.count, one.params["of"]) for one in reasons] == [
        ("owner-delivered", 8, 8), ("owner-addressed", 8, 8), ("owner-wrote", 5, 5),
    ]  # fmt: skip


def test_one_kind_of_reason_alone_is_weak() -> None:
    clues = Clues()
    for _ in range(6):
        clues.take(made(to=IRIS))
    assert owner("leak/a.mbox", clues)[0].strength is Strength.WEAK
    assert said(clues) == ["owner", "owner-addressed"]


def test_the_name_of_the_box_is_a_reason_only_beside_another() -> None:
    clues = Clues()
    assert said(clues, "leak/iris.mbox") == []
    clues.take(made(to=IRIS))
    assert said(clues, "leak/iris.mbox") == ["owner-unclear"]
    received(clues, 6)
    assert "owner-named" in said(clues, "leak/iris.mbox")


def test_a_folder_of_sent_mail_tells() -> None:
    clues = Clues()
    for _ in range(5):
        clues.take(made(sender=IRIS), filed=True)
    assert said(clues) == ["owner", "owner-filed"]


@pytest.mark.parametrize("count", [1, 4])
def test_few_mails_leave_it_unclear(count: int) -> None:
    clues = Clues()
    received(clues, count)
    assert said(clues) == ["owner-unclear"]


def test_two_addresses_alike_leave_it_unclear() -> None:
    clues = Clues()
    received(clues, 6)
    received(clues, 6, "marc@horizon.example")
    assert said(clues) == ["owner-unclear"]


def test_kinds_that_disagree_name_both() -> None:
    clues = Clues()
    for _ in range(6):
        clues.take(made(to="alias@horizon.example"))
        clues.take(made(sender=IRIS, arrived=None))
    answer = owner("leak/a.mbox", clues)[0]
    assert answer.message == "owner-several"
    assert answer.params == {"addresses": ["alias@horizon.example", IRIS]}
    assert answer.strength is Strength.NONE


def test_newsletters_and_lists_are_no_sign_of_the_addressee() -> None:
    clues = Clues()
    for _ in range(9):
        clues.take(made(to="all@list.example", list_id="all.list.example"))
        clues.take(made(to="news@shop.example", bulk=True))
    assert said(clues) == ["owner-unclear"]


def test_an_archive_of_a_list_is_said_to_be_one() -> None:
    clues = Clues()
    for _ in range(19):
        clues.take(made(to="all@list.example", list_id="all.list.example", delivered=("archive@far.example",)))
    answer = owner("leak/a.mbox", clues)[0]
    assert (answer.message, answer.count) == ("owner-list", 19)


@pytest.mark.parametrize(
    "path",
    ["b.mbox/Sent/12", "b/.Sent/cur/1", "b/Sent Items/1", "b/[Gmail].Messages envoyés/1", "b/Éléments envoyés/1",
     "b/Sent.mbox/000001", "b/Inbox.sbd/Sent/1"],
)  # fmt: skip
def test_folders_of_sent_mail_are_known(path: str) -> None:
    assert is_sent_folder(path)


@pytest.mark.parametrize("path", ["b/Present/1", "b/Sentinelle/1", "b/Inbox/Sent", "Sent", "b/consent.mbox/1"])
def test_other_folders_are_not(path: str) -> None:
    assert not is_sent_folder(path)
