"""A file of HTML: its title and its text; nothing is fetched, nothing is run."""

from crible.extract import charset, html
from crible.extract.capped import Collector
from crible.extract.guard import reading
from crible.extract.language import detect
from crible.extract.text import HEAD, codec_of
from crible.model.facts import Reading
from crible.model.files import FileFacts
from crible.sandbox.window import Window

_LATE = 1 << 16
"""Bytes in which a page that is not UTF-8 may name its character set, behind a long preamble."""
_CAP = 32 << 20
"""Bytes of markup read; saved pages with inline images reach 20 MB."""


def read(window: Window) -> Reading:
    """The text that a reader of the page would see; bytes of markup beyond 32 MB count as left out.

    Text that the page's own styles hide is kept in the properties, 1,000 characters of it.
    """
    with reading("html"):
        data = window.read(0, _CAP)
        named = charset.sniff(data) or charset.sniff(data, _LATE) or codec_of(data[:HEAD]).replace("utf-16-", "utf-16")
        markup, defect = charset.decode(data, named)
        page = html.read(markup)
        collector = Collector()
        collector.add(page.text)
        text = collector.text()
        counted = {"hidden-text": page.hidden[:1000], "remote-content": str(page.remote or "")}
        facts = FileFacts(
            title=page.title,
            properties={key: value for key, value in counted.items() if value},
            defects=(defect,) if defect else (),
        )
        left_out = collector.left_out + max(0, window.length - _CAP)
        return Reading("text/html", text, detect(text), file=facts, truncated=left_out)
