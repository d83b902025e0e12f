"""Documents of one descent, by the editing sessions that Word numbers at random."""

from crible.assess.hands import Lineage
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.office import OfficeFacts
from crible.sift.lineages import Lineages


def document(root, *sessions):
    facts = OfficeFacts(root=root, sessions=tuple(f"{session:08X}" for session in sessions))
    return Reading("application/x", file=FileFacts(office=facts))


def found(*documents):
    surveyor = Lineages()
    for pk, reading in enumerate(documents):
        surveyor.see(pk, f"{pk:064x}", reading)
    return surveyor.found()


def test_inclusion_orders_versions_and_names_what_the_later_has_more():
    met = found(document("00AA0000", 1, 2), document("00AA0000", 1, 2, 3), document("00AA0000", 1, 9))
    assert met[0].documents == 3
    assert [(one.order, one.added) for one in met[0].relatives] == [("beside", ()), ("after", ())]
    assert {(one.id[-1], one.order, one.added) for one in met[1].relatives} == {
        ("0", "before", ("00000003",)),
        ("2", "beside", ()),
    }


def test_the_same_sessions_are_the_same_state():
    met = found(document("00AA0000", 1, 2), document("00AA0000", 2, 1))
    assert [one.order for one in met[0].relatives] == ["same"]


def test_another_root_or_none_is_no_relative():
    assert found(document("00AA0000", 1), document("00BB0000", 1), document("", 1), Reading("text/plain")) == {}


def test_a_templates_many_children_are_counted_and_not_compared():
    met = found(*(document("00AA0000", n) for n in range(60)))
    assert met[7] == Lineage(60)


def test_what_is_no_session_is_left_out():
    odd = Reading("application/x", file=FileFacts(office=OfficeFacts(root="no root", sessions=("1",))))
    few = Reading("application/x", file=FileFacts(office=OfficeFacts(root="00AA0000", sessions=("1" * 90, "٣" * 8))))
    assert found(odd, few, few)[1].relatives[0].sessions == 0
