"""Is this in the leak? Each answer, and innocent neighbours that must not be taken for it."""

from collections.abc import Callable, Iterable
from random import Random

import pytest

from crible.index.match import NEAR, PASSAGE, Level, MatchResult, match
from crible.index.record import Record
from crible.index.search import Searcher

Make = Callable[..., Record]

MAIL = (
    "Bonjour Anne-Marie,\n\nVoici le devis de l'imprimerie pour les affiches de la réunion publique d'Évreux : "
    "deux mille exemplaires au format A2, livrés le vendredi 7 avril à la permanence, pour un total de 2 450 euros "
    "hors taxes. Merci de me dire avant mercredi si le budget le permet, faute de quoi nous réduirons le tirage.\n\n"
    "Bien à toi,\nJean Évrard\nCoordination départementale"
)
FOOTER = "Bien à toi,\nJean Évrard\nCoordination départementale"
DISCLAIMER = (
    "Ce message et ses pièces jointes sont confidentiels et destinés à l'usage exclusif de leur destinataire ; si "
    "vous l'avez reçu par erreur, merci de le détruire et d'en avertir l'expéditeur sans délai."
)


def filler(seed: int, words: int = 200) -> str:
    random = Random(seed)
    return " ".join(
        f"{random.choice('bcdfglmnprst')}{random.choice('aeiou')}t{random.randrange(3_000)}" for _ in range(words)
    )


class Leak:
    def __init__(self, make: Make, indexed: Callable[[Iterable[Record]], Searcher], texts: dict[str, str]) -> None:
        records = {path: make(path, text, wire="ff" * 32 if path == "mail" else "") for path, text in texts.items()}
        self.texts = {records[path].id: text for path, text in texts.items()}
        self.ids = {path: record.id for path, record in records.items()}
        self.searcher = indexed([*records.values(), make("scan", "")])

    def ask(self, text: str, sha256: str = "0" * 64, wire: str | None = None) -> MatchResult:
        return match(text, sha256, wire, self.searcher, self.texts.__getitem__)


@pytest.fixture
def leak(make: Make, indexed: Callable[[Iterable[Record]], Searcher]) -> Leak:
    texts = {
        "mail": MAIL,
        "signed": f"Merci pour hier, on se rappelle lundi.\n\n{FOOTER}",
        "legal": f"Compte rendu joint.\n\n{DISCLAIMER}",
        "book": f"{filler(1, 3_000)} {filler(2, 40)} {filler(3, 3_000)}",
        "short": "Oui, d'accord pour mardi soir alors.",
        **{f"noise{n}": filler(100 + n) for n in range(30)},
    }
    return Leak(make, indexed, texts)


def test_the_same_bytes(leak: Leak) -> None:
    result = leak.ask(MAIL, leak.ids["mail"])

    assert (result.level, result.found[0].same, result.found[0].record.path) == (Level.EXACT, "bytes", "mail")
    assert [found.level for found in result.found] == [Level.EXACT]


def test_the_same_mail_but_for_quoting(leak: Leak) -> None:
    result = leak.ask("", wire="ff" * 32)

    assert (result.level, result.found[0].same, result.comparable) == (Level.EXACT, "wire", False)


def test_the_same_words_in_another_file(leak: Leak) -> None:
    result = leak.ask("> " + MAIL.upper().replace("\n", "\n> ").replace("É", "E"))

    (found,) = result.found
    assert (result.level, found.same, found.share_of_text, found.share_of_document) == (Level.NEAR, "words", 1.0, 1.0)


def test_a_changed_figure_is_near_and_not_the_same(leak: Leak) -> None:
    result = leak.ask(MAIL.replace("2 450", "12 450"))

    (found,) = result.found
    assert (result.level, found.same, found.record.path) == (Level.NEAR, "", "mail")
    assert NEAR <= found.share_of_text < 1
    assert len(found.passages) == 2


def test_a_short_mail_with_one_changed_word_is_near(
    make: Make, indexed: Callable[[Iterable[Record]], Searcher]
) -> None:
    words = [f"mot{n}" for n in range(20)]
    leak = Leak(make, indexed, {"mail": " ".join(words)})

    for changed in range(20):
        result = leak.ask(" ".join([*words[:changed], "autre", *words[changed + 1 :]]))
        assert result.level == Level.NEAR, changed

    longer = Leak(make, indexed, {"mail": " ".join(f"mot{n}" for n in range(24))})
    edited = [f"autre{n}" if n in (2, 10, 18) else f"mot{n}" for n in range(24)]
    assert longer.ask(" ".join(edited)).level == Level.NEAR


def test_a_passage_is_found_and_where(leak: Leak) -> None:
    passage = "deux mille exemplaires au format A2, livrés le vendredi 7 avril à la permanence"
    text = f"{filler(7, 60)} « {passage} » {filler(8, 60)}"
    result = leak.ask(text)

    (found,) = result.found
    assert (result.level, found.record.path) == (Level.PARTIAL, "mail")
    (span,) = found.passages
    assert text[span.start : span.end] == MAIL[span.document_start : span.document_end] == passage
    assert span.words == 14


@pytest.mark.parametrize("at", range(0, 41, 5))
def test_the_shortest_passage_is_found_wherever_it_stands(leak: Leak, at: int) -> None:
    book = leak.texts[leak.ids["book"]].split()
    passage = " ".join(book[3_000 + at : 3_000 + at + PASSAGE])

    for lead in range(8):
        result = leak.ask(f"{filler(50, 300 + lead)} {passage} {filler(51, 100)}")
        assert (result.level, [found.record.path for found in result.found]) == (Level.PARTIAL, ["book"])
        assert result.surest_passage == PASSAGE


def test_a_document_wholly_inside_the_given_text_is_a_part_of_it(leak: Leak) -> None:
    result = leak.ask(f"{filler(60, 400)} {MAIL} {filler(61, 400)}")

    assert result.level == Level.PARTIAL
    assert result.found[0].share_of_document == 1.0


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"Peux-tu m'envoyer la liste des bénévoles ?\n\n{FOOTER}", id="same signature block"),
        pytest.param("Voici le devis pour les affiches de la réunion publique, hors taxes.", id="same subject"),
        pytest.param(" ".join(reversed(MAIL.split())), id="same words in another order"),
        pytest.param(" ".join(f"{word} {word}x" for word in MAIL.split()), id="no two words in a row"),
        pytest.param(filler(99), id="other text"),
        pytest.param("Non, pas d'accord pour jeudi matin.", id="short"),
    ],
)
def test_innocent_neighbours_are_absent(leak: Leak, text: str) -> None:
    result = leak.ask(text)

    assert (result.level, result.found, result.comparable) == (Level.ABSENT, (), True)


def test_a_common_disclaimer_is_a_passage_and_no_more(leak: Leak) -> None:
    result = leak.ask(f"Tout autre chose que ce compte rendu, avec plus de mots à nous.\n\n{DISCLAIMER}")

    assert [(found.level, found.record.path) for found in result.found] == [(Level.PARTIAL, "legal")]


def test_a_short_text_is_found_whole_or_not_at_all(leak: Leak) -> None:
    assert leak.ask("Oui d'accord pour mardi soir alors").found[0].same == "words"
    assert leak.ask("D'accord pour mardi soir").level == Level.PARTIAL


def test_the_answer_says_what_was_searched(leak: Leak) -> None:
    result = leak.ask("Oui !")

    assert (result.level, result.words, result.comparable) == (Level.ABSENT, 1, False)
    assert (result.documents, result.unsearchable, result.surest_passage) == (36, 1, 0)
    assert leak.ask(MAIL).surest_passage == PASSAGE


def test_a_text_compared_only_in_part_is_told(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    from crible.index import match as module

    assert leak.ask(MAIL).cut == 0
    monkeypatch.setattr(module, "LONGEST_TEXT", 100)
    assert leak.ask(MAIL).cut == 2


def test_boilerplate_in_many_mails_does_not_hide_the_rare_passage(
    make: Make, indexed: Callable[[Iterable[Record]], Searcher]
) -> None:
    texts = {f"m{n:03}": f"{filler(n, 30)} {DISCLAIMER}" for n in range(300)}
    leak = Leak(make, indexed, {**texts, "source": f"{filler(900, 500)} {filler(901, 20)} {filler(902, 500)}"})

    result = leak.ask(f"{filler(903, 50)} {filler(901, 20)} {filler(904, 50)} {DISCLAIMER}")
    assert result.found[0].record.path == "source"
    assert result.left_off > 0


def test_a_very_long_text_is_sampled_and_says_so(leak: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    from crible.index import match as module

    monkeypatch.setattr(module, "PROBES", 50)
    result = leak.ask(leak.texts[leak.ids["book"]] + " fin")

    assert (result.level, result.found[0].record.path) == (Level.NEAR, "book")
    assert (result.words, result.surest_passage) == (6_041, 125)
