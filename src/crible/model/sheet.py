"""A piece of a sheet as a table: values as stored, nothing computed. Made in the sandbox."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of a workbook."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The piece asked for, and how much there is."""

    tabs: tuple[Tab, ...]
    """At most 200."""
    more_tabs: int
    number: int
    """Of the sheet shown, from 1."""
    rows: int
    columns: int
    """To the last cell that holds anything."""
    first_row: int
    first_column: int
    """Of the piece, from 1."""
    cells: tuple[tuple[str, ...], ...]
    """Row by row, each of the same length; empty cells are empty."""
