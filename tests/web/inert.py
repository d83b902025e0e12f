"""Reads a page as a browser would, for what it would run or fetch."""

from html.parser import HTMLParser

TAGS = {
    "a", "article", "aside", "blockquote", "body", "br", "button", "caption", "circle", "code", "datalist", "dd",
    "del", "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "head", "header", "html", "image", "input", "ins", "kbd", "label", "legend", "li", "link", "main", "mark",
    "meta", "nav", "ol", "option", "p", "path", "pre", "q", "rect", "script", "section", "select", "span", "strong",
    "summary", "svg", "table", "tbody", "td", "text", "textarea", "th", "thead", "title", "tr", "tspan", "ul",
}  # fmt: skip
"""Every element the desk uses. None runs, frames or fetches anything but what the desk itself brings."""


class Page(HTMLParser):
    """Problems found, and the page's words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.problems.append(f"<{tag}>")
        if tag == "script" and not (dict(attrs).get("src") or "").startswith("/static/desk/built/"):
            self.problems.append("a script that is not the desk's own")
        for name, value in attrs:
            leads = name in ("href", "src", "action", "xlink:href", "formaction")
            if name == "style" or name.startswith("on") or (leads and not (value or "").startswith(("/", "?", "#"))):
                self.problems.append(f"{tag} {name}={value}")
            if leads and (value or "").startswith("//"):
                self.problems.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words, spaces folded."""
        return " ".join(" ".join(self.words).split())
