"""Who says that the key is this domain's?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, named, where
from crible.assess.relations import Relations
from crible.assess.standing import vouching
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

USER = "user:"
"""Prefix of a source that is the user's own key file."""


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """A note where the key rests on one source, on the user's own file, or where another key has the same name."""
    if reading.mail is None:
        return
    for result in vouching(relations, reading.mail):
        key = result.used
        if key is None:
            continue
        params: Params = named(result) | {"source": excerpt(", ".join(key.sources).removeprefix(USER))}
        if key.sources and all(source.startswith(USER) for source in key.sources):
            yield Evidence(Says.UNTESTABLE, "key-user", params, where(result))
        elif len(key.sources) < 2:
            yield Evidence(Says.UNTESTABLE, "key-one-source", params, where(result))
        if result.conflict:
            yield Evidence(Says.UNTESTABLE, "key-conflict", params, where(result))


CHECK = Check(
    id="mail.key-source",
    version=2,
    question="Who says that the key is this domain's?",
    bears_on=Bears.ORIGIN,
    strength=Strength.NONE,
    source="Grades, anchor: a statement binding a selector of a domain to a modulus",
    messages=("key-user", "key-one-source", "key-conflict"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
