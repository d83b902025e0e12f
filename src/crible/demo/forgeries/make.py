"""Makes a run: the season's mail, the plants and their twins, in boxes, with the keys at hand and the record beside."""

import base64
import hashlib
import json
import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from crible.demo.compose import DAYS as WEEKDAYS
from crible.demo.compose import MONTHS
from crible.demo.forgeries import everyday, hosts, scenarios, truth
from crible.demo.forgeries.baseline import verifies
from crible.demo.forgeries.people import town
from crible.demo.forgeries.post import Altered, Deed, Post, Stored
from crible.demo.forgeries.scenarios.letters import CLAIMED
from crible.demo.forgeries.truth import Change, Known, Plant, Record
from crible.demo.keys import RsaKey, key_of

LABEL = "leak"
NEWSROOM = "newsroom.mbox"
"""The reference mailbox, beside the dump."""
MAILS = 4000


def make(folder: Path, seed: int, mails: int = MAILS) -> Record:
    """Write `leak`, `keys.jsonl`, `newsroom.mbox` and `planted.json`; the same seed and size write the same bytes.

    `mails`: how many are stored, more or less; plants are as many as the catalogue says whatever the size. An earlier
    run in that folder is replaced. Raises OSError if it cannot be written.
    """
    rng = random.Random(f"crible bench|{seed}")  # noqa: S311
    post = Post(seed, town(rng), rng)
    scenarios.play(post)
    everyday.play(post, mails)
    root = folder / LABEL
    if root.exists():
        shutil.rmtree(root)
    root.mkdir(parents=True)
    places: dict[int, tuple[str, bytes]] = {}
    for box, letters in sorted(_boxes(post.stored).items()):
        data, inside = _mbox(letters)
        (root / box).write_bytes(data)
        places |= {id(one): (f"{LABEL}/{box}/{number:06}", raw) for number, (one, raw) in enumerate(inside)}
    for path, data in sorted(post.files.items()):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    (folder / NEWSROOM).write_bytes(_mbox(_boxes(post.newsroom)[NEWSROOM])[0])
    record = _record(post, places)
    (folder / "keys.jsonl").write_text(_key_lines(seed), "utf-8")
    (folder / "planted.json").write_text(truth.dump(record), "utf-8")
    return record


def _boxes(stored: Iterable[Stored]) -> dict[str, list[Stored]]:
    found: dict[str, list[Stored]] = defaultdict(list)
    for one in sorted(stored, key=lambda one: (one.at, one.sent.draft.tag, one.own)):
        found[one.box].append(one)
    return found


def _mbox(letters: Sequence[Stored]) -> tuple[bytes, list[tuple[Stored, bytes]]]:
    """An mboxrd file, and each mail's bytes in it."""
    out, inside = bytearray(), []
    for one in letters:
        data = truth.stored_form(one.mail.raw)
        day = f"{WEEKDAYS[one.at.weekday()]} {MONTHS[one.at.month - 1]} {one.at.day:2} {one.at:%H:%M:%S %Y}"
        out += f"From {one.sent.draft.sender.address} {day}\n".encode() + data + b"\n"
        inside.append((one, data))
    return bytes(out), inside


def _record(post: Post, places: dict[int, tuple[str, bytes]]) -> Record:
    plants = tuple(_plant(post, deed, places) for deed in post.deeds)
    altered = {plant.id for plant in plants if not plant.innocent}
    beside = {_sha(places[id(one)][1]) for one in post.bystanders} - altered
    keys = _plain_keys(post.seed)
    innocents: dict[str, Known] = {}
    for one in post.stored:
        data = places[id(one)][1]
        name = _sha(data)
        if name not in altered and name not in beside:
            innocents[name] = Known(name, one.kept, verifies(data, keys))
    return Record(
        post.seed,
        plants,
        tuple(sorted(innocents.values(), key=lambda row: row.id)),
        tuple(sorted(beside)),
        post.intrusion,
        _files(post, plants, {one for one in altered | beside if one}, places),
        f"{CLAIMED:%Y-%m-%d}",
    )


def _files(
    post: Post, plants: Sequence[Plant], apart: set[str], places: dict[int, tuple[str, bytes]]
) -> tuple[str, ...]:
    """Untouched files: the twins, and what hangs on untouched mail as it lies in the boxes."""
    bad, loose = [one for one in plants if not one.innocent], [one for one in plants if not one.message_id]
    altered = {name for plant in bad for name in (plant.id, *plant.files)}
    found = {name for plant in loose if plant.innocent for name in plant.files or (plant.id,)}
    for one in post.stored:
        data = places[id(one)][1]
        if one.sent.draft.attachments and _sha(data) not in apart:
            # A gateway may have taken it out of this copy.
            carried = (paper.data for paper in one.sent.draft.attachments if paper.mime != "message/rfc822")
            found |= {_sha(file) for file in carried if base64.b64encode(file[:54]) in data}
    return tuple(sorted(found - altered))


def _plant(post: Post, deed: Deed, places: dict[int, tuple[str, bytes]]) -> Plant:
    if isinstance(deed.where, str):
        data, path, message_id = post.files.get(deed.where, b""), f"{LABEL}/{deed.where}", ""
    else:
        path, data = places.get(id(deed.where), ("", b""))
        message_id = deed.where.sent.message_id
    changes = tuple(change for one in deed.altered for change in _changes(one, deed, data))
    return Plant(
        deed.scenario,
        deed.innocent,
        _sha(data) if data else "",
        path,
        message_id,
        deed.what,
        changes,
        truth.header_end(data),
        tuple(truth.parts(data)) if changes else (),
        tuple(_sha(file) for file in deed.inside),
    )


def _changes(one: Altered, deed: Deed, data: bytes) -> list[Change]:
    if one.kind != "words":
        return [Change(one.kind, one.name)]
    before = truth.stored_form(deed.before.raw) if deed.before else b""
    body = truth.header_end(data)
    # What was done to the header, where anything was, is named field by field.
    ranges = truth.differences(before[truth.header_end(before) :], data[body:])
    return [Change("span", "", body + start, body + end) for start, end in ranges]


def _plain_keys(seed: int) -> dict[tuple[str, str], RsaKey]:
    """What a plain verifier of today would accept: no key under 1024 bits (RFC 8301 §3.2)."""
    found = {(host.domain, host.selector): key_of(host.house, seed) for host in hosts.KNOWN if host.bits >= 1024}
    return {name: key for name, key in found.items() if isinstance(key, RsaKey)}


def _key_lines(seed: int) -> str:
    """`keys.jsonl`: the keys that were kept, and the poisoned one."""
    rows = [_row(host, seed, "") for host in hosts.KNOWN]
    rows.append(_row(hosts.CLOCHER, seed, "poisoner"))
    transit = key_of(hosts.TRANSIT, seed)
    rows.append(
        {"domain": hosts.TRANSIT.domain, "selector": hosts.TRANSIT.selector, "record": transit.record()}
        | {"first_seen": None, "last_seen": None, "flags": []}
    )
    return "".join(json.dumps(row) + "\n" for row in rows)


def _row(host: hosts.Host, seed: int, hand: str) -> dict[str, object]:
    first, last = host.seen
    return {
        "domain": host.domain,
        "selector": host.selector,
        "record": key_of(host.house, seed, hand).record(),
        "first_seen": first,
        "last_seen": last,
        "flags": ["private_key_published"] if host.published else [],
    }


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
