"""A small leak of invented names, and a way to search it."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path

import pytest

from crible.index.record import Record
from crible.index.search import Searcher
from crible.index.writer import Writer


def record(path: str, text: str = "", /, **fields: object) -> Record:
    """A record whose id is the digest of its path, alone in its family unless said otherwise."""
    digest = sha256(path.encode()).hexdigest()
    fields.setdefault("path", path)
    fields.setdefault("family", digest)
    return Record(id=digest, text=text, **fields)  # type: ignore[arg-type]


LEAK = (
    record(
        "box/000001",
        "Bonjour,\nle devis pour la salle d'Évreux est signé ; l'élection approche.\nJean",
        kind="mail",
        type="mail",
        subject="Devis salle d'Évreux",
        language="fr",
        senders=("Jean Évrard jean@mairie-exemple.example",),
        recipients=("Anne-Marie Keller amk@campagne.example", "Bob bob@campagne.example"),
        cc=("Bob bob@campagne.example",),
        from_address="jean@mairie-exemple.example",
        from_domain="mairie-exemple.example",
        to_addresses=("amk@campagne.example", "bob@campagne.example"),
        date=1_488_362_400,  # 2017-03-01T10:00:00Z
        grade="proven",
        badges=("single-source-key",),
        checks=("mail.dkim",),
        attachments=1,
        boxes=("Boîte A",),
        message_id="<a1@mairie-exemple.example>",
        thread="fil1",
    ),
    record(
        "box/000002",
        "Les élections régionales coûtent 12 450,00 € selon le prix du devis. Œuvre terminée.",
        kind="mail",
        type="mail",
        subject="Re: facture",
        language="fr",
        senders=("Anne-Marie Keller amk@campagne.example",),
        from_address="amk@campagne.example",
        from_domain="campagne.example",
        to_addresses=("jean@mairie-exemple.example",),
        recipients=("Jean Évrard jean@mairie-exemple.example",),
        date=1_493_071_199,  # 2017-04-24T21:59:59Z, 23:59:59 in Paris
        grade="questioned",
        checks=("mail.dkim", "mail.signer-clock"),
        boxes=("B",),
        thread="fil1",
    ),
    record(
        "box/000003",
        "The elected board signed the quote; elections are near. The price of the big room is low.",
        kind="mail",
        type="mail",
        subject="Room quote",
        language="en",
        date=1_420_070_400,  # 2015-01-01T00:00:00Z
        boxes=("B",),
    ),
    record("box/000001/2~DEVIS-2017.pdf", "DEVIS no 42 pour la salle", type="pdf", mime="application/pdf",
           name="DEVIS-2017.pdf", language="fr", grade="partly-proven"),
    record("files/photo_e\u0301te\u0301.jpg", type="image", mime="image/jpeg", name="photo_e\u0301te\u0301.jpg",
           status="unreadable"),
)  # fmt: skip


@pytest.fixture
def make() -> Callable[..., Record]:
    return record


@pytest.fixture
def indexed(tmp_path: Path) -> Callable[[Iterable[Record]], Searcher]:
    """Index these records and open a searcher on them."""

    def build(records: Iterable[Record]) -> Searcher:
        with Writer(tmp_path / "index", heap=15_000_000) as writer:
            for one in records:
                writer.add(one)
        return Searcher(tmp_path / "index")

    return build


@pytest.fixture(scope="session")
def leak(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("leak") / "index"
    with Writer(folder, heap=15_000_000) as writer:
        for one in LEAK:
            writer.add(one)
    return Searcher(folder)


@pytest.fixture(scope="session")
def finds(leak: Searcher) -> Callable[[str], set[str]]:
    """The last three characters of the paths that a query finds, without extension: `{"001", "pdf"}`."""

    def names(query: str) -> set[str]:
        return {hit.record.path[-3:] for hit in leak.search(query).hits}

    return names
