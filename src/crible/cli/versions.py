"""A document's versions as text, each with what it says otherwise; and the later mail that holds it whole."""

from collections.abc import Sequence

from crible.cli.context import say
from crible.cli.terminal import line, one_line, prose
from crible.sift.siblings import Sibling

CHANGES = 5
"""Passages that are printed of each version."""


def print_versions(found: Sequence[Sibling], shown: str) -> None:
    """One version after the other, in their order; nothing where there is none."""
    if not found:
        return
    line()
    line("  " + say("versions", count=len(found)))
    for one in found:
        _print(one, one.id == shown)


def print_held_by(held: tuple[str, str] | None) -> None:
    """The mail that it is enough to read."""
    if held:
        line()
        line("  " + say("held-by"))
        line(f"    {held[0][:12]}  {one_line(held[1])}")


def _print(one: Sibling, here: bool) -> None:
    line(f"  {'▸' if here else '·'} {one.id[:12]}  {one_line(one.path)}")
    if here:
        return
    told = [say("version-similar", percent=one.similarity)] if one.similarity is not None else []
    told.append(say(f"version-{one.side}" if one.side else "version-undatable"))
    told += [say("version-outside")] if one.reference else []
    prose(", ".join(told), 4)
    for change in one.changes[:CHANGES]:
        prose(say("version-words", ours=one_line(change.ours) or "∅", theirs=one_line(change.theirs) or "∅"), 6, 8)
    if one.count > CHANGES:
        prose(say("version-more", count=one.count - CHANGES), 6)
