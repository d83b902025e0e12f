"""pyHanko loads without an HTTP client, and leaves everybody else theirs."""

import subprocess
import sys

EXAMINER = """
import sys
from crible.sift.examiners import pdf
pdf.prepare()
print(*(name for name in ("aiohttp", "yarl", "requests", "urllib3") if name in sys.modules))
import aiohttp
print(aiohttp.ClientSession.__module__)
"""


def run(code: str) -> list[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split("\n")


def test_an_examiner_loads_no_http_client() -> None:
    assert run(EXAMINER)[:2] == ["", "aiohttp.client"]


def test_a_client_that_is_there_stays() -> None:
    assert run("import aiohttp, crible.proof.pdf, sys; print(sys.modules['aiohttp'] is aiohttp)")[0] == "True"
