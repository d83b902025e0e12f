"""`python -m crible`, the same program as `crible`."""

from crible.cli.main import run

run()
