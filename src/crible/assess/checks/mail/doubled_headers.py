"""Does a field that readers go by stand twice, so that a reader may be shown another than the one signed?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import SHAPING, Params, excerpt
from crible.assess.relations import Relations
from crible.assess.standing import doubled, vouching
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """Moderate where a signature still verifies over one of the two; a signer that named both vouches for both.

    Six of 29,263 real list mails have a critical field twice, by their senders' scripts: doubling alone is worth a
    weak remark.
    """
    mail = reading.mail
    twice = doubled(mail) if mail else ()
    if mail is None or not twice:
        return
    passed = [result.facts for result in vouching(relations, mail)]
    if not passed:
        yield Evidence(Says.QUESTIONS, "doubled", {"fields": _shown(twice)}, _where(twice), strength=Strength.WEAK)
        return
    best = min(passed, key=lambda facts: sum(facts.signed.count(name) < mail.counts[name] for name in twice))
    loose = tuple(name for name in twice if best.signed.count(name) < mail.counts[name])
    message, strength = ("doubled-beside-signed", None) if loose else ("doubled-signed", Strength.WEAK)
    params: Params = {"fields": _shown(loose or twice), "domain": excerpt(best.domain)}
    yield Evidence(Says.QUESTIONS, message, params, _where(loose or twice), strength=strength)


def _shown(names: tuple[str, ...]) -> list[str]:
    return [SHAPING[name] for name in names]


def _where(names: tuple[str, ...]) -> str:
    return SHAPING[names[0]]


CHECK = Check(
    id="mail.doubled-headers",
    version=3,
    question="Does a field that readers go by stand twice, so that one may be shown that nobody signed?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="RFC 5322 §3.6; RFC 6376 §8.15",
    messages=("doubled", "doubled-beside-signed", "doubled-signed"),
    innocent=("innocent-doubled-software", "innocent-doubled-import"),
    needs=frozenset({"signatures"}),
    look_around=look_around,
)
