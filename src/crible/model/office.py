"""What an Office file's own structure tells of how it was made (OOXML: ECMA-376; the older formats: [MS-OLEPS])."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Traces of programs and hands. None names a person."""

    root: str = ""
    """rsidRoot: shared by all that descends from one document (ECMA-376 part 1 §17.15.1.70)."""
    sessions: tuple[str, ...] = ()
    """rsids of the settings, in their order, at most 2,000: one for each editing session."""
    packer: str = ""
    """Program whose way of packing the zip fits: `word`, `excel`, `libreoffice`, `python-docx` …; empty if none."""
