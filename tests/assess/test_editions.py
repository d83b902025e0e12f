"""Which version of a document is asked about, and how strongly."""

from dataclasses import replace
from typing import Any

import pytest

from crible.assess.checks.corpus import near_version, same_number
from crible.assess.checks.file import same_attachment
from crible.assess.grade import grade
from crible.assess.relations import Carrier, Change, Domains, Relations, SameAttachment, Standing, Version
from crible.assess.run import weigh_corpus
from crible.model.evidence import Says, Strength
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.grade import Level
from crible.model.sorting import Entity, Sorting

FILE = Reading("application/pdf", text="Facture 2017-031", file=FileFacts())
FIGURE = Change("15 000,00", "1 500,00", ("number",))
ADDED = Change("et la fondation Orme", "", ("words",))
ANOTHER = Change("Lucie Bonnet", "Karim Haddad", ("name",))
SAME = Version(Standing("b" * 64), "leak/facture.pdf", 92, (FIGURE,), 1)
KNOWN = Domains(ours=frozenset({"courriel.example"}))


def level(**near: Any) -> Level:
    """The level by the checks of versions alone."""
    rows, _ = weigh_corpus(
        FILE, Relations(**{"domains": KNOWN} | near), [near_version.CHECK, same_number.CHECK, same_attachment.CHECK]
    )
    return grade("file", rows).level


def carried(make: Any, **changes: Any) -> dict[str, Any]:
    return {"versions": (replace(SAME, carrier=make.other(), **changes),)}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"number": "2017031"}, Level.QUESTIONED),
        ({"titled": True, "dated": True}, Level.QUESTIONED),
        ({"titled": True, "dated": True, "changes": (ADDED,)}, Level.QUESTIONED),
        ({}, Level.UNATTESTED),
        ({"titled": True}, Level.UNATTESTED),
        ({"number": "2017031", "announced": "v2"}, Level.UNATTESTED),
        ({"number": "2017031", "redated": True}, Level.UNATTESTED),
        ({"number": "2017031", "changes": (FIGURE, ANOTHER)}, Level.UNATTESTED),
        ({"number": "2017031", "changes": (ADDED,)}, Level.UNATTESTED),
    ],
    ids=[
        "one number, other figures", "one title and date", "a name added under one title and date",
        "only the words are alike", "a sheet of one title, saved again", "it says V2", "another date",
        "a form for somebody else", "one number, a line added",
    ],
)  # fmt: skip
def test_against_a_signed_one_identity_decides(make: Any, changes: dict[str, Any], expected: Level) -> None:
    assert level(**carried(make, **changes)) is expected


def test_a_strangers_signed_version_asks_weakly_unless_the_paper_names_him(make: Any) -> None:
    """Anybody sends an altered invoice from a box of his own; the genuine one is not questioned by it."""
    near = carried(make, number="2017031")["versions"]

    def asked(text: str = "eve@poste.example", **known: Any) -> Strength:
        reading = replace(FILE, sorting=Sorting(entities=(Entity("email", text),)))
        relations = Relations(versions=near, domains=Domains(**known))
        ((row,), _) = weigh_corpus(reading, relations, [near_version.CHECK])
        return row.strength

    assert asked() is Strength.WEAK
    assert asked("ana@valette.example") is Strength.WEAK
    assert asked("Compta@courriel.example") is Strength.MODERATE
    assert asked(ours=frozenset({"courriel.example"})) is Strength.MODERATE
    near = (replace(near[0], carrier=make.other(domain="gmail.com", sender="gus@gmail.com")),)
    assert asked("ana@gmail.com", ours=frozenset({"gmail.com"})) is Strength.WEAK
    assert asked("gus@gmail.com") is Strength.MODERATE
    assert asked(writers=frozenset({"gus@gmail.com"})) is Strength.MODERATE


def test_an_intruders_mail_vouches_for_no_version(make: Any) -> None:
    spoiled = replace(SAME, number="2017031", other=make.other("b", spoiled=True))
    assert level(versions=(spoiled,)) is Level.UNATTESTED


def test_the_one_that_is_vouched_for_is_not_asked(make: Any) -> None:
    ours = carried(make, number="2017031") | {"carriers": (Carrier(make.other("c")),)}
    rows, _ = weigh_corpus(FILE, Relations(**ours), [near_version.CHECK])
    assert [(row.evidence.says, row.strength) for row in rows] == [(Says.UNTESTABLE, Strength.NONE)]


def test_from_outside_a_file_of_one_name_and_type_is_held_against(make: Any) -> None:
    outside = replace(SAME, reference=True, titled=True)
    assert level(versions=(outside,)) is Level.QUESTIONED
    assert level(versions=(replace(outside, same_type=False),)) is Level.UNATTESTED
    assert level(versions=(replace(outside, titled=False),)) is Level.UNATTESTED


def test_two_that_nobody_vouches_for_are_both_asked_under_one_number_issuer_and_date(make: Any) -> None:
    both = replace(SAME, number="2017031", issuer="valette", dated=True)
    assert level(versions=(both,)) is Level.QUESTIONED
    assert level(versions=(replace(both, dated=False),)) is Level.UNATTESTED


def test_only_the_same_attachment_of_the_same_message_is_contradicted(make: Any) -> None:
    same = SameAttachment("c" * 64, make.other(), "facture.pdf", "2", (FIGURE,), 1, compared=True)
    assert level(attached=(same,)) is Level.CONTRADICTED
    assert level(attached=(replace(same, bound=False),)) is Level.UNATTESTED
    assert level(attached=(replace(same, changes=(), count=0),)) is Level.UNATTESTED
    assert level(attached=(same,), carriers=(Carrier(make.other("d")),)) is not Level.CONTRADICTED
    assert level(versions=carried(make, number="2017031")["versions"]) is Level.QUESTIONED


def test_what_is_shown_first_is_the_bare_figure(make: Any) -> None:
    long = Change("Tracts et affiches 12 255,00", "60 x 80 2 255,00", ("number",))
    (row,), _ = weigh_corpus(FILE, Relations(**carried(make, changes=(long, FIGURE), count=2)), [near_version.CHECK])
    assert (row.evidence.params["theirs"], row.evidence.params["ours"]) == ("1 500,00", "15 000,00")
    assert row.evidence.params["count"] == 2
    assert row.evidence.refs == ("b" * 64, "a" * 64)
