"""Sound and film: what their containers say of themselves. Nothing is decoded, played or transcribed."""

from dataclasses import replace

from crible.extract.capped import clean
from crible.extract.language import detect
from crible.extract.moments import office_instant
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.model.instant import Clock, Instant

TEXT_CAP = 20_000


def told(mime: str, facts: FileFacts, *texts: str) -> Reading:
    """A reading whose text is what was written into the file: title, artist, comment, lyrics."""
    text = clean("\n".join(dict.fromkeys(one.strip() for one in texts if one.strip())))
    return Reading(mime, text[:TEXT_CAP], detect(text), file=facts, truncated=max(0, len(text) - TEXT_CAP))


def seconds(duration: float | None) -> str:
    """A duration as properties give it: whole milliseconds; empty where it is not known or makes no sense."""
    return f"{duration:.3f}" if duration is not None and 0 < duration < 1e9 else ""


def stated(raw: str) -> Instant | None:
    """A date that a tag gives, W3C form; None for less than a day: a bare year would pass for its first of January."""
    instant = office_instant(raw.strip()) if len(raw.strip()) >= 10 else None
    return replace(instant, clock=Clock.MEDIA) if instant else None


def said(**properties: object) -> dict[str, str]:
    """Properties by name, those that say nothing left out."""
    texts = {
        key.replace("_", "-"): clean(str(value)).strip()[:500] for key, value in sorted(properties.items()) if value
    }
    return {key: text for key, text in texts.items() if text}
