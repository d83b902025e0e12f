"""Remarks of a sifted leak: stored whole, in one order, and silent where nothing is the matter."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from boxed_leak import OWNER, note, write_boxed
from leak_maker import Signer, mbox

from crible.sift.boxed import boxes, total, traces
from crible.sift.remarks import KINDS
from crible.store.case import Case
from crible.store.models import Reading, Remark

Rows = list[tuple[object, ...]]


@pytest.fixture(scope="module")
def boxed_case(tmp_path_factory: pytest.TempPathFactory, sifted) -> Case:
    folder = tmp_path_factory.mktemp("boxed")
    return sifted(folder / "case", write_boxed(folder / "fuite"))


@pytest.fixture
def boxed(boxed_case: Case) -> Iterator[Case]:
    with boxed_case.facts():
        yield boxed_case


def rows() -> Rows:
    columns = ("kind", "box", "ordinal", "message", "params", "strength", "day", "refs", "count")
    return list(Remark.objects.order_by("kind", "ordinal").values_list(*columns))


def subjects(refs: tuple[str, ...]) -> list[str]:
    keys = [bytes.fromhex(one) for one in refs]
    return sorted(Reading.objects.filter(document__sha256__in=keys).values_list("subject", flat=True))


def test_a_box_has_its_owner_its_ends_and_what_is_absent(boxed: Case) -> None:
    small, large = boxes()
    assert [small.name, large.name] == ["fuite/petite.mbox", "fuite/valmont.mbox"]
    assert large.address == OWNER
    assert [one.message for one in large.owner] == ["owner", "owner-delivered", "owner-addressed", "owner-wrote"]
    assert (large.mails, large.first_day, large.last_day) == (337, "2016-01-01", "2017-02-24")
    absent = {one.message: one for one in large.absences}
    assert absent["month-without"].params["first"] == "2016-08"
    assert absent["parents-missing"].count == 3
    assert absent["roots-missing"].count == 1
    assert absent["invoice-gap"].params["missing"] == ["34"]
    assert subjects(absent["invoice-gap"].refs)[0] == "Facture 2016-031"
    assert subjects(absent["parent-named"].refs) == ["Re: Budget"] * 3


def test_a_small_box_with_a_month_off_is_silent(boxed: Case) -> None:
    (small,) = boxes("petite.mbox")
    assert small.address == ""
    assert small.absences == []


def test_traces_of_a_day_lead_to_their_mails(boxed: Case) -> None:
    ((day, said),) = traces()
    assert day == "2016-09-20"
    found = {one.message: subjects(one.refs) for one in said}
    assert found == {
        "trace-login": ["Nouvelle connexion à partir de Firefox sur Windows"] * 2,
        "trace-forwarding": ["Confirmation de transfert Gmail"],
        "trace-imitated": ["Someone has your password"],
        "trace-link": ["Un document"],
        "trace-asks": ["Your mailbox"],
        "trace-look-alike-own": ["Réunion"],
    }
    assert total(traces()) == 7


def test_the_order_of_reading_changes_nothing_and_a_second_sift_replaces_them(
    boxed_case: Case, tmp_path: Path, sifted, crible
) -> None:
    with boxed_case.facts():
        before = rows()
    again = sifted(tmp_path / "case", write_boxed(tmp_path / "fuite"), jobs=2)
    with again.facts():
        assert rows() == before
    mbox(tmp_path / "tard.mbox", [note("tard", "Tard", datetime(2016, 8, 9, tzinfo=UTC))])
    crible("sift", tmp_path / "tard.mbox", "--case", tmp_path / "case")
    with Case.open(tmp_path / "case").facts():
        assert len(rows()) == len(before) + 2
        assert {row[0] for row in rows()} == set(KINDS)


def test_a_mail_lies_in_every_box_that_lists_it_and_an_attached_one_in_none(world: Case) -> None:
    with world.facts():
        found = {one.name: one.mails for one in boxes()}
    assert found["leak/boxes/pieces.mbox"] == 1
    assert found["leak/boxes/nguyen.mbox"] == 3
    assert found["leak/loose"] > 0


def test_a_signers_clock_places_the_last_mail(tmp_path: Path, signer: Signer, key_file: Path, sifted) -> None:
    late = note("v2", "Relance", datetime(2017, 4, 2, tzinfo=UTC))
    # The signer's t= is of today, its Date of 2017: the clock that an anchored key bears out decides.
    signed = signer.sign(note("v1", "Prix", datetime(2017, 3, 14, tzinfo=UTC), From="contact@valette.example"))
    mbox(tmp_path / "a.mbox", [signed, late])
    with sifted(tmp_path / "case", tmp_path / "a.mbox", key_files=(key_file,)).facts():
        (box,) = boxes()
        assert [one.message for one in box.last] == ["last-by-signature"]
        assert subjects(box.last[0].refs) == ["Prix"]
        assert box.first_day == "2017-04-02"


def test_as_json_it_has_keys_parameters_and_a_sentence(boxed: Case) -> None:
    one = json.loads(json.dumps(boxes("valmont.mbox")[0].as_json("fr")))
    assert one["address"] == OWNER
    assert one["owner"][0]["fact"] == f"Semble être la boîte de {OWNER}."
    assert one["absences"][0]["message"] == "month-without"
