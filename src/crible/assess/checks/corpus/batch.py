"""Were files of several people and times saved again within minutes by one hand or program that is unusual here?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt, moment
from crible.assess.hands import PAGE, Batch
from crible.assess.relations import Relations
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading


def look_around(reading: Reading, relations: Relations) -> Iterator[Evidence]:
    """What the batch has in common, how usual that is elsewhere, and the readings that stay open. None is chosen."""
    batch = relations.hand.batch if relations.hand else None
    if reading.file is None or batch is None or relations.reference:
        return
    base = _base(batch)
    # A name alone is what anybody's new colleague has; a language or an alphabet met nowhere else asks more. Where a
    # mail carries the file, whoever sent it may have saved it: a printer abroad does so with all that it gets.
    unusual = (batch.language or batch.foreign) and not relations.in_mail
    strength = None if unusual else Strength.WEAK
    if batch.language:
        name = batch.language.removeprefix(PAGE)
        params = base | {"name": name, "other": batch.elsewhere.count, "of": batch.elsewhere.of}
        message = "batch-page" if batch.language.startswith(PAGE) else "batch-language"
        yield Evidence(Says.QUESTIONS, message, params, "modified", batch.others, strength)
    if batch.name:
        params = base | {
            "count": batch.named,
            "name": excerpt(batch.name, 60),
            "other": batch.named_elsewhere.count,
            "of": batch.named_elsewhere.of,
        }
        yield Evidence(Says.QUESTIONS, "batch-name", params, "lastModifiedBy", batch.others, strength)
    for reading_of_it in ("batch-reading-house", "batch-reading-opened", "batch-reading-changed"):
        yield Evidence(Says.UNTESTABLE, reading_of_it, {"count": batch.files}, "modified", strength=Strength.NONE)


def _base(batch: Batch) -> Params:
    begun, ended = (moment(seconds)[:4] for seconds in batch.begun)
    return {
        "count": batch.files,
        "first": moment(batch.first),
        "last": moment(batch.last),
        "by": begun if begun == ended else f"{begun}-{ended}",
    }


CHECK = Check(
    id="corpus.batch",
    version=1,
    question="Were files of several people saved again within minutes by one hand or program that is unusual here?",
    bears_on=Bears.CONTENT,
    strength=Strength.MODERATE,
    source="ECMA-376 part 2 §8.3; seen in the MacronLeaks, a small archive of spreadsheets, 27 March 2017",
    messages=(
        "batch-language",
        "batch-page",
        "batch-name",
        "batch-reading-house",
        "batch-reading-opened",
        "batch-reading-changed",
    ),
    innocent=(
        "innocent-homonym",
        "innocent-planted-trace",
        "innocent-bystander",
        "innocent-migration",
        "innocent-batch-converter",
        "innocent-shared-computer",
    ),
    needs=frozenset({"hands"}),
    group="office-hand",
    look_around=look_around,
)
