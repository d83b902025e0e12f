"""A text document as Word leaves it (ECMA-376 part 1, §17): sessions of editing, styles, theme, counts."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from crible.demo.forgeries.files.ooxml import CORE, EXTENDED, Manner, Props, core, extended, package, theme
from crible.demo.paper.docx import WORD
from crible.demo.paper.ooxml import OFFICE, relations

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEADINGS = {"fr": "Titre", "en": "Title", "ru": "Название"}
LOCALES = {"fr": "fr-FR", "en": "en-GB", "ru": "ru-RU"}
NORMAL = {"fr": "Normal", "en": "Normal", "ru": "Обычный"}


@dataclass(frozen=True, slots=True)
class Descent:
    """The editing sessions of a document (§17.15.1.70 to 72): the one it was begun in, and all, by value."""

    root: str
    sessions: tuple[str, ...]

    def later(self, rng: random.Random, count: int = 1) -> "Descent":
        """The same document after further sessions."""
        return Descent(self.root, tuple(sorted((*self.sessions, *(_session(rng) for _ in range(count))))))


def descent(rng: random.Random, count: int = 4) -> Descent:
    """A document begun now."""
    found = tuple(sorted(_session(rng) for _ in range(count)))
    return Descent(rng.choice(found), found)


def word(paragraphs: Sequence[str | tuple[str, str]], props: Props, life: Descent, manner: Manner = "office") -> bytes:
    """The file. A paragraph may come with the session it was typed in; else it is of the first one."""
    rows = [one if isinstance(one, tuple) else (one, life.root) for one in paragraphs]
    body = "".join(_paragraph(text, session, bold=number == 0) for number, (text, session) in enumerate(rows))
    text = " ".join(text for text, _ in rows)
    counts = (
        f"<Template>Normal.dotm</Template><TotalTime>{props.minutes}</TotalTime><Pages>1</Pages>"
        f"<Words>{len(text.split())}</Words><Characters>{len(text)}</Characters>"
    )
    parts = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}{_SECTION}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(
            (f"{OFFICE}/styles", "styles.xml"),
            (f"{OFFICE}/settings", "settings.xml"),
            (f"{OFFICE}/fontTable", "fontTable.xml"),
            (f"{OFFICE}/theme", "theme/theme1.xml"),
        ),
        "word/theme/theme1.xml": theme(props.born),
        "word/settings.xml": _settings(life),
        "word/fontTable.xml": f'<w:fonts xmlns:w="{WORD}"><w:font w:name="Calibri"/></w:fonts>',
        "word/styles.xml": _styles(props.born),
        "docProps/core.xml": core(props),
        "docProps/app.xml": extended(
            "Microsoft Office Word", "16.0000", props, HEADINGS[props.language], [props.title], counts
        ),
    }
    types = {
        "word/document.xml": f"{MIME}.main+xml",
        "word/styles.xml": f"{KIND}.styles+xml",
        "word/settings.xml": f"{KIND}.settings+xml",
        "word/fontTable.xml": f"{KIND}.fontTable+xml",
        "word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "docProps/core.xml": CORE,
        "docProps/app.xml": EXTENDED,
    }
    return package("word/document.xml", types, parts, manner, props.saved)


_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417"/></w:sectPr>'
)


def _session(rng: random.Random) -> str:
    return f"00{rng.randrange(0x100000, 0xFFFFFF):06X}"


def _paragraph(text: str, session: str, *, bold: bool) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return (
        f'<w:p w:rsidR="{session}" w:rsidRDefault="{session}"><w:r>{style}'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
    )


def _settings(life: Descent) -> str:
    rows = "".join(f'<w:rsid w:val="{session}"/>' for session in life.sessions)
    return (
        f'<w:settings xmlns:w="{WORD}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        f'<w:rsids><w:rsidRoot w:val="{life.root}"/>{rows}</w:rsids><w:themeFontLang w:val="fr-FR"/></w:settings>'
    )


def _styles(born: str) -> str:
    return (
        f'<w:styles xmlns:w="{WORD}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{LOCALES[born]}"/></w:rPr>'
        '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" '
        f'w:styleId="{NORMAL[born]}"><w:name w:val="Normal"/></w:style></w:styles>'
    )
