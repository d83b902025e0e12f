"""crible bench forgeries, once, on little mail."""

import json
import os
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_bench_plants_sifts_and_tells_what_came_of_it(tmp_path):
    command = [sys.executable, "-m", "crible", "bench", "forgeries", "--seed", "502", "--mails", "500", "--json"]
    command += ["--case", tmp_path / "bench", "--out", tmp_path / "page.md"]
    environment = {**os.environ, "COLUMNS": "80", "CRIBLE_LANG": "en"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=environment, check=False)
    told = json.loads(done.stdout)
    assert done.returncode == (1 if told["vouched"][0] else 0), done.stderr
    assert told["seeds"] == [502]
    assert told["detected"][0] / told["detected"][1] > 0.5
    assert told["anchored"] >= told["plain"] > 100
    assert not [row for row in told["wrong"] if row["what"] == "missing"]
    page = (tmp_path / "page.md").read_text()
    assert "`crible bench forgeries --seed 502`" in page
    assert (tmp_path / "bench" / "502" / "case" / "case.toml").exists()
