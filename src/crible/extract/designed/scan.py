"""Counts what a page of HTML would fetch or do, before it is cleaned: by kind, and from which hosts."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlsplit

_TAG = re.compile(
    r"<!--(?>(?:[^-]++|-(?!->))*)(?:-->|\Z)"
    r"""|<(?P<name>[a-zA-Z][^\s/>]*+)(?P<given>(?>(?:[^"'>]++|"[^"]*+"|'[^']*+'|["'])*))>?""",
    re.DOTALL,
)
_GIVEN = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++)))?""")
_SHEET = re.compile(r"<style\b[^>]*+>((?>(?:[^<]++|<(?!/style\b))*))", re.IGNORECASE)
_URL = re.compile(
    r"""@import\s++(?:url\(\s*+)?["']?(?P<sheet>[^"');\s]{1,2000})|url\(\s*+["']?(?P<other>[^"')]{1,2000})""",
    re.IGNORECASE,
)
_FONT = re.compile(r"@font-face\s*+\{[^}]{0,4000}\}", re.IGNORECASE)
_REMOTE = re.compile(r"(?:https?:|ftp:|wss?:)?//", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20]+")

BY_ELEMENT = {
    "script": "scripts", "iframe": "frames", "frame": "frames", "object": "frames", "embed": "frames",
    "applet": "frames", "form": "forms", "input": "forms", "button": "forms", "textarea": "forms", "select": "forms",
    "style": "styles", "video": "media", "audio": "media", "bgsound": "media", "source": "media", "track": "media",
    "base": "bases", "svg": "drawings", "math": "drawings",
}  # fmt: skip
"""Elements that are left out wherever they point, by kind."""
FETCHING = {
    "src": "images", "srcset": "images", "background": "backgrounds", "poster": "media", "data": "frames",
    "ping": "pings", "action": "forms", "formaction": "forms", "longdesc": "images", "lowsrc": "images",
    "dynsrc": "media", "xlink:href": "images", "codebase": "frames",
}  # fmt: skip
HOSTS = 50
ATTRIBUTES = 300


@dataclass(slots=True)
class Found:
    """What there was."""

    kinds: Counter[str] = field(default_factory=Counter)
    hosts: dict[str, None] = field(default_factory=dict)

    def remote(self, kind: str, address: str) -> bool:
        """Note an address if it leads to another machine."""
        bare = _UNSEEN.sub("", unescape(address)).replace("\\", "/")
        if not _REMOTE.match(bare):
            return False
        self.kinds[kind] += 1
        try:
            host = urlsplit(bare).hostname or ""
        except ValueError:
            host = ""
        self.hosts.setdefault(host[:253] or "?", None)
        return True


def scan(markup: str) -> Found:
    """Everything that is not let through, counted once each. Linear in the length of the markup."""
    found = Found()
    for tag in _TAG.finditer(markup):
        if tag["name"]:
            _element(tag["name"].lower(), dict(_attributes(tag["given"])), found)
    for sheet in _SHEET.finditer(markup):
        fonts = "".join(_FONT.findall(sheet[1]))
        for kind, text in (("fonts", fonts), ("backgrounds", _FONT.sub("", sheet[1]))):
            for url in _URL.finditer(text):
                found.remote("styles" if url["sheet"] else kind, url["sheet"] or url["other"])
    return found


def crowded(markup: str) -> bool:
    """Whether any tag has more attributes than a page needs: parsers compare each with all before it."""
    tags = (tag["given"] for tag in _TAG.finditer(markup) if tag["name"])
    return any(len(given) > ATTRIBUTES and len(_GIVEN.findall(given)) > ATTRIBUTES for given in tags)


def _element(name: str, given: dict[str, str], found: Found) -> None:
    kind = BY_ELEMENT.get(name, "")
    if kind:
        found.kinds[kind] += 1
    found.kinds["handlers"] += sum(each.startswith("on") for each in given)
    for each, value in given.items():
        if each == "style":
            for url in _URL.finditer(value):
                found.remote("backgrounds", url["sheet"] or url["other"])
        elif each == "href":
            _href(name, given, value, found)
        elif each in FETCHING:
            address = (value.split() or [""])[0] if each == "srcset" else value
            _fetched(kind, "pixels" if _is_pixel(name, given) else FETCHING[each], address, found)
    if name == "meta" and given.get("http-equiv", "").lower() == "refresh":
        found.kinds["redirects"] += 1


def _fetched(counted: str, kind: str, address: str, found: Found) -> None:
    """An address of an element that was counted already adds only its host."""
    if found.remote(kind, address) and counted:
        found.kinds[kind] -= 1


def _href(name: str, given: dict[str, str], address: str, found: Found) -> None:
    if name == "link":
        found.remote("styles" if "stylesheet" in given.get("rel", "").lower() else "hints", address)
    elif name in ("image", "use"):
        found.remote("images", address)
    elif name in ("a", "area"):
        scheme = _UNSEEN.sub("", unescape(address)).lower()
        found.kinds["links"] += scheme.startswith(("javascript:", "vbscript:", "data:", "file:"))


def _is_pixel(name: str, given: dict[str, str]) -> bool:
    """A picture of a point or nothing: it tells its sender that, when and where the mail was read."""
    sides = [given.get(side, "").strip().removesuffix("px") for side in ("width", "height")]
    return name == "img" and any(sides) and all(side in ("0", "1", "2", "") for side in sides)


def _attributes(given: str) -> Iterator[tuple[str, str]]:
    for one in _GIVEN.finditer(given):
        yield one[1].lower(), unescape(one[2] or one[3] or one[4] or "")
