"""What goes wrong is said in one sentence with a code, and the exit code says which kind of wrong it was."""

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crible.cli.errors import sentence


@pytest.mark.parametrize(
    ("arguments", "status", "code"),
    [
        (("find", "devis", "--case", "nowhere"), 1, "case-missing"),
        (("sift", "nowhere", "--case", "new"), 1, "source-missing"),
        (("sift", ".", "--case", "inside"), 1, "source-holds-case"),
        (("sift", "--case", "nowhere"), 1, "case-missing"),
        (("weigh", "nowhere.eml"), 1, "file-unreadable"),
        (("weigh", "."), 1, "file-unreadable"),
        (("weigh", "pipe"), 1, "file-unreadable"),
        (("weigh", "mail.eml", "--keys", "mail.eml"), 1, "keys-line-unread"),
        (("serve", "--case", "nowhere"), 1, "case-missing"),
        (("demo", "taken"), 1, "demo-folder-taken"),
        (("sift",), 2, "usage-missing"),
        (("find", "x", "--colour", "red"), 2, "usage-option"),
        (("find", "x", "--limit", "0", "--case", "y"), 2, "usage-value"),
        (("find", "x", "y", "--case", "z"), 2, "usage-extra"),
        (("sieve",), 2, "usage-command"),
    ],
)
def test_an_error_is_one_sentence(crible, tmp_path: Path, arguments: tuple[str, ...], status: int, code: str) -> None:
    (tmp_path / "taken" / "leak").mkdir(parents=True)
    (tmp_path / "mail.eml").write_text("Subject: x\n\nno key\n")
    os.mkfifo(tmp_path / "pipe")
    done = crible(*arguments, code=status, cwd=tmp_path)
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("crible: ")
    assert last.endswith(f"[{code}]")
    assert done.stdout == ""


def test_errors_speak_french_too(crible, tmp_path: Path) -> None:
    said = [
        crible("weigh", "nulle-part.eml", code=1, cwd=tmp_path, CRIBLE_LANG="fr").stderr,
        crible("sift", code=2, CRIBLE_LANG="fr").stderr,
        crible("tamiser", code=2, CRIBLE_LANG="fr").stderr,
    ]
    assert said == [
        "crible: nulle-part.eml est illisible\xa0: fichier ou dossier introuvable [file-unreadable]\n",
        "crible: Il manque --case. Voir\xa0: crible sift --help [usage-missing]\n",
        "crible: Il n’y a pas de commande tamiser. Voir\xa0: crible --help [usage-command]\n",
    ]


def test_errors_of_a_case(crible, case: Path, tmp_path: Path) -> None:
    assert "[query-operand]" in crible("find", "devis AND", "--case", case, code=1).stderr
    assert "[id-unknown]" in crible("show", "ffffffff", "--case", case, code=1).stderr
    assert "[state-unknown]" in crible("ledger", "--state", "lost", "--case", case, code=1).stderr
    assert "[system]" in crible("export", "--out", tmp_path / "no" / "x", "--case", case, code=1).stderr


def test_a_name_that_several_documents_bear_lists_them(crible, case: Path) -> None:
    from json import loads

    rows = [loads(row) for row in crible("export", "--case", case).stdout.splitlines()]
    names = [row["message_id"] for row in rows if row["message_id"]]
    twice = next(name for name in names if names.count(name) > 1)
    error = crible("show", twice, "--case", case, code=1).stderr
    assert "[id-ambiguous]" in error
    for row in rows:
        assert (row["id"] in error) == (row["message_id"] == twice)


def test_a_traceback_is_shown_on_request_only(crible, tmp_path: Path) -> None:
    assert "Traceback" not in crible("ledger", "--case", tmp_path, code=1).stderr
    assert "Traceback" in crible("ledger", "--case", tmp_path, "--debug", code=1).stderr


def test_a_database_that_is_none_is_a_sentence(crible, tmp_path: Path) -> None:
    (tmp_path / "case.toml").write_text('format = 1\nuuid = "x"\n')
    (tmp_path / "db.sqlite3").write_bytes(b"no database " * 99)
    error = crible("ledger", "--case", tmp_path, code=1).stderr
    assert error.startswith("crible: The database of the case fails: file is not a database. ")
    assert error.endswith("[database]\n")
    assert error.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(errno.EMFILE, os.strerror(errno.EMFILE)),
            "The system refuses: too many files are open. [system-unnamed]",
        ),
        (OSError(errno.EDQUOT, os.strerror(errno.EDQUOT)), "No space is left on the disk. Make room, then"),
        (ValueError("An IO error occurred: 'No space left on device (os error 28)'"), "No space is left on the disk."),
        (
            RuntimeError("Nobody saw this."),
            "Something unforeseen happened (RuntimeError: Nobody saw this). Run the same",
        ),
    ],
)
def test_what_bears_no_name_is_a_sentence_too(error: Exception, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRIBLE_LANG", "en")
    assert sentence(error).startswith(said)


def test_a_reader_that_has_enough_is_no_error(case: Path) -> None:
    command = f"'{sys.executable}' -m crible export --case '{case}' | head -c 10; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert done.stdout.endswith("\n0\n") or done.stdout.endswith("0\n"), done.stdout
    assert done.stderr == ""


def test_an_interrupt_ends_with_130_and_the_same_command_goes_on(crible, demo_case: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    command = [sys.executable, "-m", "crible", "sift", demo_case / "leak", "--case", case, "--jobs", "1", "--json"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        for line in run.stderr:
            if '"read"' in line:
                break
        run.send_signal(signal.SIGINT)
        output, _ = run.communicate(timeout=60)
    finally:
        run.kill()
    assert run.returncode == 130
    assert output == ""
    began = time.monotonic()
    assert "Everything is accounted for" in crible("sift", "--case", case).stdout
    assert time.monotonic() - began < 60
