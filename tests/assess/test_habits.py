"""Base rates: who has a habit, what is rare, and what a sender of many habits is spared."""

from crible.assess.habits import VALUES, Habits

ELSA = "elsa@horizon.example"


def learnt(*values: str, name: str = "mailer") -> Habits:
    habits = Habits()
    for value in values:
        habits.add(ELSA, {name: value})
    return habits


def test_fewer_than_one_in_a_hundred_is_rare() -> None:
    habits = learnt(*["apple"] * 399, "windows-live")
    assert habits.unusual(ELSA, {"mailer": "windows-live"}) == ("mailer",)
    assert habits.unusual(ELSA, {"mailer": "apple"}) == ()
    assert habits.often(ELSA, "mailer", "windows-live") == 1
    assert habits.usual(ELSA, "mailer") == "apple"


def test_one_in_a_hundred_is_not() -> None:
    habits = learnt(*["apple"] * 99, "windows-live")
    assert habits.unusual(ELSA, {"mailer": "windows-live"}) == ()


def test_nobody_has_a_habit_after_few_mails() -> None:
    assert learnt(*["apple"] * 20, "b").unusual(ELSA, {"mailer": "b"}) == ()
    assert Habits().unusual("nobody@horizon.example", {"mailer": "b"}) == ()


def test_who_changes_all_the_time_has_none() -> None:
    habits = learnt(*[f"v{n % 20}" for n in range(400)], "odd")
    assert habits.unusual(ELSA, {"mailer": "odd"}) == ()


def test_values_are_bounded() -> None:
    habits = learnt(*[f"v{n}" for n in range(10_000)])
    assert len(habits.values[ELSA]) == VALUES + 1
    assert sum(habits.values[ELSA].values()) == 10_000
