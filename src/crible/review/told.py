"""Lines of the log as sentences. Whoever did it stands beside; the document is a link beside."""

from collections.abc import Iterable, Mapping
from typing import Any

from crible import words
from crible.review.change import MANY
from crible.review.models import Entry
from crible.review.slots import Slot

DOMAIN = "acts"
REASONED = ("decide", "second")
"""Acts whose reason may repeat what stands in the document."""


def sentence(
    entry: Entry, language: str, originals: Mapping[int, Entry] | None = None, *, withheld: bool = False
) -> str:
    """What was done, as in "set its state to relevant". `originals`: lines that others undo, by number.

    `withheld`: its document is closed, so that a reason, which may repeat what stands in it, is not told. Why somebody
    took it from the shelf is: that was written before they had seen it.
    """
    params = _filled(entry, language, withheld=withheld)
    if "of" in params:
        of = (originals or {}).get(params["of"])
        told = _rendered(_key(of), _filled(of, language, withheld=withheld), language) if of else ""
        params["what"] = told or params.get("undone", "")
    return _rendered(_key(entry), params, language)


def did(entry: Entry, language: str) -> str:
    """What is said to whoever just did it, as in "State: relevant."."""
    params = _filled(entry, language)
    if "of" in params:
        of = originals([entry]).get(params["of"])
        params["what"] = did(of, language) if of and "of" not in of.params else params.get("undone", "")
    return _rendered(f"did-{_key(entry)}", params, language)


def originals(entries: Iterable[Entry]) -> dict[int, Entry]:
    """The lines that some of these undo, in one statement."""
    wanted = {(one.case, one.params["of"]) for one in entries if "of" in one.params}
    if not wanted:
        return {}
    case = next(iter(wanted))[0]
    found = Entry.objects.filter(case=case, number__in=[number for _, number in wanted])
    return {one.number: one for one in found}


def value_word(value: str, language: str) -> str:
    """A state or a decision in words; the empty string has one too."""
    return words.render(DOMAIN, f"value-{value or 'none'}", {}, language)


def _rendered(key: str, params: dict[str, Any], language: str) -> str:
    """A line of a later version, or one whose fields are others, shows its key: it is a line all the same."""
    try:
        return words.render(DOMAIN, key, params, language)
    except (KeyError, ValueError, IndexError, AttributeError):
        return key


def _key(entry: Entry) -> str:
    params = entry.params
    if entry.act in ("assign", "assign" + MANY) and not params.get("after"):
        return f"{entry.act}-nobody"
    if entry.act == "note" and params.get("passage"):
        return "note-passage"
    if entry.act == "decide" and params.get("two"):
        return "decide-two"
    if entry.act == "second":
        return "second-agrees" if params.get("agrees") else "second-differs"
    return entry.act


def _filled(entry: Entry, language: str, *, withheld: bool = False) -> dict[str, Any]:
    """Its fields, values in words."""
    params = {"by": entry.by, **entry.params}
    slot = Slot.of(str(params.get("slot", "")))
    if slot.kind == "state":
        params |= {name: value_word(params[name], language) for name in ("before", "after") if name in params}
    if slot.kind == "tag":
        params["tag"] = slot.key
    if slot.kind == "second" and isinstance(params.get("after"), dict):
        params["reason"] = params["after"].get("reason", "")
    params |= {name: value_word(params[name], language) for name in ("role", "was") if name in params}
    if "decision" in params:
        params["decision"] = value_word(params["decision"], language)
    if withheld and "reason" in params and entry.act in REASONED:
        params["reason"] = words.render(DOMAIN, "withheld", {}, language)
    return params
