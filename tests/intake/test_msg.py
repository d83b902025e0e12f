"""Outlook's .msg files: one item, one mail; broken ones a row; the real ones as a second reader has them."""

import logging
import os
import unicodedata
from collections import Counter

import pytest

from crible.extract.mail import read as mail
from crible.intake import msg
from crible.intake.budget import Budget
from crible.model.entry import Refused
from crible.sandbox.window import Window

READERS_DISAGREE = {"ASCII_CP1251_LCID1049.msg", "chinese-traditional.msg", "testMSG_chinese.msg"}
"""8-bit subjects that extract-msg shows as Western; ours are the words of these languages."""


def test_what_is_no_compound_file_is_a_refused_member(window):
    for data in (b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)):
        refused, closed = msg.walk(window(data), "objet.msg", Budget())
        assert isinstance(refused, Refused)
        assert refused.reason.code == "corrupt"
        assert closed.listed == 1


@pytest.mark.corpora
def test_real_files_agree_with_extract_msg(unpack, tmp_path):
    extract_msg = pytest.importorskip("extract_msg")
    logging.disable(logging.CRITICAL)
    unpack("outlook", tmp_path)
    outcome: Counter[str] = Counter()
    for path in sorted(tmp_path.rglob("*.msg")):
        ours = _ours(path)
        try:
            other = extract_msg.openMsg(str(path))
        except Exception:  # noqa: BLE001 whatever the other reader raises, it is no reader of that file
            outcome["only ours" if ours else "neither"] += 1
            continue
        assert ours, path.name
        assert ours[0] == len(other.attachments), path.name
        if path.name not in READERS_DISAGREE:
            assert ours[1] == _words(other.subject or ""), path.name
        outcome["both"] += 1
    logging.disable(logging.NOTSET)
    assert outcome["both"] >= 56
    assert outcome["neither"] == 1
    assert outcome.total() >= 60


def _ours(path):
    """Attachments and subject as they end in the rebuilt mail; None for a file that is refused."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        entries = list(msg.walk(Window.whole(descriptor), path.name, Budget()))
    finally:
        os.close(descriptor)
    data = b"".join(entry for entry in entries if isinstance(entry, bytes))
    if not data:
        return None
    said = mail.read(data).mail
    files = [part for part in said.parts if part.number and not part.inline_text and part.name != "body.rtf"]
    files = [part for part in files if not part.mime.startswith("multipart/")]
    left_out = data.partition(b"\r\n\r\n")[0].count(b"X-Crible-Left-Out")
    return len(files) + left_out, _words(said.subject)


def _words(text):
    return " ".join(unicodedata.normalize("NFC", text.replace("\0", "")).split())
