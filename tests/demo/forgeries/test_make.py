"""The generated mail: the same for the same seed, readable, signed as it says, altered where it says."""

import email
import email.policy
import hashlib
import json
import mailbox
import sys
from collections import Counter
from pathlib import Path

import pytest

from crible.demo.forgeries import hosts
from crible.demo.forgeries.baseline import verifies
from crible.demo.forgeries.catalogue import SCENARIOS, TWINS
from crible.demo.forgeries.hosts import TRANSIT
from crible.demo.forgeries.make import make
from crible.demo.keys import RsaKey, key_of

sys.path.insert(0, str(Path(__file__).parents[1]))
from dkim_oracle import verdicts

SEED, MAILS = 501, 1300


def digests(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def mails(bench):
    """Path and bytes of every mail, by the standard library's reader, mboxrd quoting left as it stands."""
    for path in sorted((bench / "leak").glob("*.mbox")):
        box = mailbox.mbox(path)
        for number in range(len(box)):
            data = box.get_bytes(number)
            yield f"leak/{path.name}/{number:06}", data


@pytest.fixture(scope="module")
def stored(bench):
    return dict(mails(bench))


def test_the_same_seed_writes_the_same_bytes_and_another_seed_others(bench, tmp_path):
    make(tmp_path / "again", SEED, MAILS)
    make(tmp_path / "other", SEED + 1, MAILS)
    assert digests(tmp_path / "again") == digests(bench)
    differing = digests(tmp_path / "other").items() - digests(bench).items()
    assert len(differing) > 8


def test_every_scenario_is_planted_as_often_as_the_catalogue_says(record):
    counts = Counter(plant.scenario for plant in record.plants)
    for scenario in SCENARIOS:
        assert counts[scenario.key] == scenario.plants, scenario.key
    for twin in TWINS:
        assert counts[twin.key] >= twin.plants, twin.key
    for plant in record.plants:
        assert plant.innocent != bool(plant.changes), plant


def test_every_mail_is_one_that_others_can_read(stored):
    for path, data in stored.items():
        mail = email.message_from_bytes(data, policy=email.policy.default)
        assert mail["From"], path
        assert mail["Message-ID"], path
        assert mail["Date"].datetime.year in (2015, 2016, 2017), path
        assert not any(
            "\ufffd" in part.get_content() for part in mail.walk() if part.get_content_type() == "text/plain"
        )


def test_the_record_names_the_bytes_that_lie_there(record, stored, bench):
    for plant in record.plants:
        if plant.path.count("/") == 2 and ".mbox/" in plant.path:
            assert hashlib.sha256(stored[plant.path]).hexdigest() == plant.id, plant.scenario
        elif plant.id:
            assert hashlib.sha256((bench / plant.path).read_bytes()).hexdigest() == plant.id
    ids = {hashlib.sha256(data).hexdigest() for data in stored.values()}
    assert {known.id for known in record.innocents} <= ids
    assert not {known.id for known in record.innocents} & {p.id for p in record.plants if not p.innocent}


def test_altered_bytes_lie_in_the_body_and_inside_the_mail(record, stored):
    spans = [(plant, change) for plant in record.plants for change in plant.changes if change.kind == "span"]
    assert len(spans) > 60
    for plant, change in spans:
        assert plant.header_end <= change.start < change.end <= len(stored[plant.path]) + 1, plant


def test_a_twin_of_an_altered_mail_says_what_the_altered_one_said_before(record, stored):
    by_id = {plant.message_id: plant for plant in record.plants if plant.scenario == "edit-signed-copy"}
    untouched = {hashlib.sha256(data).hexdigest(): data for data in stored.values()}
    seen = 0
    for name in record.bystanders:
        mail = email.message_from_bytes(untouched[name], policy=email.policy.default)
        if plant := by_id.get(mail["Message-ID"]):
            altered = email.message_from_bytes(stored[plant.path], policy=email.policy.default)
            old, _, new = plant.what.partition(" → ")
            ours, theirs = (" ".join(one.get_body(("plain",)).get_content().split()) for one in (altered, mail))
            assert old in theirs
            assert new in ours
            assert ours != theirs
            seen += 1
    assert seen >= 6


def test_plain_dkim_is_what_dkimpy_finds(stored, record):
    """The comparison rests on a verifier of the benchmark's own: here is a stranger's word on one mail in six."""
    keys = {(host.domain, host.selector): key_of(host.house, SEED) for host in hosts.KNOWN if host.bits >= 1024}
    records = {f"{selector}._domainkey.{domain}.": key.record() for (domain, selector), key in keys.items()}
    plain = {known.id: known.plain for known in record.innocents}
    agreed = Counter()
    for number, (path, data) in enumerate(stored.items()):
        if number % 6 == 0 and (found := plain.get(hashlib.sha256(data).hexdigest())) is not None:
            theirs = any(answer is True for answer in verdicts(data.replace(b"\n", b"\r\n"), records))
            assert theirs == found, path
            agreed[found] += 1
    assert min(agreed[True], agreed[False]) > 40


def test_the_comparison_fails_where_a_byte_was_changed(stored, record):
    keys = {(host.domain, host.selector): key_of(host.house, SEED) for host in hosts.KNOWN if host.bits >= 1024}
    assert all(isinstance(key, RsaKey) for key in keys.values())
    plain = {known.id for known in record.innocents if known.plain}
    data = next(data for data in stored.values() if hashlib.sha256(data).hexdigest() in plain)
    assert verifies(data, keys)
    assert not verifies(data.replace(b"\nSubject: ", b"\nSubject: Re ", 1), keys)
    assert not verifies(data + b"P.-S.\n", keys)
    assert not verifies(data, {})


def test_googles_own_signature_verifies_under_the_ordinary_name(stored):
    """It is hashed as dkim-signature; dkimpy verifies it once the field is called so, and the other one is gone."""
    records = {f"{TRANSIT.selector}._domainkey.{TRANSIT.domain}.": key_of(TRANSIT, SEED).record()}
    checked = 0
    for data in stored.values():
        if b"\nX-Google-DKIM-Signature:" in data and b"List-Id" not in data:
            head, _, body = data.partition(b"\n\n")
            if b"\nDKIM-Signature:" not in head:
                continue
            start = head.index(b"\nDKIM-Signature:")
            kept = head[:start] + head[head.index(b"\nX-Google-DKIM-Signature:") :].replace(
                b"\nX-Google-DKIM", b"\nDKIM"
            )
            checked += verdicts((kept + b"\n\n" + body).replace(b"\n", b"\r\n"), records) == [True]
            if checked == 20:
                return
    pytest.fail(f"{checked} verified")


@pytest.mark.slow
def test_shares_are_those_that_were_asked_for(tmp_path):
    full = make(tmp_path, SEED, 3200)
    kept = Counter(known.kept for known in full.innocents)
    total = sum(kept.values())
    assert total > 2800
    for kind, share in {"known": 0.45, "lost": 0.15, "list": 0.10, "unsigned": 0.30}.items():
        assert abs(kept[kind] / total - share) < 0.025, (kind, kept)


def test_the_keys_are_lines_of_the_rings_shape(bench):
    rows = [json.loads(line) for line in (bench / "keys.jsonl").read_text().splitlines()]
    named = Counter((row["domain"], row["selector"]) for row in rows)
    assert named.pop((hosts.CLOCHER.domain, hosts.CLOCHER.selector)) == 2  # the poisoned one beside the known one
    assert set(named.values()) == {1}
    assert not {host.domain for host in hosts.LOST} & {domain for domain, _ in named}
