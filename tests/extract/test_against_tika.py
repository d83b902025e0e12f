"""Office files as an independent reader (Apache Tika) reads them: how many, and how many of their words."""

import json
import os
import re
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path

import iscc_tika
import pytest

from crible.sandbox.pool import Done, Pool

ENDINGS = (
    ".doc", ".docx", ".docm", ".xls", ".xlsx", ".xlsm", ".xlsb", ".ppt", ".pptx", ".rtf", ".odt", ".ods", ".odp",
    ".epub", ".pages", ".vsd", ".html",
)  # fmt: skip
WORDS = re.compile(r"[^\W\d_]{2,}")  # Tika shows numbers as formatted, we as stored


def walled_in(paths):
    """What the readers make of each file, in a child behind its walls."""
    with Pool("extract_tasks:run", size=1) as pool:
        for path in paths:
            descriptor = os.open(path, os.O_RDONLY)
            pool.submit(path, path.name.encode(), [descriptor])
            os.close(descriptor)
            for event in pool.events():
                yield (
                    event.key,
                    json.loads(event.payload) if isinstance(event, Done) else {"state": "died", "code": str(event)},
                )


@pytest.mark.corpora
def test_of_what_tika_reads_nearly_all_is_read(office_files, monkeypatch):
    monkeypatch.setattr(sys, "path", [*sys.path, str(Path(__file__).parent)])
    extractor = iscc_tika.Extractor()
    judged, unread, recall = 0, [], defaultdict(list)
    for path, answer in walled_in(office_files(*ENDINGS)[::2]):  # all of them take two minutes
        assert answer["state"] != "died", path.name
        try:
            text, _ = extractor.extract_file_to_string(str(path))
        except Exception:  # noqa: BLE001 it raises its own error for what it cannot read
            continue
        words = set(WORDS.findall(text))
        if not words:
            continue
        judged += 1
        if answer["state"] != "read":
            unread.append((path.name, answer["code"], answer["params"]))
        elif len(words) >= 20 and not answer["holds"]:  # it reads what is inside a file with it
            found = set(WORDS.findall(answer["text"]))
            recall[path.suffix.lower()].append((len(words & found) / len(words), path.name))
    assert judged > 350
    assert {code for _, code, _ in unread} <= {"no-reader", "corrupt", "encrypted", "budget"}
    assert len(unread) <= judged * 0.02, unread
    for ending, values in recall.items():
        values.sort()
        if len(values) >= 5:
            assert statistics.median(value for value, _ in values) >= 0.98, (ending, values[:5])
    low = Counter(ending for ending, values in recall.items() for value, _ in values if value < 0.9)
    assert sum(low.values()) <= judged * 0.03, {ending: values[:10] for ending, values in recall.items()}
