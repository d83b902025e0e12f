"""Compiles the message catalogues (.po, committed) to .mo (built) when pip builds or installs crible."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileCatalogues(BuildHookInterface):  # type: ignore[type-arg]
    """The `custom` build hook named in pyproject.toml; runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write each catalogue's .mo beside its .po."""
        compile_catalogues(Path(self.root) / "src")


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every .po below root; the paths written."""
    written = []
    for source in sorted(root.rglob("*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po))
        written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent / "src")
