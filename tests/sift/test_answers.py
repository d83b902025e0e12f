"""What is asked of a sifted case: ledger, lookup, dossiers, tally, index, membership; and of a file without one."""

from pathlib import Path

import pytest
from sift_rows import documents_of
from sift_world import NOTE

from crible.index.search import Searcher
from crible.model.errors import InputError
from crible.model.ledger import State
from crible.proof.keyring import KeyRing
from crible.sift import indexing, ledger
from crible.sift.dossier import dossiers, everything
from crible.sift.lookup import find_document
from crible.sift.membership import membership
from crible.sift.one import weigh_files
from crible.sift.results import results_json
from crible.sift.tally import tally
from crible.sift.texts import text_of
from crible.store.case import Case
from crible.store.models import Document, Entry


def test_the_account_balances_and_each_line_is_in_it(facts: Case) -> None:
    account = ledger.account()
    assert account.balanced
    assert account.listed == account.out == Entry.objects.count()
    for state, times in account.states.items():
        found = list(ledger.rows(state))
        assert len(found) == times
        assert [line.path for line in found if line.code and not line.as_json("fr")["sentence"]] == []
    codes = {(reason.code, reason.what): reason.count for reason in account.reasons}
    assert codes == {("empty", ""): 1, ("budget", "depth"): 1, ("no-reader", "application/octet-stream"): 1}


def test_a_missing_entry_unbalances_the_account(blank: Case) -> None:
    documents_of(blank, [b"one", b"other"])
    Document.objects.update(state=State.READ)
    assert ledger.account().balanced
    Document.objects.filter(pk=1).update(listed=3)
    account = ledger.account()
    assert not account.balanced
    assert [(one.listed, one.entered) for one in account.imbalances] == [(3, 2)]


def test_a_document_is_found_by_path_id_and_message_id(facts: Case) -> None:
    found = find_document("leak/boxes/nguyen.mbox/000000")
    assert find_document(found.id).pk == find_document(found.id[:12].upper()).pk == found.pk
    assert find_document("leak/loose/devis.txt").pk == find_document("leak/loose/dedans.eml/2~devis.txt").pk
    assert find_document("70@valette.example").pk == find_document("<70@valette.example>").pk
    with pytest.raises(InputError, match="id-unknown"):
        find_document("leak/none")
    with pytest.raises(InputError, match="id-ambiguous") as met:
        find_document("<20@valette.example>")
    assert met.value.params["count"] == 2


def test_a_dossier_names_parents_members_and_text(facts: Case) -> None:
    found = find_document("leak/boxes/pieces.mbox/000000")
    assert [member.name for member in found.members] == ["2", "3~pieces.zip"]
    assert [find_document(member.path).id for member in found.members] == [member.id for member in found.members]
    assert found.id in find_document(found.members[0].path).parents
    assert "Ci-joint." in text_of(found.pk)
    assert [one.id for one in everything()] == sorted(one.id for one in dossiers(list(Document.objects.all())))
    assert find_document("leak/loose/devis.txt").name == "devis.txt"


def test_grades_are_told_per_class_and_add_up(facts: Case) -> None:
    rows = {row.kind: row for row in tally()}
    assert list(rows) == ["sent", "attached", "loose"]
    graded = [one.grade for one in everything() if one.grade]
    assert sum(row.total for row in rows.values()) == len(graded)
    assert rows["sent"].levels["contradicted"] == 1


def hits(searcher: Searcher, query: str) -> list[str]:
    return sorted(hit.record.path for hit in searcher.search(query).hits)


def test_the_index_finds_what_the_store_holds_and_is_built_anew_the_same(facts: Case, tmp_path: Path) -> None:
    searcher = Searcher(facts.index)
    assert hits(searcher, "affiches") == hits(searcher, "subject:prix")
    assert hits(searcher, "evreux") == ["leak/loose/note.txt"]
    assert "leak/loose/lettre.txt" in hits(searcher, "kind:mail toutes")
    told: list[int] = []
    indexing.rebuild(tmp_path / "index", told.append)
    again = Searcher(tmp_path / "index")
    assert sum(told) == Document.objects.count()
    for query in ("affiches", "grade:proven", "kind:file"):
        assert results_json(again, again.search(query), query) == results_json(searcher, searcher.search(query), query)


def test_is_it_in_the_leak_with_other_line_ends(facts: Case, world_leak: Path, tmp_path: Path) -> None:
    inner = (world_leak / "loose" / "dedans.eml").read_bytes()
    (tmp_path / "crlf.eml").write_bytes(inner.replace(b"\n", b"\r\n"))
    (answer,) = membership(facts, [tmp_path / "crlf.eml"])
    assert (answer.result.level, answer.as_json()["found"][0]["same"]) == ("exact", "wire")


def test_is_it_in_the_leak(facts: Case, tmp_path: Path) -> None:
    (tmp_path / "same.txt").write_bytes(NOTE)
    (tmp_path / "other.txt").write_bytes(b"Une recette de tarte aux pommes et a la cannelle, sans rapport aucun.\n" * 3)
    (tmp_path / "no.bin").write_bytes(bytes(range(255)))
    same, other, unreadable = membership(facts, [tmp_path / name for name in ("same.txt", "other.txt", "no.bin")])
    assert same.as_json()["found"][0]["path"] == "leak/loose/note.txt"
    assert (same.result.level, other.result.level) == ("exact", "absent")
    assert other.as_json()["searched"] > 30
    assert not unreadable.readable


def test_one_file_is_weighed_without_a_case(world_leak: Path, key_file: Path) -> None:
    ring = KeyRing.default().with_file(key_file)
    paths = [world_leak / "loose" / name for name in ("jumeau.eml", "jumeau-crlf.eml", "note.txt", "inconnu.bin")]
    signed, crlf, note, unknown = weigh_files([*paths], ring)
    assert signed.grade.level == crlf.grade.level == "proven"
    assert note.grade.level == "unattested"
    assert (unknown.state, unknown.reason.code, unknown.grade) == (State.UNREADABLE, "no-reader", None)
    (box,) = weigh_files([world_leak / "boxes" / "twins.mbox"], ring)
    assert (box.container, box.reading) == ("mbox", None)
    (tampered,) = weigh_files([_tampered(world_leak, key_file.parent)], ring)
    assert tampered.grade.level != "proven"
    with pytest.raises(InputError, match="file-unreadable"):
        list(weigh_files([world_leak], ring))


def _tampered(world_leak: Path, folder: Path) -> Path:
    path = folder / "altered.eml"
    path.write_bytes((world_leak / "loose" / "jumeau.eml").read_bytes().replace(b"mal", b"bien"))
    return path
