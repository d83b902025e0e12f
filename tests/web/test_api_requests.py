"""Requests nobody thought of: Schemathesis, from the OpenAPI description, against a real desk."""

import os
import subprocess
import sys
from pathlib import Path

from crible.store.case import Case

SERVE = """
import sys
from pathlib import Path
from crible.store.case import Case
from crible.web.server import Desk
case = Case.open(Path(sys.argv[1]))
with Desk([case], 0) as desk:
    from crible.review import tokens
    from crible.review.people import owner
    from crible.review.rights import Right
    print(desk.link.partition("/login/")[0], flush=True)
    print(tokens.make(owner(), case.uuid, "schemathesis", (Right.READ, Right.REVIEW), 1)[0], flush=True)
    desk.run()
"""
CONFIG = """
[parameters]
"path.slug" = "{slug}"
"path.name" = "{known}"
"""
PHASES = "examples,coverage,fuzzing"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def test_no_request_breaks_the_desk(case: Case, ids: dict[str, str], tmp_path: Path) -> None:
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.format(slug=case.uuid[:8], known=ids["note.txt"]))
    environment = {"PATH": os.environ["PATH"], "CRIBLE_DESK": str(tmp_path / "desk")}
    command = [sys.executable, "-c", SERVE, str(case.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as desk:
        try:
            assert desk.stdout
            base, token = desk.stdout.readline().strip(), desk.stdout.readline().strip()
            program = Path(sys.executable).with_name("schemathesis")
            command = [program, "--config-file", config, "run", f"{base}/api/1/openapi.json", "--checks", CHECKS]
            command += [
                "-H",
                f"Authorization: Bearer {token}",
                "--max-examples",
                "15",
                "--seed",
                "1",
                "--phases",
                PHASES,
            ]
            asked = subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=tmp_path, env=environment)
        finally:
            desk.terminate()
    assert asked.returncode == 0, asked.stdout[-6000:] + asked.stderr[-2000:]
    assert "No issues found" in asked.stdout
