"""Is a picture worth a second of text recognition? Most pictures of a dump are photographs, and hold no text."""

from crible.model.image import ImageFacts

LEAST = (200, 60)
"""Longer and shorter side in pixels: icons, rules and spacers of newsletters lie below."""
FLAT = 35
"""Hundredths of the area in the background's grey (`ImageFacts.flat`)."""


def may_hold_text(facts: ImageFacts) -> bool:
    """True for bilevel pictures, and for those with an even background: pages, scans, screenshots, charts, logos.

    A page photographed in daylight has one too. A street sign in a photograph is not looked for.
    """
    longer, shorter = max(facts.width, facts.height), min(facts.width, facts.height)
    if longer < LEAST[0] or shorter < LEAST[1]:
        return False
    return facts.mode == "1" or facts.flat >= FLAT
