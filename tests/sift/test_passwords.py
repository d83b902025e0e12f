"""Passwords arrive after the dump was read: what was encrypted is opened then, and nothing is lost or counted twice."""

import io
from pathlib import Path

import pikepdf
import pytest
from locked_samples import NOTE, SEVENZIP, SEVENZIP_HEADER, ZIP_AES

from crible.demo.paper.pdf import Line, pdf
from crible.model.errors import InputError
from crible.sift import passwords
from crible.sift.ledger import account
from crible.sift.texts import text_of
from crible.store.case import Case
from crible.store.models import Document


def states(case: Case) -> dict[str, int]:
    with case.facts():
        found = account()
        assert found.balanced
        return found.states


def test_a_password_given_later_opens_what_was_encrypted(tmp_path: Path, sifted) -> None:
    folder = tmp_path / "leak"
    folder.mkdir()
    (folder / "a.zip").write_bytes(ZIP_AES)
    (folder / "h.7z").write_bytes(SEVENZIP_HEADER)
    case = sifted(tmp_path / "case", folder)
    assert states(case)["encrypted"] == 3  # two members of the zip, the 7z as a whole
    given = tmp_path / "words.txt"
    given.write_text("nothing\n\nsesame\n")
    case = sifted(tmp_path / "case", password_files=(given,))
    after = states(case)
    assert after.get("encrypted", 0) == 0
    with case.facts():
        notes = Document.objects.filter(size=len(NOTE))
        assert [row.entries.count() for row in notes] == [2]
    assert passwords.passwords(case) == ("nothing", "sesame")
    assert (case.folder / passwords.NAME).stat().st_mode & 0o077 == 0


def test_a_second_run_without_new_passwords_opens_nothing_again(tmp_path: Path, sifted) -> None:
    (tmp_path / "s.7z").write_bytes(SEVENZIP)
    given = tmp_path / "words.txt"
    given.write_text("wrong\n")
    case = sifted(tmp_path / "case", tmp_path / "s.7z", password_files=(given,))
    with case.facts():
        before = Document.objects.get().pk, states(case)
    case = sifted(tmp_path / "case")
    with case.facts():
        assert (Document.objects.get().pk, states(case)) == before


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, sifted) -> None:
    with pytest.raises(InputError, match="passwords-missing"):
        sifted(tmp_path / "case", password_files=(tmp_path / "none.txt",))


def test_a_document_in_clear_is_read_inside_the_encrypted_one(tmp_path: Path, sifted) -> None:
    """In the sandbox: what decrypts has loaded everything before the walls went up."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf([[Line(60, 700, "Budget provisoire")]], "", "", "20170314101500"))) as document:
        document.save(out, encryption=pikepdf.Encryption(user="sesame", owner="other", R=6))
    (tmp_path / "avis.pdf").write_bytes(out.getvalue())
    given = tmp_path / "words.txt"
    given.write_text("sesame\n")
    case = sifted(tmp_path / "case", tmp_path / "avis.pdf", password_files=(given,))
    with case.facts():
        assert account().balanced
        outer = Document.objects.get(container="locked")
        inner = outer.members.get().document
        assert (outer.state, inner.state, inner.path) == ("read", "read", "avis.pdf/avis.pdf")
        assert "Budget provisoire" in text_of(inner.pk)


@pytest.mark.corpora
def test_office_files_of_strangers_open_in_the_sandbox(tmp_path: Path, sifted, corpora: Path) -> None:
    given = tmp_path / "words.txt"
    given.write_text("tika\npassword\n")
    case = sifted(tmp_path / "case", corpora / "office.tar.xz", password_files=(given,), recognise=False, jobs=2)
    with case.facts():
        opened = Document.objects.filter(container="locked")
        assert opened.count() >= 8
        assert not Document.objects.filter(state="quarantined", reason__icontains="ModuleNotFound").exists()
