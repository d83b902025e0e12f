"""Writes docs/cli.md and the output of every session anew: `scripts/docs`."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from doc_blocks import ROOT, make_programs, pages, reference, renew


def main() -> None:
    """Every page in a folder of its own, with a case of the demo."""
    (ROOT / "docs" / "cli.md").write_text(reference(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as temporary:
        whole = Path(temporary)
        programs = make_programs(whole / "bin")
        subprocess.run([programs / "crible", "demo", whole / "demo-leak"], capture_output=True, check=True)
        for page in pages():
            folder = whole / page.stem
            shutil.copytree(whole / "demo-leak", folder / "demo-leak")
            if renew(page, folder, programs):
                sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
