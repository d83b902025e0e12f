"""Headers of the same conversation give back the recipients that a list exchanged."""

from pathlib import Path

from leak_maker import mbox, raw

from crible.sift.kin import MOST, kin
from crible.store.models import Evidence, Reading, Weighing

TEXT = b"Bonjour,\n\nLa salle est retenue pour le 3 mars.\n"
PEOPLE = "Elsa Nguyen <elsa.nguyen@horizon.example>, Remi Castan <remi@castan.example>"
SHUFFLED = "Remi Castan <remi@castan.example>, comites@listes.example"


def test_recipients_are_restored_from_the_answer(signer, key_file: Path, sifted, tmp_path: Path) -> None:
    signed = signer.sign(raw("Salle", TEXT, serial=1, To=PEOPLE)).replace(PEOPLE.encode(), SHUFFLED.encode())
    answer = raw("Re: Salle", b"Oui.\n", serial=2, To=PEOPLE, In_Reply_To="<1@valette.example>")
    alone = sifted(tmp_path / "alone", mbox(tmp_path / "a.mbox", [signed]), key_files=(key_file,))
    with alone.facts():
        assert Weighing.objects.get().level == "unattested"
    both = sifted(tmp_path / "both", mbox(tmp_path / "b.mbox", [signed, answer]), key_files=(key_file,))
    with both.facts():
        led_back = Weighing.objects.get(document__path__endswith="000000")
        assert led_back.level == "partly-proven"
        said = Evidence.objects.get(document=led_back.document, message="repair-changed")
        assert "To" not in said.params["fields"]


def test_a_source_that_comes_later_is_looked_at_too(signer, key_file: Path, sifted, tmp_path: Path) -> None:
    from crible.sift.run import sift
    from crible.sift.watch import Options, Watch

    signed = signer.sign(raw("Salle", TEXT, serial=1, To=PEOPLE)).replace(PEOPLE.encode(), SHUFFLED.encode())
    answer = raw("Re: Salle", b"Oui.\n", serial=2, To=PEOPLE, In_Reply_To="<1@valette.example>")
    case = sifted(tmp_path / "case", mbox(tmp_path / "a.mbox", [signed]), key_files=(key_file,))
    sift(case, [mbox(tmp_path / "b.mbox", [answer])], Options(jobs=1), Watch())
    with case.facts():
        assert Weighing.objects.get(document__path__contains="a.mbox").level == "partly-proven"


def test_a_crowded_conversation_gives_a_few_and_always_the_same(sifted, tmp_path: Path) -> None:
    mails = [raw("Fil", b"%d\n" % n, serial=n + 1, In_Reply_To="<1@valette.example>") for n in range(3 * MOST)]
    case = sifted(tmp_path / "case", mbox(tmp_path / "a.mbox", mails))
    with case.facts():
        first = Reading.objects.order_by("pk").values_list("pk", flat=True)[0]
        found, digest = kin([first])[first]
        assert 0 < len(found) <= MOST
        assert (found, digest) == kin([first])[first]
