"""Sifts into a disk of its own that is too small, and makes it larger until the sift ends.

python full_disk.py FOLDER LEAK EXPORT, in a mount namespace: prints one JSON line a run, [exit code, lines of
stderr]; exits 77 where no disk may be mounted.
"""

import json
import subprocess
import sys
from pathlib import Path

GROWTH = 1.35


def main(folder: Path, leak: Path, exported: Path) -> int:
    """Exit 0 once a sift has ended well and the case is exported."""
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], stderr=subprocess.DEVNULL).returncode:
        return 77
    crible, case = [sys.executable, "-m", "crible"], folder / "case"
    size, code = 1 << 20, 1
    while code and size < 200 << 20:
        subprocess.run(["mount", "-o", f"remount,size={size}", folder], check=True)
        sources = [] if (case / "case.toml").exists() else [leak]
        sift = [*crible, "sift", *sources, "--no-ocr", "--case", case]
        done = subprocess.run(sift, capture_output=True, text=True)
        code = done.returncode
        sys.stdout.write(json.dumps([code, [line for line in done.stderr.splitlines() if line]]) + "\n")
        size = int(size * GROWTH)
    with exported.open("wb") as out:
        return subprocess.run([*crible, "export", "--case", case], stdout=out).returncode


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:4])))
