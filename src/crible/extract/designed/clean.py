"""The one sanitiser: literal lists of elements and attributes, applied by nh3 (ammonia over html5ever).

It is asked twice, with the same lists: in the sandbox, where the stranger's markup is parsed, and again on what came
out of it, so that a child that was taken over changes nothing. Links keep their words; `title` says where they led.
"""

import re
from collections.abc import Callable
from html import unescape

import nh3

from crible.extract.designed import styles
from crible.extract.designed.scan import crowded
from crible.extract.guard import reading
from crible.model.designed import Target
from crible.model.errors import Unreadable

TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "br", "caption", "center", "cite", "code",
    "col", "colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "ol", "p",
    "pre", "q", "s",
    "samp", "section", "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "tt", "u", "ul", "var", "wbr",
}  # fmt: skip
DROPPED = {
    "applet", "audio", "canvas", "embed", "frameset", "iframe", "math", "noembed", "noframes", "object", "script",
    "style", "svg", "template", "title", "video",
}  # fmt: skip
"""Gone with all that is in them. Any other element goes, and what is in it stays."""
_CELL = {"align", "valign", "bgcolor", "width", "height", "colspan", "rowspan"}
ATTRIBUTES = {
    "*": {"style", "title", "dir", "lang"},
    "img": {"src", "alt", "width", "height", "align", "border"},
    "table": {"align", "bgcolor", "border", "cellpadding", "cellspacing", "width", "height"},
    "td": _CELL,
    "th": _CELL,
    "tr": {"align", "valign", "bgcolor"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "div": {"align"},
    "p": {"align"},
    "h1": {"align"},
    "h2": {"align"},
    "h3": {"align"},
    "hr": {"align", "width", "size", "color"},
    "font": {"color", "face", "size"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "li": {"value"},
}
DEEPEST = 1_000
"""Elements within one another. Newsletters stay under 80; nh3's time grows with the square (1 s at 20,000)."""
MARKUP = 2_000_000
"""Bytes or characters of markup that are shown at all."""

_FOLLOWED = {"http", "https", "mailto", "tel", "ftp"}
_MEASURES = frozenset({"width", "height", "border", "cellpadding", "cellspacing", "colspan", "rowspan", "span", "size",
                       "start", "value"})  # fmt: skip
_MEASURE = re.compile(r"[+]?\d{1,4}%?")
_ANCHOR = re.compile(r'<a((?: [a-z-]+="[^"]*")*)>')
_HREF = re.compile(r' href="([^"]*)"')
_TITLE = re.compile(r' title="[^"]*"')
_LINKED = re.compile(r'<a(?: [a-z-]+="[^"]*")*? title="([^"]*)"[^>]*>')
_ANY_TAG = re.compile(r"<[^>]*>")
_OPENED = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*+)[^>]*+>?")
_WRITTEN = re.compile(r'[^<]++|<(/?)([a-z][a-z0-9]*+)(?: [a-z-]++="[^"]*+"){0,16}>')
"""All that nh3 writes: words, and tags of this form."""
_VOID = frozenset({"br", "hr", "img", "col", "wbr", "input", "meta", "link", "base", "area", "source", "embed"})
_LOOSE = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "tbody", "thead", "tfoot", "option", "colgroup"})
"""Closed by what follows them."""
_TURNS = {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}

Picture = Callable[[str], str | None]


def cleaned(markup: str, picture: Picture) -> tuple[str, int]:
    """The markup without what could act, and how many passages it hid. A link's address becomes its title.

    `picture` gives what shall stand in the place of an image's address, None for nothing. Raises Unreadable `corrupt`
    for what would take html5ever minutes: its time grows with the square of depth, and of the attributes of one tag.
    """
    if depth(markup) > DEEPEST or crowded(markup):
        raise Unreadable("corrupt", reader="nh3", detail="too deeply nested, or too many attributes")
    passages: list[bool] = []
    out = _run(markup, picture, {**ATTRIBUTES, "a": {"href"}}, passages)
    return _ANCHOR.sub(_titled, out), sum(passages)


def again(markup: str, picture: Picture) -> str:
    """What `cleaned` made, cleaned by the strict lists: no address of any link, no picture but those of `picture`.

    Raises Unreadable `reply-broken` for what `cleaned` would not have made.
    """
    if len(markup) > 4 * MARKUP or not 0 <= written_depth(markup) <= DEEPEST:
        raise Unreadable("reply-broken")
    return _run(markup, picture, ATTRIBUTES, []).translate(_TURNS)


def targets(markup: str, most: int) -> tuple[tuple[Target, ...], int]:
    """Words and address of the first links of what `cleaned` made, and how many more there are."""
    found: list[Target] = []
    links = _LINKED.finditer(markup)
    for link in links:
        end = markup.find("</a>", link.end(), link.end() + 4_000)
        words = unescape(_ANY_TAG.sub(" ", markup[link.end() : max(end, link.end())]))
        found.append(Target(" ".join(words.split())[:200], unescape(link[1])[:500]))
        if len(found) == most:
            break
    return tuple(found), sum(1 for _ in links)


def depth(markup: str) -> int:
    """How deep elements lie within one another at most, give or take those that close themselves."""
    deepest = level = 0
    for tag in _OPENED.finditer(markup):
        name = tag[2].lower()
        if name not in _VOID and name not in _LOOSE:
            level = max(0, level - 1) if tag[1] else level + 1
            deepest = max(deepest, level)
    return deepest


def written_depth(markup: str) -> int:
    """The same, exactly, for what nh3 wrote; -1 for anything that it cannot have written."""
    at = deepest = 0
    opened: list[str] = []
    while at < len(markup):
        tag = _WRITTEN.match(markup, at)
        if tag is None:
            return -1
        at, name = tag.end(), tag[2]
        if tag[1] and (not opened or opened.pop() != name):
            return -1
        if name and not tag[1] and name not in _VOID:
            opened.append(name)
            deepest = max(deepest, len(opened))
    return deepest


def _run(markup: str, picture: Picture, attributes: dict[str, set[str]], passages: list[bool]) -> str:
    def kept(tag: str, name: str, value: str) -> str | None:  # noqa: ARG001  nh3 passes the element first
        if name == "style":
            style, hides = styles.plain(value)
            passages.append(hides)
            return style or None
        if name == "src":
            return picture(value)
        if name in _MEASURES:
            return value if _MEASURE.fullmatch(value) else None
        return value[:2_000]

    with reading("nh3"):
        return nh3.Cleaner(
            tags=TAGS,
            clean_content_tags=DROPPED,
            attributes=attributes,
            attribute_filter=kept,
            url_schemes=_FOLLOWED | {"cid"},
            url_relative="deny",
            link_rel=None,
            filter_style_properties=set(styles.PROPERTIES),
        ).clean(markup)


def _titled(anchor: re.Match[str]) -> str:
    address = _HREF.search(anchor[1])
    rest = _TITLE.sub("", _HREF.sub("", anchor[1]))
    return f'<a{rest} title="{address[1]}">' if address else f"<a{rest}>"  # a title of its own could pose as an address
