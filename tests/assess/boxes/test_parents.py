"""Messages referred to that are nowhere."""

from boxes_mail import DAY, NOON, made

from crible.assess.boxes.parents import References
from crible.assess.boxes.remark import Remark
from crible.model.evidence import Strength
from crible.model.facts import Stamp

BOX = ("leak/a.mbox",)


def reply(name: str, *ancestors: str) -> object:
    return made(message_id=f"<{name}@x.example>", references=tuple(f"<{one}@x.example>" for one in ancestors))


def said(found: References) -> dict[str, list[Remark]]:
    remarks: dict[str, list[Remark]] = {}
    for one in found.remarks():
        remarks.setdefault(one.message, []).append(one)
    return remarks


def test_a_parent_that_is_nowhere_is_counted_beside_all_replies() -> None:
    found = References()
    found.take("01", BOX, "2017-03", reply("root"), NOON)
    found.take("02", BOX, "2017-03", reply("b", "root"), NOON)
    found.take("03", BOX, "2017-03", reply("c", "root", "gone"), NOON)
    found.take("04", BOX, "2017-03", reply("d", "root", "gone", "c"), NOON)
    remarks = said(found)
    assert remarks["parents-missing"][0].params == {"count": 1, "replies": 1, "of": 3}
    assert remarks["parents-missing"][0].refs == ("03",)
    assert remarks["parents-month-only"][0].params == {"month": "2017-03", "count": 1, "of": 3}
    assert remarks["parent-named"][0].params == {"id": "<gone@x.example>", "count": 2}
    assert remarks["parent-named"][0].refs == ("03", "04")
    assert "roots-missing" not in remarks


def test_a_thread_may_be_known_by_the_id_of_its_first_message_only() -> None:
    found = References()
    found.take("02", BOX, "2017-03", reply("b", "first"), NOON)
    found.take("03", BOX, "2017-03", reply("c", "first", "b"), NOON)
    assert said(found)["roots-missing"][0].params == {"count": 1, "of": 1}


def test_a_complete_box_is_silent_wherever_its_parents_lie() -> None:
    found = References()
    found.take("01", ("leak/b.mbox",), "2017-03", reply("root"), NOON)
    found.take("02", BOX, "2017-03", reply("b", "root"), NOON)
    found.take("05", (), "2017-03", reply("carried"), NOON)
    found.take("06", BOX, "2017-03", reply("e", "carried"), NOON)
    found.take("07", BOX, "2017-03", made(message_id="<s@x.example>", in_reply_to="<s@x.example>"), NOON)
    assert said(found) == {}


def test_in_reply_to_counts_where_references_lacks_it() -> None:
    found = References()
    found.take("02", BOX, "2017-03", made(message_id="<b@x.example>", in_reply_to="<gone@x.example>"), NOON)
    assert said(found)["parents-missing"][0].count == 1


def months(lacking: dict[str, int], of: int = 40) -> References:
    found = References()
    found.take("00", BOX, "2017-01", reply("root"), NOON)
    for month, count in lacking.items():
        for n in range(of):
            parent = f"gone{month}{n}" if n < count else "root"
            found.take(f"{month}{n:02}", BOX, month, reply(f"{month}{n}", parent), NOON)
    return found


def test_a_month_stands_out_against_the_others() -> None:
    remarks = said(months({"2017-01": 2, "2017-02": 2, "2017-03": 20, "2017-04": 2}))
    (out,) = remarks["parents-month-more"]
    assert (out.params["month"], out.params["count"], out.params["share"]) == ("2017-03", 20, 5)
    assert out.strength is Strength.WEAK
    assert len(remarks["parents-month"]) == 3


def test_the_first_month_of_a_box_and_an_even_box_do_not_stand_out() -> None:
    assert "parents-month-more" not in said(months({"2017-01": 20, "2017-02": 2, "2017-03": 2}))
    assert "parents-month-more" not in said(months({"2017-01": 15, "2017-02": 12, "2017-03": 14}))


def test_a_gmail_thread_older_than_its_first_mail_here_is_counted() -> None:
    def threaded(number: str, began: float) -> object:
        return made(stamps=(Stamp("gm-thrid", "X-GM-THRID", began, 0.001, number),))

    found = References()
    found.take("01", BOX, "2017-03", threaded("1", NOON - 3 * DAY), NOON)
    found.take("02", BOX, "2017-03", threaded("2", NOON - 60), NOON)
    assert said(found)["roots-gmail"][0].params == {"count": 1}


def test_the_order_of_mails_changes_nothing() -> None:
    rows = [(f"{n:02}", reply(f"m{n}", "gone", f"m{n - 1}")) for n in range(60)]
    one, other = References(), References()
    for name, mail in rows:
        one.take(name, BOX, "2017-03", mail, NOON)
    for name, mail in reversed(rows):
        other.take(name, BOX, "2017-03", mail, NOON)
    assert list(one.remarks()) == list(other.remarks())
    assert len(said(one)["parent-named"][0].refs) == 50
