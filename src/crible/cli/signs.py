"""The legend under lists and tables of grades."""

from crible.cli.context import say
from crible.cli.terminal import prose
from crible.model.grade import SIGNS


def print_legend(levels: set[str] | None = None) -> None:
    """What the signs mean; of the levels given, or all."""
    words = [f"{sign} {say(f'legend-{level}')}" for level, sign in SIGNS.items() if levels is None or level in levels]
    # Joined by no-break spaces within, so that a sign is never parted from its word.
    prose("   ".join(word.replace(" ", "\N{NO-BREAK SPACE}") for word in words))
