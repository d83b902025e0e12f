"""The leak as it lies on disk, counted and verified by others' programs."""

import email
import gzip
import hashlib
import io
import json
import lzma
import mailbox
import re
import tarfile
import zipfile
from email import policy

import pytest
from dkim_oracle import verdicts

from crible.demo.leak import make_leak
from crible.demo.odd import PASSWORD
from crible.demo.planted import load


def tree(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def mboxrd(data):
    """Mails of an mboxrd file as stored, by path suffix: the simplest splitter that the format allows."""
    starts = [match.start() for match in re.finditer(rb"(?:\A|(?<=\n\n))From \S+ [A-Z][a-z]{2} ", data)]
    mails = [data[start:end] for start, end in zip(starts, [*starts[1:], len(data)], strict=True)]
    return {f"{number:06}": mail.partition(b"\n")[2][:-1] for number, mail in enumerate(mails)}


@pytest.fixture(scope="module")
def stored(planted):
    """Every mail of the five boxes by its path."""
    boxes = planted.leak / "boites"
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress((boxes / "conseil.tar.gz").read_bytes()))) as tar:
        inner = tar.extractfile("conseil/Boite.mbox").read()
    archive = zipfile.ZipFile(boxes / "terrain.zip")
    found = {f"direction.mbox/{n}": mail for n, mail in mboxrd((boxes / "direction.mbox").read_bytes()).items()}
    xz = lzma.decompress((boxes / "tresorerie.mbox.xz").read_bytes())
    found |= {f"tresorerie.mbox.xz/tresorerie.mbox/{n}": mail for n, mail in mboxrd(xz).items()}
    found |= {f"conseil.tar.gz/conseil.tar/conseil/Boite.mbox/{n}": mail for n, mail in mboxrd(inner).items()}
    found |= {f"terrain.zip/{name}": archive.read(name) for name in archive.namelist()}
    for path in (boxes / "presse").rglob("cur/*"):
        found[str(path.relative_to(boxes))] = path.read_bytes()
    return {f"leak/boites/{path}": data for path, data in found.items()}


@pytest.fixture(scope="module")
def records(planted):
    rows = [json.loads(line) for line in planted.keys.read_text().splitlines()]
    return {f"{row['selector']}._domainkey.{row['domain']}.": row["record"] for row in rows}


def unquoted(path, data):
    return re.sub(rb"(?m)^>(>*From )", rb"\1", data) if "mbox" in path else data


def test_same_seed_writes_the_same_bytes_another_seed_does_not(planted, tmp_path):
    again = make_leak(tmp_path / "again")
    assert tree(again.leak) == tree(planted.leak)
    assert again.record.read_bytes() == planted.record.read_bytes()
    assert again.keys.read_bytes() == planted.keys.read_bytes()
    other = make_leak(tmp_path / "again", seed=7)
    assert tree(other.leak) != tree(planted.leak)


def test_about_six_hundred_mails_by_the_standard_library_too(planted, stored):
    boxes = planted.leak / "boites"
    assert len(stored) == planted.mails
    assert 560 <= planted.mails <= 640
    assert len(mailbox.mbox(boxes / "direction.mbox")) == sum("direction.mbox/" in path for path in stored)
    maildir = mailbox.Maildir(boxes / "presse", create=False)
    count = len(maildir) + len(maildir.get_folder("Envoyes"))
    assert count == sum("/presse/" in path for path in stored)


def test_a_line_that_begins_with_from_is_quoted_as_mboxrd_has_it(stored):
    quoted = [path for path, data in stored.items() if b"\n>From Monday" in data or b"\n>From the station" in data]
    bare = [path for path, data in stored.items() if re.search(rb"\nFrom (Monday|the station)", data)]
    assert quoted
    assert bare
    assert all("mbox" in path for path in quoted)
    assert not any("mbox" in path for path in bare)


def test_every_mail_parses_without_defects(stored):
    broken = {}
    for path, data in stored.items():
        message = email.message_from_bytes(data, policy=policy.compat32)
        if defects := [defect for part in message.walk() for defect in part.defects]:
            broken[path] = defects
    assert not broken


def test_record_names_stored_bytes_by_hash_and_path(planted, stored):
    for item in planted.items:
        if item.path in stored:
            assert hashlib.sha256(stored[item.path]).hexdigest() == item.id, item.path
            assert item.message_id.encode() in stored[item.path]
        elif "/boites/" not in item.path:
            assert hashlib.sha256((planted.leak.parent / item.path).read_bytes()).hexdigest() == item.id
        else:
            assert item.path.rpartition("/")[0] in stored


def test_record_is_whole(planted):
    items = load(planted.record)
    assert tuple(items) == planted.items
    altered = {item.kind for item in items if not item.innocent}
    assert len(altered) >= 15
    assert altered == {item.kind for item in items if item.innocent}
    assert all((item.expect == "calm") == item.innocent for item in items)
    assert all(item.impersonates for item in items if item.altered == "origin")
    assert all(item.really_at for item in items if item.altered == "time" and not item.innocent)


def test_only_what_should_verify_verifies(planted, stored, records):
    """By dkimpy over all mails: a signature fails where a hand, a list or a gateway changed the mail, nowhere else."""
    answers = {path: verdicts(unquoted(path, data), records) for path, data in stored.items()}
    failing = {path for path, answer in answers.items() if False in answer}
    altered = {item.path: item.kind for item in planted.items if not item.innocent}
    breaking = {
        "signed-edited",
        "signed-edited-with-copy",
        "attachment-swapped",
        "re-signed",
        "added-signature",
        "part-added",
        "from-swapped",
        "second-from",  # dkimpy refuses two From fields, whatever is signed
    }
    expected = {path for path, kind in altered.items() if kind in breaking and path in stored}
    expected |= {item.path for item in planted.items if item.case == "gateway-banner" and b"DKIM" in stored[item.path]}
    lists = {path for path, data in stored.items() if b"List-Id: <comites" in data and False in answers[path]}
    assert failing == expected | lists
    assert lists
    passing = sum(True in answer for answer in answers.values())
    lost = sum(None in answer for answer in answers.values())
    assert passing > 250
    assert lost >= 6


def test_what_is_built_to_verify_although_altered_does(planted, stored, records):
    """These are the traps: a verifier alone says pass."""
    traps = {"second-subject", "length-appended", "boundary-swapped", "short-key", "backdated", "display-name"}
    for item in planted.items:
        if item.kind in traps and not item.innocent:
            assert verdicts(unquoted(item.path, stored[item.path]), records) == [True], item


def test_spans_hold_exactly_what_was_added(planted, stored):
    spanned = [item for item in planted.items if item.spans]
    assert {item.kind for item in spanned} == {"length-appended", "boundary-swapped", "part-added"}
    for item in spanned:
        if item.kind == "part-added":
            _, start, end = item.spans[0]
            assert stored[item.path][start:end].count(b"avenant.docx") >= 1
            assert b"avenant.docx" not in stored[item.path][:start] + stored[item.path][end:]
            continue
        whole, body = item.spans
        data = stored[item.path]
        text = data[whole[1] : whole[2]].decode()
        after = item.what.split("→ ")[1]
        assert after in text
        assert after not in data[: whole[1]].decode()
        assert whole[1] - body[1] == re.search(rb"\r?\n\r?\n", data).end()


def test_contradicted_plants_have_a_signed_copy_that_says_otherwise(planted, stored, records):
    for item in planted.items:
        if item.expect != "contradicted":
            continue
        others = [
            path
            for path, data in stored.items()
            if path != item.path and b"Message-ID: " + item.message_id.encode() in data
        ]
        assert any(verdicts(unquoted(path, stored[path]), records) == [True] for path in others), item


def test_odd_files_are_odd(planted):
    folder = planted.leak / "pieces" / "divers"
    locked = zipfile.ZipFile(folder / "coffre.zip")
    with pytest.raises(RuntimeError, match="password required"):
        locked.read("contacts-confidentiels.csv")
    assert b"Clairmont" in locked.read("contacts-confidentiels.csv", pwd=PASSWORD)
    cut = zipfile.ZipFile(folder / "photos-meeting.zip")
    assert "Photos" in cut.read("lisez-moi.txt").decode()
    with pytest.raises((zipfile.BadZipFile, OSError, EOFError, Exception), match=r"."):
        cut.read("meeting-001.raw")
    assert (folder / "vide.txt").stat().st_size == 0
