"""Makes the fictional leak: five mailboxes, loose papers, odd files, the page that posted it; and what was planted."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from crible.demo import odd, tamper, vessels
from crible.demo.compose import message_id
from crible.demo.keys import key_lines
from crible.demo.planted import Plant, Planted, dump
from crible.demo.post import Letter, Post
from crible.demo.story import lists, script, series
from crible.demo.story.loose import loose_files
from crible.demo.tamper.deed import Deed, Inner, Loose
from crible.demo.vessels import Stored

LABEL = "leak"


def make_leak(folder: Path, seed: int = 2017) -> Planted:
    """Write the dump into `folder/leak`, with `keys.jsonl` and `planted.json` beside it.

    The same seed writes the same bytes. An earlier leak in that folder is replaced. Raises OSError if the folder
    cannot be written.
    """
    post = Post(seed)
    script.play(post)
    series.play(post)
    lists.play(post)
    deeds = tamper.play(post)
    root = folder / LABEL
    if root.exists():
        shutil.rmtree(root)
    files, stored = _boxes(post.letters)
    files |= loose_files() | odd.odd_files()
    files |= {deed.where.path: deed.where.data for deed in deeds if isinstance(deed.where, Loose)}
    for path, data in sorted(files.items()):
        _write(root / path, data)
    for empty in ("new", "tmp", ".Envoyes/new", ".Envoyes/tmp"):
        (root / "boites/presse" / empty).mkdir()
    items = tuple(_plants(deeds, {id(one.letter): one for one in stored}))
    keys, record = folder / "keys.jsonl", folder / "planted.json"
    keys.write_text(key_lines(seed), "utf-8")
    record.write_text(dump(items), "utf-8")
    return Planted(root, keys, record, items, len(stored))


def _boxes(letters: Sequence[Letter]) -> tuple[dict[str, bytes], list[Stored]]:
    """Every box in its container: files by path from the dump's root, and where each mail lies."""
    by_box: dict[str, list[Letter]] = {}
    for letter in sorted(letters, key=lambda letter: (letter.at, letter.tag)):
        by_box.setdefault(letter.box, []).append(letter)
    readme = {"conseil/LISEZMOI.txt": b"Export Clairmail du 24/04/2017, dossier unique.\n"}
    press, in_press = vessels.maildir(by_box["presse"])
    files = {f"boites/presse/{path}": data for path, data in press.items()}
    stored = _under("boites/presse", in_press)
    for name, (data, inside) in {
        "direction.mbox": vessels.mbox(by_box["direction"]),
        "tresorerie.mbox.xz": vessels.mbox_xz(by_box["tresorerie"], "tresorerie.mbox"),
        "terrain.zip": vessels.zip_of_mails(by_box["terrain"], "terrain"),
        "conseil.tar.gz": vessels.tar_gz(by_box["conseil"], "conseil.tar", "conseil/Boite.mbox", readme),
    }.items():
        files[f"boites/{name}"] = data
        stored += _under(f"boites/{name}", inside)
    return files, stored


def _under(path: str, stored: Sequence[Stored]) -> list[Stored]:
    return [Stored(one.letter, f"{LABEL}/{path}/{one.path}", one.data) for one in stored]


def _plants(deeds: Sequence[Deed], places: dict[int, Stored]) -> Iterator[Plant]:
    for deed in deeds:
        match deed.where:
            case Loose(path, data):
                yield _plant(deed, f"{LABEL}/{path}", data, "")
            case Inner(letter, part, data):
                yield _plant(deed, f"{places[id(letter)].path}/{part}", data, "")
            case Letter() as letter:
                place = places[id(letter)]
                yield _plant(deed, place.path, place.data, message_id(letter.draft))


def _plant(deed: Deed, path: str, data: bytes, identifier: str) -> Plant:
    return Plant(
        kind=deed.kind,
        case=deed.case,
        innocent=deed.innocent,
        id=hashlib.sha256(data).hexdigest(),
        path=path,
        message_id=identifier,
        altered=deed.altered,
        what=deed.what,
        expect=deed.expect,
        spans=_spans(deed, data),
        impersonates=deed.impersonates,
        really_at=deed.really_at,
    )


def _spans(deed: Deed, data: bytes) -> tuple[tuple[str, int, int], ...]:
    if not deed.touched:
        return ()
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    touched = deed.touched.replace(b"\r\n", newline)
    start = data.rindex(touched)
    body = data.index(newline * 2) + 2 * len(newline)
    return (("", start, start + len(touched)), ("1", start - body, start + len(touched) - body))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (vessels.STILL, vessels.STILL))
