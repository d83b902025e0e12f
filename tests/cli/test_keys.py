"""crible keys plan, recover, from-mailbox, fetch, list --case: what they print, in English and French, and as JSON."""

import json
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "sift"))
from key_holder import Holder
from leak_maker import mbox

LOST, RIVAL = Holder("valette.example"), Holder("valette.example", seed=2)
FEW = Holder("ferrand.example", "k9", seed=3)


@pytest.fixture(scope="module")
def lost(crible, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose keys are all lost; nobody writes to it."""
    folder = tmp_path_factory.mktemp("lost")
    mbox(folder / "a.mbox", [*LOST.mails(9), *FEW.mails(2)])
    mbox(folder / "b.mbox", RIVAL.mails(6, 100))
    crible("sift", folder / "a.mbox", folder / "b.mbox", "--case", folder / "case")
    return folder / "case"


@pytest.fixture(scope="module")
def computed(crible, lost: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The same case with what can be recovered, and what was said meanwhile."""
    case = Path(shutil.copytree(lost, tmp_path_factory.mktemp("computed") / "case"))
    return case, crible("keys", "recover", "--case", case).stdout


def test_the_plan_says_what_each_key_would_settle_and_what_it_lacks(crible, lost: Path) -> None:
    shown = crible("keys", "plan", "--case", lost).stdout
    lines = shown.splitlines()
    assert shown.startswith("2 keys would settle 17 of the 17 mails")
    assert all(len(line) <= 80 for line in lines)
    heading = next(line for line in lines if "so far" in line)
    rows = [line for line in lines if " of " in line and "2017-" in line and line.strip()[0].isdigit()]
    assert [row.split()[:2] for row in rows] == [["15", "88%"], ["2", "100%"]]
    assert {row.index("2017-") for row in rows} == {heading.index("dates")}
    assert "To compute: crible keys recover" in shown
    assert "mail from valette.example that somebody received by 2017-03-05" in " ".join(shown.split())
    assert "only a record of k9._domainkey.ferrand.example helps" in " ".join(shown.split())
    assert "with its full header" in " ".join(shown.split())


def test_the_plan_in_french_and_as_json(crible, lost: Path) -> None:
    shown = crible("keys", "plan", "--case", lost, CRIBLE_LANG="fr").stdout.replace("\u202f", " ").replace("\xa0", " ")
    assert shown.startswith("2 clés trancheraient 17 des 17 messages")
    assert "Pour l’ancrer : du courrier de valette.example" in shown
    plan = json.loads(crible("keys", "plan", "--case", lost, "--json").stdout)
    assert (plan["format"], plan["mails"], plan["waiting"]) == (1, 17, 17)
    assert [(one["selector"], one["lack"], one["settles"], one["settled_so_far"]) for one in plan["keys"]] == [
        ("s1", "key", 15, 15),
        ("k9", "few", 2, 17),
    ]
    assert plan["keys"][0]["first"] == "2017-02-28"


def test_recovering_says_what_was_found_and_what_it_is_worth(computed: tuple[Path, str]) -> None:
    told = " ".join(computed[1].split())
    assert "s1 of valette.example: recovered, RSA of 1,024 bits" in told
    assert "Of 9 signatures by it with an intact body, 9 verify." in told
    assert "Of 6 signatures by it with an intact body, 6 verify." in told
    assert "it vouches for nothing until it is anchored" in told


def test_recovering_again_finds_nothing_to_do(crible, computed: tuple[Path, str]) -> None:
    case, _ = computed
    assert crible("keys", "recover", "--case", case).stdout.startswith("No lost key can be recovered")
    assert json.loads(crible("keys", "recover", "--case", case, "--json").stdout) == {"format": 1, "keys": []}
    name = "s1._domainkey.valette.example"
    told = crible("keys", "recover", "--case", case, "--selector", name, code=1).stderr
    assert "[recover-not-lost]" in told
    told = crible("keys", "recover", "--case", case, "--selector", "k9._domainkey.ferrand.example", code=1).stderr
    assert "five mails with an intact body are needed, and there are 2" in told


def test_what_is_recovered_is_listed_with_its_rivals(crible, computed: tuple[Path, str]) -> None:
    case, _ = computed
    lines = crible("keys", "list", "--case", case).stdout.splitlines()
    at = [number for number, line in enumerate(lines) if "valette.example" in line]
    assert len(at) == 2
    for number in at:
        assert "computed from this case, nobody has said whose it is, 2 keys of this name" in lines[number]
    counts = sorted(lines[number + 1].strip() for number in at)
    assert counts[0].startswith("6 mails verify under it, dated 2017-03-05 to 2017-03-05, boxes: 1")
    assert counts[1].startswith("9 mails verify under it")
    keys = json.loads(crible("keys", "list", "--case", case, "--json").stdout)["keys"]
    ours = [key for key in keys if key["domain"] == "valette.example"]
    assert [(key["recovered"], key["anchored"], key["conflict"]) for key in ours] == [(True, False, True)] * 2
    assert {key["mails"] for key in ours} == {6, 9}


def test_the_plan_then_asks_for_an_anchor(crible, computed: tuple[Path, str]) -> None:
    case, _ = computed
    plan = json.loads(crible("keys", "plan", "--case", case, "--json").stdout)
    assert [(one["selector"], one["lack"]) for one in plan["keys"]] == [("s1", "anchor"), ("k9", "few")]
    shown = " ".join(crible("keys", "plan", "--case", case).stdout.split())
    assert "Computed from this case; whose it is, is open." in shown


def test_from_mailbox_says_what_it_read(crible, computed: tuple[Path, str], tmp_path: Path) -> None:
    case = shutil.copytree(computed[0], tmp_path / "case")
    own = mbox(tmp_path / "own.mbox", LOST.mails(2, 40))
    asked = ("keys", "from-mailbox", own, "--server", "mx.redaction.example", "--case", case)
    told = crible(*asked, "--before", "2017-05-05").stdout
    assert told.startswith("2 mails read; of 0 mx.redaction.example says")
    assert "“May 2017” is no date" in crible(*asked, "--before", "May 2017", code=1).stderr
    assert json.loads(crible(*asked, "--before", "2017-05-05", "--json").stdout)["keys"] == []
    assert "--before" in crible(*asked, code=2).stderr


def test_nothing_is_asked_of_the_network_without_the_word(crible, lost: Path) -> None:
    told = crible("keys", "fetch", "s1._domainkey.valette.example", "--case", lost, code=1).stderr
    assert "[fetch-needs-dns]" in told
    told = crible("keys", "fetch", "--dns", "valette.example", "--case", lost, code=1).stderr
    assert "[fetch-name]" in told


def test_help_names_every_command(crible) -> None:
    shown = crible("keys", "--help").stdout
    for command in ("list", "add", "plan", "recover", "from-mailbox", "fetch"):
        assert f"  {command} " in shown
    french = crible("keys", "recover", "--help", CRIBLE_LANG="fr").stdout
    assert "Exemple : crible keys recover" in french.replace("\xa0", " ").replace("\u202f", " ")
