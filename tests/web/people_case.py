"""The leak of few people, sifted once for the tests of people and of time."""

from pathlib import Path

from people_leak import write_people

from crible.sift.run import Options, Watch, sift
from crible.store.case import Case


def make_people_case(folder: Path) -> Case:
    """In Paris' zone, and with a day since when others had access."""
    leak = write_people(folder / "fuite")
    case = Case.create(folder / "case", title="Gens")
    settings = case.folder / "case.toml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('since = ""', 'since = "2016-03-20"').replace('zone = "UTC"', 'zone = "Europe/Paris"')
    settings.write_text(text, encoding="utf-8")
    case = Case.open(case.folder)
    sift(case, [leak], Options(jobs=1), Watch())
    return case
