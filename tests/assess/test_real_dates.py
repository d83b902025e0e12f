"""Real list mail, whose clocks agree far better than one would think: what the checks of dates may say of it."""

import lzma
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from crible.assess.checks.mail import anachronism, clocks, received_date, received_order
from crible.assess.relations import Relations
from crible.extract.mail.read import read
from crible.model.evidence import Evidence, Strength
from crible.model.facts import Reading

LINE = re.compile(rb"(?:\A|\n)From [^\n]*\n")
BODY = 20_000


def first(path: Path, count: int) -> list[Reading]:
    """The first mails of a box, each cut after 20 kB: enough for its header and boundaries."""
    with lzma.open(path) as file:
        data = file.read(30 << 20)
    return [read(one[:BODY]) for one in LINE.split(data)[1 : count + 1]]


def answers(reading: Reading) -> Iterator[Evidence]:
    """What the checks of dates say."""
    for check in (clocks.CHECK, received_date.CHECK):
        assert check.look_around is not None
        yield from check.look_around(reading, Relations())
    for check in (received_order.CHECK, anachronism.CHECK):
        assert check.look is not None
        yield from check.look(reading)


@pytest.mark.corpora
@pytest.mark.parametrize(
    ("box", "least"),
    [("mail-usrp-users-2019", 1_500), ("mail-linux-serial-2020", 700), ("mail-linux-serial-2022", 700)],
)
def test_real_mails_clocks_agree(corpora: Path, box: str, least: int) -> None:
    readings = first(corpora / f"{box}.mbox.xz", 600)
    stamps = [stamp for reading in readings if reading.mail for stamp in reading.mail.stamps]
    assert len(stamps) > least
    asked = [(reading, one) for reading in readings for one in answers(reading)]
    moderate = [one.message for _, one in asked if one.strength is not Strength.WEAK]
    # In 2022 one sender's computer stood a year behind.
    assert moderate == (["date-before-received"] if box.endswith("2022") else [])
