"""What do an older Office file's own notes say of the machines that saved it?"""

from collections.abc import Iterator

from crible.assess.check import Check
from crible.assess.covered import Params, excerpt
from crible.model.evidence import Bears, Evidence, Says, Strength
from crible.model.facts import Reading

SHOWN = 10
PAGES = {
    "cp1250": {"pl", "cs", "sk", "hu", "ro", "hr", "sl", "sq", "bs", "sr", "de"},
    "cp1251": {"ru", "uk", "bg", "be", "mk", "sr", "kk", "mn"},
    "cp1253": {"el"},
    "cp1254": {"tr", "az"},
    "cp1255": {"he", "yi"},
    "cp1256": {"ar", "fa", "ur"},
    "cp1257": {"lt", "lv", "et"},
    "cp874": {"th"},
    "cp932": {"ja"},
    "cp936": {"zh"},
    "cp949": {"ko"},
    "cp950": {"zh"},
}
"""Windows code pages that machines of certain languages have, and those languages (ISO 639-1)."""


def look(reading: Reading) -> Iterator[Evidence]:
    """The machine's code page against the text's language; and who saved it where, as Word 97 to 2003 kept it.

    English is everybody's second language, so an English text on any machine is nothing to ask about.
    """
    file = reading.file
    if file is None:
        return
    spoken = PAGES.get(file.locale)
    if spoken is not None and reading.language not in ("", "en") and reading.language not in spoken:
        params: Params = {"name": file.locale.removeprefix("cp"), "other": reading.language}
        yield Evidence(Says.QUESTIONS, "summary-code-page", params, "SummaryInformation")
    savings = file.office.savings if file.office else ()
    if savings:
        names = [excerpt(f"{author}: {path}", 120) for author, path in savings[-SHOWN:]]
        yield Evidence(
            Says.UNTESTABLE, "summary-savings", {"count": len(savings), "names": names}, "SttbSavedBy",
            strength=Strength.NONE,
        )  # fmt: skip


CHECK = Check(
    id="office.summary",
    version=1,
    question="What do an older Office file's own notes say of the machines that saved it?",
    bears_on=Bears.ORIGIN,
    strength=Strength.WEAK,
    source="[MS-OLEPS] §2.18 (code page); [MS-DOC] §2.5.6 (SttbSavedBy); the 'dodgy dossier' of 2003",
    messages=("summary-code-page", "summary-savings"),
    innocent=("innocent-two-alphabets", "innocent-shared-computer", "innocent-converted"),
    group="office-hand",
    look=look,
)
