"""Mails led back to what was signed, inside a case: the stage, its grades, its marks, whatever the order of keys."""

import re
from pathlib import Path

import pytest
from leak_maker import mbox, raw

from crible.model.signature import SignatureResult
from crible.sift import keys
from crible.sift.packing import unpack
from crible.sift.run import sift
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Evidence, Signature, Standing, Weighing

FOOTER = b"_______________________________________________\ncomites mailing list\ncomites@listes.example\n"
TEXT = b"Bonjour,\n\nLe montant retenu est de 58 214 euros pour la salle.\nMerci de confirmer avant jeudi.\n"


def said(case: Case) -> dict[str, tuple[str, set[str]]]:
    """Of each mail its level and what mail.repair says, by its path's last name."""
    with case.facts():
        levels = dict(Weighing.objects.values_list("document__path", "level"))
        rows = Evidence.objects.filter(check_id="mail.repair").values_list("document__path", "message")
        found: dict[str, set[str]] = {}
        for path, message in rows:
            found.setdefault(path, set()).add(message)
    return {path.rpartition("/")[2]: (level, found.get(path, set())) for path, level in levels.items()}


@pytest.fixture(scope="module")
def broken(signer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A box: a mail as signed, one with a list's footer, one with a figure changed, a reply that quotes the last."""
    whole = signer.sign(raw("Salle", TEXT, serial=1))
    listed = signer.sign(raw("Salle", TEXT, serial=2)) + FOOTER
    changed = signer.sign(raw("Salle", TEXT, serial=3)).replace(b"58 214", b"18 214")
    beyond = re.sub(
        rb"\n\n.*", b"\n\nUn tout autre texte, sans rapport.\n", signer.sign(raw("Salle", TEXT, serial=4)), flags=re.S
    )
    quoted = b"D'accord.\n\nLe 14 mars 2017, Imprimerie Valette a \xc3\xa9crit :\n" + re.sub(rb"(?m)^", b"> ", TEXT)
    reply = raw("Re: Salle", quoted, serial=5, sender="elsa@horizon.example", In_Reply_To="<3@valette.example>")
    folder = tmp_path_factory.mktemp("broken")
    return mbox(folder / "boite.mbox", [whole, listed, changed, beyond, reply])


@pytest.fixture(scope="module")
def mended(broken: Path, key_file: Path, sifted, tmp_path_factory: pytest.TempPathFactory) -> Case:
    return sifted(tmp_path_factory.mktemp("case") / "case", broken, key_files=(key_file,))


def test_each_is_graded_by_what_was_signed(mended: Case) -> None:
    found = said(mended)
    assert found["000000"] == ("proven", set())
    assert found["000001"] == ("partly-proven", {"repair-changed", "repair-step"})
    assert found["000002"] == ("contradicted", {"repair-words", "repair-step"})
    assert found["000003"] == ("unattested", {"repair-header-only"})
    assert found["000004"][0] == "unattested"


def test_the_signed_figure_stands_beside_the_stored_one(mended: Case) -> None:
    with mended.facts():
        row = Evidence.objects.get(message="repair-words")
        assert "58 214" in row.params["theirs"]
        assert "18 214" in row.params["ours"]
        repair = unpack(bytes(Signature.objects.get(document=row.document).result), SignatureResult).repair
        assert repair is not None
        assert "58 214 euros" in repair.text


def test_what_a_list_added_lies_outside_the_proven_span(mended: Case, broken: Path) -> None:
    with mended.facts():
        row = Evidence.objects.get(message="repair-changed")
        document = row.document
    mail = broken.read_bytes()[document.offset : document.offset + document.size]
    vouched = b"".join(mail[span["start"] : span["end"]] for span in row.spans)
    assert b"58 214 euros" in vouched
    assert b"mailing list" not in vouched


def test_a_changing_repair_is_no_standing(mended: Case) -> None:
    with mended.facts():
        assert Standing.objects.filter(full=True).count() == 1


def test_a_key_that_comes_later_and_a_run_that_was_stopped_end_alike(
    mended: Case, broken: Path, key_file: Path, sifted, tmp_path: Path
) -> None:
    case = sifted(tmp_path / "late", broken)
    assert {level for level, _ in said(case).values()} == {"unattested"}
    keys.keep(case, key_file)
    begun: list[str] = []
    watch = Watch(stage=lambda name, _total: begun.append(name), stop=lambda: "repair" in begun)
    assert sift(case, [], Options(jobs=1), watch) is None
    sift(Case.open(case.folder), [], Options(jobs=1), Watch())
    assert said(Case.open(case.folder)) == said(mended)


def test_left_out_at_first_and_made_up_for_later(
    mended: Case, broken: Path, key_file: Path, sifted, tmp_path: Path
) -> None:
    case = sifted(tmp_path / "plain", broken, key_files=(key_file,), repair=False)
    assert not any(messages for _, messages in said(case).values())
    sift(case, [], Options(jobs=1), Watch())
    assert said(Case.open(case.folder)) == said(mended)


def test_what_was_tried_is_not_tried_again(mended: Case) -> None:
    begun: list[str] = []
    sift(mended, [], Options(jobs=1), Watch(stage=lambda name, _total: begun.append(name)))
    assert "repair" not in begun
