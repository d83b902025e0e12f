# Sourced by the scripts beside it: a virtual environment of the project's own, with what $1 (an extra) needs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
python="${PYTHON:-python3}"

ready() {
    local stamp=".venv/.installed-$1" locks=(requirements/run.txt)
    [ "$1" = run ] || locks+=("requirements/$1.txt")
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    if [ ! -e "$stamp" ] || [ -n "$(find pyproject.toml hatch_build.py requirements frontend/package-lock.json frontend/build.mjs frontend/src src -newer "$stamp" \( -name '*.toml' -o -name 'package-lock.json' -o -name '*.txt' -o -name 'hatch_build.py' -o -name '*.po' -o -name '*.ts' -o -name '*.css' -o -name '*.mjs' \) -print -quit)" ]; then
        echo "Installing into .venv …" >&2
        for lock in "${locks[@]}" requirements/build.txt; do
            .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
        done
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
        touch "$stamp"
    fi
}
