"""Outlook's stores, PST and OST ([MS-PST]), by libpff: every item of every folder, rebuilt as a message.

One item is in memory at a time. Passwords only hide a store from Outlook: libpff reads such files, and "compressible"
and "high" encryption, as they are.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import pypff

from crible.intake import names
from crible.intake.budget import Budget, Meter
from crible.intake.outlook import named, pff
from crible.intake.outlook.item import ATTACHMENTS, RECIPIENTS, Attachment, Item
from crible.intake.outlook.properties import Fetch, Name, Properties, Value
from crible.intake.outlook.stream import begun, broken
from crible.model.entry import Begin, Closed, Entry, Refused, Resume
from crible.model.errors import Unreadable
from crible.model.ledger import Reason
from crible.sandbox.window import Window

MAGIC = b"!BDN"
DATA = 0x3701
RECOVERED = "recovered"
"""Where items lie that no folder lists any more."""
_LEVELS = 60
_READ = 1 << 20


def walk(window: Window, name: str, budget: Budget, resume: Resume | None = None) -> Iterator[Entry]:  # noqa: ARG001
    """Each item as `Folder/Subfolder/000012.eml`, in the store's order; items without a folder under `recovered`.

    With `resume` the items before it are counted, not read again.
    """
    store = pypff.file()
    stream = window.stream()
    try:
        with pff.asking():
            store.open_file_object(stream)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 pypff raises IOError, and SystemError where it fails itself
        yield Closed(0, remainder=broken("libpff", error).reason)
        return
    yield from _Walk(store, window, budget, resume.ordinal if resume else 0).entries()


class _Walk:
    def __init__(self, store: Any, window: Window, budget: Budget, first: int) -> None:
        self._store, self._window, self._budget, self._first = store, window, budget, first
        self._meter = Meter(budget)
        self._unique = names.Unique()
        self._ordinal = 0
        self._names = _names(store)
        self._fault: Reason | None = None

    def entries(self) -> Iterator[Entry]:
        """All items, then the account."""
        try:
            yield from self._tree()
            yield from self._orphans()
        except Unreadable as fault:
            self._fault = fault.reason
        yield Closed(self._ordinal, remainder=self._fault)

    def _tree(self) -> Iterator[Entry]:
        """Folders depth first, without recursion: a store may nest them as deep as it likes.

        What lies in a folder is asked of the tree of nodes, not of the folder's table, which damaged and "repaired"
        stores have lost; what the tree alone knows was taken out of the table, mostly by deleting it.
        """
        todo: list[tuple[_Path, Any, int]] = [(_Path(), self._store.get_root_folder, 0)]
        while todo:
            path, get, level = todo.pop()
            try:
                with pff.asking():
                    folder = get()
                    inner = [partial(folder.get_sub_item, at) for at in range(folder.number_of_sub_items)]
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 see walk
                yield self._refused(path, broken("libpff", error))
                continue
            path = path.below(_text(folder, "name"), self._unique, self._budget.name) if level else path
            folders = yield from self._items(inner, _listed(folder), path)
            if level >= _LEVELS and folders:
                yield self._refused(path, Unreadable("budget", which="levels", limit=_LEVELS))
            else:
                todo += [(path, get, level + 1) for get in reversed(folders)]

    def _orphans(self) -> Iterator[Entry]:
        """Items whose folder is no longer in the tree; with a folder among them come its own items."""
        count = _count(self._store, "number_of_orphan_items")
        path = _Path(RECOVERED, RECOVERED.encode())
        todo: list[Callable[[], Any]] = [partial(self._store.get_orphan_item, at) for at in range(max(count, 0))]
        for level in range(_LEVELS):
            here = path if not level else path.below(str(level), self._unique, self._budget.name)
            folders = yield from self._items(todo, frozenset(), here, "orphan")
            todo = []
            for get in folders:
                todo += _inside(get)

    def _items(
        self, inner: Sequence[Callable[[], Any]], listed: frozenset[int], path: "_Path", state: str = "unlisted"
    ) -> Generator[Entry, None, list[Callable[[], Any]]]:
        """What a folder holds, and returns its folders; whatever goes wrong with an item ends in its own row."""
        folders: list[Callable[[], Any]] = []
        aside: _Path | None = None
        at = 0
        for get in inner:
            try:
                with pff.asking():
                    found = get()
                    identifier = found.identifier
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001 see walk
                yield self._refused(path, broken("libpff", error), path.item(at))
                at += 1
                continue
            if isinstance(found, pypff.folder):
                folders.append(get)
            elif identifier in listed:
                yield from self._one(found, path, at, "")
                at += 1
            else:
                aside = aside or (path if state == "orphan" else path.beside(RECOVERED))
                yield from self._one(found, aside, at, state)
                at += 1
        return folders

    def _one(self, found: Any, path: "_Path", at: int, state: str) -> Iterator[Entry]:
        if self._ordinal >= self._budget.entries:
            raise Unreadable("budget", which="entries", limit=self._budget.entries)
        if self._ordinal < self._first:
            self._ordinal += 1
            self._unique(path.item(at))
            return
        try:
            with pff.asking():
                item = _item(found, self._names, state)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 see walk
            fault = error if isinstance(error, Unreadable) else broken("libpff", error)
            yield self._refused(path, fault, path.item(at))
            return
        begin = Begin(self._ordinal, self._unique(path.item(at)), path.raw, mail=True)
        self._ordinal += 1
        yield from begun(begin, item, self._meter, self._budget)

    def _refused(self, path: "_Path", fault: Unreadable, name: str = "") -> Refused:
        ordinal, self._ordinal = self._ordinal, self._ordinal + 1
        return Refused(ordinal, self._unique(name or path.name or "unnamed"), fault.state, fault.reason, path.raw)


class _Path(NamedTuple):
    """Where a folder is."""

    name: str = ""
    """Cleaned, `/` between folders."""
    raw: bytes = b""

    def below(self, name: str, unique: names.Unique, limit: int) -> "_Path":
        raw = name.encode("utf-8", "replace")
        clean = names.clean(raw, limit=limit // 4).replace("/", "%2F")
        whole = f"{self.name}/{clean}" if self.name else clean
        if len(whole.encode()) > limit - 32:
            whole = names.clean(whole.encode(), limit=limit - 32)
        return _Path(unique(whole), (self.raw + b"/" + raw)[:4096].lstrip(b"/"))

    def beside(self, top: str) -> "_Path":
        """The same folder below another one on top."""
        return _Path(f"{top}/{self.name}".rstrip("/"), (top.encode() + b"/" + self.raw).rstrip(b"/"))

    def item(self, at: int) -> str:
        """The name of the folder's item at an index."""
        return f"{self.name}/{at:06d}.eml".lstrip("/")


def _inside(get: Callable[[], Any]) -> list[Callable[[], Any]]:
    """How to get what a folder holds; nothing where it cannot be read again."""
    try:
        with pff.asking():
            folder = get()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 see walk
        return []
    return [partial(folder.get_sub_item, at) for at in range(_count(folder, "number_of_sub_items"))]


def _listed(folder: Any) -> frozenset[int]:
    """Identifiers of the items in the folder's own table; none where it cannot be read."""
    try:
        with pff.asking():
            return frozenset(folder.get_sub_message(at).identifier for at in range(folder.number_of_sub_messages))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 see walk
        return frozenset()


def _item(message: Any, known: dict[Name, int], state: str) -> Item:
    """A pypff message as an item. May raise anything."""
    values = _values(message)
    if not values:
        raise Unreadable("corrupt", reader="libpff", detail="no properties")
    said = Properties(values, known)
    attachments: list[Attachment] = []
    lost: list[str] = []
    count = _count(message, "number_of_attachments")
    for at in range(min(count, ATTACHMENTS + 1)):
        try:
            with pff.asking():
                attachments.append(_attachment(message.get_attachment(at), said, known))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 see walk
            lost.append(type(error).__name__)
    return Item(said, "pst", _recipients(message, said), attachments, lost or (("",) if count < 0 else ()), state)


def _attachment(found: Any, said: Properties, known: dict[Name, int]) -> Attachment:
    properties = Properties(_values(found), known, said.codec)
    size = _count(found, "size")

    @pff.asking()
    def inner() -> Item:
        return _item(pff.embedded(found), known, "")

    data = partial(_data, found) if DATA in properties else None
    return Attachment(properties, data, inner, max(size, 0))


@pff.asking()
def _data(attachment: Any) -> bytes:
    """An attachment's bytes; raises where fewer come than are declared."""
    size = attachment.size
    attachment.seek_offset(0, 0)
    pieces: list[bytes] = []
    while size > 0:
        piece = attachment.read_buffer(min(size, _READ))
        if not piece:
            raise Unreadable("truncated")
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _recipients(message: Any, said: Properties) -> list[Properties]:
    try:
        with pff.asking():
            table = message.recipients
            sets = [] if table is None else [table.get_record_set(at) for at in range(min(_sets(table), RECIPIENTS))]
            return [Properties(_entries(one), None, said.codec) for one in sets]
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 the names of PidTagDisplayTo then stand for the recipients
        return []


def _values(thing: Any) -> dict[int, Fetch]:
    return _entries(thing.get_record_set(0)) if _sets(thing) else {}


def _sets(thing: Any) -> int:
    count: int = thing.number_of_record_sets
    return count


def _entries(record_set: Any) -> dict[int, Fetch]:
    """A record set's properties; the first of a number counts."""
    values: dict[int, Fetch] = {}
    for at in range(record_set.number_of_entries):
        entry = record_set.get_entry(at)
        number = entry.entry_type
        if number is not None and number not in values:
            values[number] = partial(_value, entry)
    return values


@pff.asking()
def _value(entry: Any) -> Value:
    return entry.value_type or 0, entry.data or b""


def _names(store: Any) -> dict[Name, int]:
    """Named properties by their number in this store; empty where the mapping cannot be read."""
    try:
        with pff.asking():
            values = _values(store.name_to_id_map)
        return named.names(*(values[number]()[1] for number in (2, 3, 4)))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 only the lines of appointments and tasks need it
        return {}


def _text(thing: Any, attribute: str) -> str:
    try:
        with pff.asking():
            return getattr(thing, attribute) or ""
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 an unreadable name is no reason to leave a folder out
        return ""


def _count(thing: Any, attribute: str) -> int:
    """A number that libpff reads from the store; -1 where it cannot."""
    try:
        with pff.asking():
            count: int = getattr(thing, attribute, 0)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 see walk
        return -1
    return count
