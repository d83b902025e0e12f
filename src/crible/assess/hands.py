"""Who and what saved the files of a corpus, as far as these say so, and how usual that is here.

Every figure comes with what it is out of. Traces name no one: a name here is what files say, typed once in a
program's settings, and anybody's to type.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from crible.model.facts import Reading

RARE = 0.02
"""Share under which a habit is an outlier, as long as enough else is known to say so."""
BASE = 20
"""Files that must be known before one is called unusual: "1 of 7" says nothing."""
PAGE = "cp"
NEUTRAL = frozenset({"", "en", "cp0", "cp437", "cp850", "cp1200", "cp1252", "cp10000", "cp20127", "cp28591", "cp65001"})
"""Languages and code pages that say nothing of whoever saved: unknown, what libraries write whatever the country, and
those of all western Europe."""
_WORD = "application/msword"

_GENERIC = frozenset(
    {
        "user", "users", "utilisateur", "usuario", "benutzer", "anwender", "admin", "administrator",
        "administrateur", "administrador", "owner", "proprietaire", "pc", "windows", "microsoft", "office",
        "home", "acer", "asus", "dell", "hp", "lenovo", "toshiba", "samsung", "invite", "guest", "gast", "test",
        "unknown", "inconnu", "author", "auteur", "default", "client", "poste", "ordinateur", "computer",
        "sony", "packard", "bell", "apache", "poi", "openpyxl", "xlsxwriter", "python", "docx", "pptx",
        "libreoffice", "openoffice", "google", "docs", "sheets", "crystal", "reports", "sap", "oracle",
        "aspose", "пользователь", "админ", "администратор", "пк",
    }
)  # fmt: skip
"""Words of names that programs and shops give, and that no person chose."""
_NOT_WORDS = re.compile(r"[^\w]+|[\d_]+")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARMENIAN")
NAME_CAP = 100


@lru_cache(maxsize=1 << 16)  # the same few thousand names stand in all mails
def name_key(name: str) -> str:
    """A name for comparison: words without accents, in lower case and in order; empty for what names nobody.

    "ROCHEBRUNE, Camille" and "camille.rochebrune" are one.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name[:NAME_CAP]) if not unicodedata.combining(c))
    words = [word for word in _NOT_WORDS.split(plain.casefold()) if word]
    return "" if all(word in _GENERIC for word in words) else " ".join(sorted(words))


def script(name: str) -> str:
    """The script of a name's first letter that has one listed: `LATIN`, `CYRILLIC` …; empty for none."""
    for letter in name[:NAME_CAP]:
        if letter.isalpha():
            called = unicodedata.name(letter, "")
            return next((one for one in _SCRIPTS if called.startswith(one)), "")
    return ""


def menus(reading: Reading) -> str:
    """The language (ISO 639-1) of the program that saved the file last, or the code page (`cp1251`) of its machine.

    By the names of parts in Open XML; by the installed language in Word 97 to 2003 ([MS-DOC] §2.5.2, lid); by the code
    page of the properties in their sister programs. Empty where the file does not show it.
    """
    file = reading.file
    if file is None:
        return ""
    if file.office is not None and file.office.interface:
        return file.office.interface
    if reading.mime == _WORD:
        return file.locale.partition("-")[0].lower() if file.locale[2:3] == "-" else ""
    return file.locale if file.locale.startswith(PAGE) and file.locale[2:].isdecimal() else ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something is met: `count` of `of` files that say anything of it."""

    count: int
    of: int

    @property
    def rare(self) -> bool:
        """Met seldom, among enough to say so."""
        return self.of >= BASE and self.count <= max(1, RARE * self.of)


@dataclass(frozen=True, slots=True)
class Batch:
    """Files begun by people of this corpus, saved again within minutes by a hand or program that is unusual here."""

    files: int
    """Documents, this one too."""
    first: int
    last: int
    """Earliest and latest saving, Unix seconds."""
    begun: tuple[int, int]
    """Earliest and latest creation, Unix seconds."""
    language: str = ""
    """Of the menus that all were last saved with, where that is what is unusual; `cp1251` for a code page."""
    elsewhere: Rate = Rate(0, 0)
    """The same language among all other files."""
    name: str = ""
    """The name that most of them give as last author, as the files say it; empty where they give none or many."""
    named: int = 0
    """Files of the batch that give this name."""
    named_elsewhere: Rate = Rate(0, 0)
    """The same name among all other files that give one."""
    foreign: bool = False
    """The name is in a script that is rare among the names of this corpus."""
    others: tuple[str, ...] = ()
    """Ids (SHA-256, hex) of the other files, sorted, at most 50."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What is unusual in who or what saved one file last; only of files where something is."""

    interface: Rate | None = None
    """How often the language of its program's menus is met, where that is rare."""
    name: Rate | None = None
    """How often its last author is met, where nobody of that name writes, receives or begins anything here."""
    foreign: bool = False
    """The name is in a script that is rare among the names of this corpus."""
    batch: Batch | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A document that descends from the same one as ours (rsidRoot)."""

    id: str
    sessions: int
    """Editing sessions that it lists."""
    order: str
    """`before` where all its sessions are among ours, `after` where all ours are among its, `same`, or `beside`."""
    added: tuple[str, ...] = ()
    """Of one that comes before: sessions that ours has and it lacks, at most 50."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """All that the corpus has of one descent."""

    documents: int
    """This one too. Many are a template's children."""
    relatives: tuple[Relative, ...] = ()
    """The nearest first, at most ten."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A place where this file lies."""

    path: str
    archive: str = ""
    """Kind of the archive that lists it (`zip`, `tar` …); empty for a folder or a mail."""
    seconds: float | None = None
    """When the archive says that it was last written."""
    offset: int | None = None
    """In minutes east of UTC; None where the archive gives wall-clock time."""
