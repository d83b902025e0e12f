"""What documents mean to each other, over one sifted leak: copies, twins, carriers, quotes, and who is spoiled."""

import shutil
from pathlib import Path

import pytest
from sift_rows import documents_of

from crible.assess.relations import Carrier, Copy, QuotedBy, Standing
from crible.model.errors import CaseError
from crible.sift.boilerplate import Boilerplate
from crible.sift.carriers import PER_DOCUMENT, carriers
from crible.sift.dossier import dossiers
from crible.sift.packing import pack, unpack
from crible.sift.run import sift
from crible.sift.standings import Standings
from crible.sift.watch import Options, Watch
from crible.store.case import Case
from crible.store.models import Document, Entry, Relation, Weighing
from crible.store.models import Standing as StandingRow


def level(path: str) -> str:
    return Weighing.objects.get(document__path=path).level


def related(kind: str, path: str) -> dict[str, bytes]:
    rows = Relation.objects.filter(kind=kind, document__path=path)
    return {row.other.path: bytes(row.facts) for row in rows.select_related("other")}


def test_a_differing_copy_is_contradicted_by_the_signed_one_and_never_the_other_way(facts: Case) -> None:
    assert level("leak/boxes/nguyen.mbox/000000") == "contradicted"
    assert level("leak/boxes/valette.mbox/000000") == "proven"
    ((other, packed),) = related("copy", "leak/boxes/nguyen.mbox/000000").items()
    copy = unpack(packed, Copy)
    assert other == "leak/boxes/valette.mbox/000000"
    assert [(c.ours, c.theirs) for c in copy.changes] == [("9 450", "2 450")]
    assert not copy.covered


def test_a_copy_whose_stored_bytes_the_signature_covers_is_proven_by_it(facts: Case) -> None:
    copy = unpack(*related("copy", "leak/boxes/nguyen.mbox/000002").values(), Copy)
    assert copy.covered
    assert level("leak/boxes/nguyen.mbox/000002") == "proven"


def test_what_the_senders_mails_end_with_anyway_is_no_difference(facts: Case) -> None:
    lines = Boilerplate().of("Contact@valette.example")
    assert "Imprimerie Valette, 12 rue des Presses, capital de 8 000 euros" in lines
    assert "Le delai de livraison est de trois semaines." not in lines
    copy = unpack(*related("copy", "leak/boxes/nguyen.mbox/000001").values(), Copy)
    assert copy.changes == ()
    assert level("leak/boxes/nguyen.mbox/000001") == "unattested"  # three planted mails make any line "boilerplate"


def test_twins_are_documents_of_one_family_and_each_passes(facts: Case) -> None:
    paths = ["leak/boxes/twins.mbox/000000", "leak/loose/jumeau-crlf.eml", "leak/loose/jumeau.eml"]
    assert {level(path) for path in paths} == {"proven"}
    assert len(set(Weighing.objects.filter(document__path__in=paths).values_list("family", flat=True))) == 1
    assert len({bytes(d.reading.wire) for d in Document.objects.filter(path__in=paths)}) == 1
    for path in paths:
        twins = related("twin", path)
        assert sorted(twins) == [other for other in paths if other != path]
        assert all(unpack(packed, Standing).full for packed in twins.values())


def test_proof_travels_with_the_same_bytes_through_mail_and_archive(facts: Case) -> None:
    assert level("leak/boxes/pieces.mbox/000000") == "proven"
    for path in ("leak/loose/note.txt", "leak/loose/dedans.eml", "leak/loose/devis.txt"):
        assert level(path) == "partly-proven", path
    assert level("leak/loose/autre.txt") == "unattested"
    found = carriers(Standings(facts))

    def names(path: str) -> tuple[str, ...]:
        (carrier,) = found[Document.objects.get(path=path).pk]
        return carrier.path

    assert names("leak/loose/dedans.eml") == ("2",)
    assert names("leak/loose/devis.txt") == ("2", "2~devis.txt")
    assert names("leak/loose/note.txt") == ("3~pieces.zip", "dossier/note.txt")


def test_a_mail_carried_whole_is_of_its_own_family_and_its_carrier_of_another(facts: Case) -> None:
    inside = Weighing.objects.get(document__path="leak/loose/dedans.eml")
    carrier = Weighing.objects.get(document__path="leak/boxes/pieces.mbox/000000")
    assert Document.objects.get(pk=inside.pk).entries.count() == 2
    assert inside.family != carrier.family


def test_a_proven_reply_that_quotes_other_words_questions(facts: Case) -> None:
    assert level("leak/boxes/valette.mbox/000004") == "questioned"
    quote = unpack(*related("quote", "leak/boxes/valette.mbox/000004").values(), QuotedBy)
    assert any("21" in change.ours and "19" in change.theirs for change in quote.changes)
    assert not quote.exact


def altered(world: Case, folder: Path, **intrusion: str) -> Case:
    """A copy of the case whose owner states an intrusion."""
    shutil.copytree(world.folder, folder)
    settings = folder / "case.toml"
    text = settings.read_text().replace('since = ""', f"since = {intrusion['since']}")
    settings.write_text(text.replace("boxes = []", f"boxes = {intrusion.get('boxes', '[]')}"))
    return Case.open(folder)


@pytest.mark.parametrize(
    ("intrusion", "spoilt"),
    [
        ({"since": '"2017-03-01"'}, True),
        ({"since": "2017-03-01"}, True),
        ({"since": '"2017-03-01"', "boxes": '["contact@Valette.example"]'}, True),
        ({"since": '"2017-03-01"', "boxes": '["elsa.nguyen@horizon.example"]'}, False),
        ({"since": '"2999-01-01"'}, False),
    ],
)
def test_mails_signed_while_others_had_access_support_and_contradict_nothing(
    world: Case, tmp_path: Path, intrusion: dict[str, str], spoilt: bool
) -> None:
    case = altered(world, tmp_path / "case", **intrusion)
    sift(case, [], Options(jobs=1), Watch())
    with case.facts():
        expected = "unattested" if spoilt else "partly-proven"
        assert level("leak/loose/devis.txt") == expected
        assert (level("leak/boxes/nguyen.mbox/000000") == "contradicted") is not spoilt
        assert Standings(case).proven()
        assert all(Standings(case)[pk].spoiled is spoilt for pk in Standings(case).proven())


@pytest.mark.parametrize("intrusion", [{"since": '"last spring"'}, {"since": '"2017-03-01"', "boxes": '"a@b.example"'}])
def test_an_intrusion_that_cannot_be_understood_is_said(world: Case, tmp_path: Path, intrusion: dict[str, str]) -> None:
    case = altered(world, tmp_path / "case", **intrusion)
    with case.facts(), pytest.raises(CaseError, match="case-broken"):
        Standings(case)


def stand(document: Document, number: int, **facts: object) -> None:
    standing = Standing("", whole=True, domain=f"d{number}.example", **facts)
    StandingRow.objects.create(
        document=document, full=standing.full, part=standing.part, domain=standing.domain, facts=pack(standing)
    )


def test_of_many_carriers_the_best_proven_are_kept(blank: Case) -> None:
    *mails, carried = documents_of(blank, [b"%d" % n for n in range(12)])
    best = max(mails, key=lambda document: bytes(document.sha256))  # the last that any order by id would come to
    for number, mail in enumerate(mails):
        stand(mail, number, full=mail == best, part=mail != best)
        Entry.objects.create(parent=mail, ordinal=0, name="1", path=f"{mail.path}/1", depth=2, document=carried)
    found = carriers(Standings(blank))[carried.pk]
    assert len(found) == PER_DOCUMENT
    assert found[0] == Carrier(Standings(blank)[best.pk], ("1",))
    assert found[0].mail.full


def test_containers_that_hold_each_other_come_to_an_end(blank: Case) -> None:
    one, other = documents_of(blank, [b"one", b"other"])
    for parent, member in ((one, other), (other, one), (one, one)):
        ordinal = parent.members.count()
        path = f"{parent.path}/{ordinal}"
        Entry.objects.create(parent=parent, ordinal=ordinal, name=str(ordinal), path=path, depth=2, document=member)
    stand(one, 0, full=True)
    found = carriers(Standings(blank))
    assert {pk: len(mine) for pk, mine in found.items()} == {one.pk: 1, other.pk: 1}
    assert len(dossiers([one, other])[0].paths) == 3
