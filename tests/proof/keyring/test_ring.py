import base64
import json
import time
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key

from crible.model.errors import InputError
from crible.proof.keyring import Key, KeyRing, parse_record
from crible.proof.keyring.files import key_row, row_key
from crible.proof.keyring.ring import DEFAULT
from crible.words import render

ROWS = [json.loads(line) for line in DEFAULT.read_text("ascii").splitlines()]
GMAIL = next(row["record"] for row in ROWS if (row["domain"], row["selector"]) == ("gmail.com", "20161025"))
YAHOO = next(row["record"] for row in ROWS if (row["domain"], row["selector"]) == ("yahoo.com", "s1024"))
NAME = "s1._domainkey.press.example"


def test_every_row_of_the_default_ring_holds_the_key_it_says():
    for row in ROWS:
        key = row_key(row)
        assert key.bits == row["bits"], row["domain"]
        assert row["sources"], row["domain"]
        assert ("short" in row["flags"]) == key.used().short
        assert key.anchored
    names = [(row["domain"], row["selector"]) for row in ROWS]
    assert names == sorted(names)
    assert len(set(names)) == len(names)


def test_no_key_of_an_example_domain_is_in_the_ring():
    assert not [row["domain"] for row in ROWS if row["domain"].rsplit(".", 2)[-1] in ("example", "test", "invalid")]
    assert not [row["domain"] for row in ROWS if "example" in row["domain"] or row["domain"] == "messiah.edu"]


def test_the_transit_keys_of_google_are_there():
    for selector in ("20130820", "20161025"):
        (key,) = KeyRing.default().find("1e100.net", selector)
        assert key.bits == 2048


def test_a_key_is_parsed_when_it_is_asked_for_and_no_sooner(monkeypatch):
    parsed = []
    monkeypatch.setattr("crible.proof.keyring.ring.row_key", lambda row: parsed.append(row) or row_key(row))
    ring = KeyRing(ROWS)
    assert parsed == []
    ring.find("gmail.com", "20161025")
    assert [(row["domain"], row["selector"]) for row in parsed] == [("gmail.com", "20161025")]


def test_a_pattern_answers_below_its_name_and_nowhere_else():
    ring = KeyRing.default()
    (key,) = ring.find("press-example.20150623.gappssmtp.com", "20150623")
    assert key.used().pattern == "*.20150623.gappssmtp.com"
    assert key.domain == "press-example.20150623.gappssmtp.com"
    assert ring.find("20150623.gappssmtp.com", "20150623") == ()
    assert ring.find("press-example.20150623.gappssmtp.com", "20130820") == ()
    assert ring.find("evil20150623.gappssmtp.com", "20150623") == ()
    (named,) = ring.find("mercedesberk-com.20150623.gappssmtp.com", "20150623")
    assert named.pattern is None


def test_names_are_compared_as_dns_does():
    ring = KeyRing([{"domain": "École.example", "selector": "S1", "record": GMAIL, "sources": ["test"]}])
    assert ring.find("xn--cole-9oa.example.", "s1")
    assert ring.find("école.example", "S1")
    assert not ring.find("gmail.com", "s1")


def test_the_same_key_from_two_rows_is_one_key_with_both_sources():
    rows = [
        {"domain": "a.example", "selector": "s", "record": GMAIL, "sources": ["b"], "first_seen": "2017-01-02"},
        {"domain": "a.example", "selector": "s", "record": "v=DKIM1; " + GMAIL, "sources": ["a"],
         "first_seen": "2016-01-02", "last_seen": "2018", "private_key_published": True},
    ]  # fmt: skip
    (key,) = KeyRing(rows).find("a.example", "s")
    assert key.sources == ("a", "b")
    assert (key.first_seen, key.last_seen, key.private_published) == ("2016-01-02", "2018", True)
    recovered = [row | {"anchored": False} for row in rows]
    assert not KeyRing(recovered).find("a.example", "s")[0].anchored
    assert KeyRing([recovered[0], rows[1]]).find("a.example", "s")[0].anchored
    two = KeyRing([*rows, rows[0] | {"record": YAHOO}]).find("a.example", "s")
    assert len(two) == 2


def quoted(record: str) -> str:
    return f'"{record[:50]}" "{record[50:]}"'


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"domain": "press.example", "selector": "s1", "record": GMAIL, "sources": ["claims to be DNS"]}),
        f"{NAME}. 3600 IN TXT {quoted(GMAIL)}",
        f"{NAME}\t\t300\tIN\tTXT\t" + quoted(GMAIL).replace(";", "\\;"),
        f"; a comment\n{NAME} IN TXT ( {quoted(GMAIL)[:52]} ; (first\n\n    {quoted(GMAIL)[52:]} )\n",
        f"{NAME} TXT {GMAIL}",
        f"{NAME} {GMAIL}",
        f"S1._DomainKey.Press.Example.  {GMAIL}",
        f"{NAME} descriptive text {quoted(GMAIL)}",
        f"\ufeff# by hand\r\n{NAME} TXT {quoted(GMAIL)}\r\n",
    ],
    ids=["json", "zone", "dig", "parentheses", "name-txt", "fake-dns", "case", "host", "bom-crlf"],
)
def test_every_way_to_write_a_key(tmp_path, text):
    path = tmp_path / "keys.txt"
    path.write_bytes(text.encode())
    ring = KeyRing.default().with_file(path)
    (key,) = ring.find("press.example", "s1")
    assert key.modulus == KeyRing.default().find("gmail.com", "20161025")[0].modulus
    assert key.sources == ("user:keys.txt",)
    assert key.anchored
    assert ring.problems == ()
    assert not KeyRing.default().find("press.example", "s1")


def test_bad_lines_are_told_by_number_and_the_rest_is_read(tmp_path):
    path = tmp_path / "keys.txt"
    lines = [
        f"{NAME} {GMAIL}",
        "nonsense",
        "s2._domainkey.press.example NXDOMAIN",
        "",
        "s3._domainkey.press.example v=DKIM1; p=",
        '{"domain": "press.example"}',
        "[" * 50_000,
        "{" * 50_000,
        '{"domain": ["x"], "selector": 1, "record": {}}',
        "s4._domainkey.press.example (",
        "s5._domainkey.press.example (",
        '  "v=DKIM1; p="',
        f"s6._domainkey.press.example {YAHOO}",
    ]
    path.write_text("\n".join(lines))
    ring = KeyRing().with_file(path)
    assert ring.find("press.example", "s1")
    assert ring.find("press.example", "s6")
    assert [(problem.code, problem.params["line"]) for problem in ring.problems] == [
        ("keys-line-unread", 2),
        ("keys-line-record", 3),
        ("keys-line-revoked", 5),
        ("keys-line-unread", 6),
        ("keys-line-unread", 7),
        ("keys-line-unread", 8),
        ("keys-line-unread", 9),
        ("keys-line-record", 10),
        ("keys-line-revoked", 11),
    ]
    for problem in ring.problems:
        for language in ("en", "fr"):
            assert "keys.txt" in render("errors", problem.code, problem.params, language)


def test_a_parenthesis_in_a_comment_joins_nothing(tmp_path):
    path = tmp_path / "keys.txt"
    path.write_text(f"{NAME} TXT {quoted(GMAIL)} ; (see below\nnonsense\n")
    assert [problem.params["line"] for problem in KeyRing().with_file(path).problems] == [2]


def test_a_file_that_is_no_key_file_is_one_error(tmp_path):
    empty, none = tmp_path / "empty", tmp_path / "absent"
    empty.write_text("# nothing\n")
    with pytest.raises(InputError, match="keys-file-empty"):
        KeyRing().with_file(empty)
    with pytest.raises(InputError, match="keys-file-unreadable"):
        KeyRing().with_file(none)
    (tmp_path / "picture.png").write_bytes(bytes(range(256)) * 400)
    with pytest.raises(InputError, match="keys-"):
        KeyRing().with_file(tmp_path / "picture.png")
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate((16 << 20) + 1)
    with pytest.raises(InputError, match="keys-file-too-large"):
        KeyRing().with_file(large)
    for code in ("keys-file-empty", "keys-file-unreadable", "keys-file-too-large", "keys-file-not-keys"):
        assert render("errors", code, {"file": "k", "cause": "c", "limit": 16}, "fr")


def test_a_users_key_that_the_ring_has_too_keeps_both_sources(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text(f"20161025._domainkey.gmail.com TXT {GMAIL}\n20161025._domainkey.gmail.com {YAHOO}\n")
    keys = KeyRing.default().with_file(path).find("gmail.com", "20161025")
    assert len(keys) == 2
    assert sorted(len(key.sources) for key in keys) == [1, 2]
    assert all("user:mine.txt" in key.sources for key in keys)


def test_a_hostile_file_is_read_in_linear_time_and_given_up(tmp_path):
    path = tmp_path / "keys.txt"
    long = "((" * 500_000 + '"' * 500_000 + "\\" * 500_000
    path.write_text(f"{NAME} {GMAIL}\n" + "(\n" * 500_000 + long)
    before = time.process_time()
    assert KeyRing().with_file(path).problems
    path.write_text(f"{NAME} {GMAIL}\n" + "x\n" * 5_000_000)
    with pytest.raises(InputError, match="keys-file-not-keys"):
        KeyRing().with_file(path)
    assert time.process_time() - before < 5


MODULUS = (1 << 1023) + (1 << 511) + 1


@pytest.mark.parametrize("bits", [512, 768, 1024, 2048, 4096])
def test_a_key_written_as_a_row_is_read_again_and_so_is_its_record_by_others(bits):
    key = Key(
        "press.example", "s1", bits, (1 << (bits - 1)) + 1, 65537, sources=("dns:2026-03-14",), first_seen="2026-03-14"
    )
    assert row_key(json.loads(json.dumps(key_row(key)))) == key
    if bits >= 1024:
        record = key_row(key)["record"]
        public = load_der_public_key(base64.b64decode(record.partition("p=")[2]))
        assert public.public_numbers().n == key.modulus


def test_an_ed25519_key_written_as_a_row_is_read_again():
    key = parse_record("press.example", "s1", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
    assert row_key(key_row(key)) == key


def test_a_recovered_key_is_anchored_by_nobody_until_a_row_says_so():
    recovered = Key("press.example", "s1", 1024, MODULUS, 65537, anchored=False, recovered=True)
    row = key_row(recovered)
    assert not row_key(row | {"anchored": None}).anchored
    sealed = replace(recovered, anchored=True, sources=("arc:google.com",))
    seen = replace(recovered, anchored=True, recovered=False, sources=("dns:2026-03-14",))
    for keys, state in [
        ([recovered], (False, True, ())),
        ([recovered, sealed], (True, True, ("arc:google.com",))),
        ([recovered, sealed, seen], (True, False, ("arc:google.com", "dns:2026-03-14"))),
    ]:
        (key,) = KeyRing(keys=keys).find("press.example", "s1")
        assert (key.anchored, key.recovered, key.sources) == state


def test_a_recovered_key_in_the_users_own_file_stays_unanchored(tmp_path):
    """Contributed back, it would anchor itself; the word `anchored` in the file is anybody's."""
    row = key_row(Key("press.example", "s1", 1024, MODULUS, 65537, recovered=True)) | {"anchored": True}
    (tmp_path / "keys.jsonl").write_text(json.dumps(row) + "\n")
    (key,) = KeyRing().with_file(tmp_path / "keys.jsonl").find("press.example", "s1")
    assert (key.anchored, key.recovered) == (False, True)


def test_no_recovered_key_is_in_the_ring():
    assert not [row for row in ROWS if row.get("recovered")]
