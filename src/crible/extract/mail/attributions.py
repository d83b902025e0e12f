"""Who and when, as the line or the little header above a quoted passage says it, in French and English."""

import re
from dataclasses import dataclass
from functools import lru_cache

from crible.extract.mail.written_dates import folded, written
from crible.model.instant import Instant

MOST = 600
"""Characters of an attribution that are read."""

VERB = re.compile(
    r"\b(?:wrote|writes|said|a\s?écrit|a ecrit|écrivait|écrit|ecrit|schrieb|escribió|ha scritto|geschreven)\b",
    re.IGNORECASE,
)
_FRENCH = re.compile(r"\b(?:écrit|ecrit|écrivait|selon|envoyé|objet|sujet|à|expéditeur|message du)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[<\[(](?:mailto:)?\s?([^\s<>\[\]()@,;\"]{1,64}@[^\s<>\[\]()@,;\"]{1,255})")
_BARE = re.compile(r"(?<![^\s:<\[(\"',;])([\w.+=\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8})")
_BEHALF = re.compile(r"\b(?:on behalf of|de la part de|via)\b", re.IGNORECASE)
_BRACKETED = re.compile(r"[<\[(][^<>\[\]()]{0,330}[>\])]?")
_LEAD = re.compile(
    r"^\W*+(?:(?:On|Le|At|In|Quoting|Citing|Selon|Excerpts from)\b)?[\W\d]*+(?:[AP]M\b\W*+)?", re.IGNORECASE
)
_OF = re.compile(r"'s message of$", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^\W*(?:(?:On|Le|At)\b\W*)?(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim)[a-z]{0,6}\W*$",
    re.IGNORECASE,
)
_TRIM = " \t\xa0\"'«»“”*,:;-–—|()[]<>"
_FIELD = re.compile(
    r"[*_\s]*(?P<name>From|De|Expéditeur|Von|Sent|Envoyé(?: le| par)?|Date|To|À|A|Pour|Destinataires?|Cc|Bcc|Cci|Copie"
    r"(?: à)?|Objet|Sujet|Subject|Reply-To|Répondre à|Importance|Attachments?|Pièces? jointes?|Organisation"
    r"|Organization)[*_\s]*:[*_]*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
_AUTHOR = frozenset({"from", "de", "expéditeur", "von"})
_WHEN = frozenset({"sent", "envoyé", "envoyé le", "date"})
_TITLE = frozenset({"objet", "sujet", "subject"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """What an attribution says; empty where it does not say it. All of it is the quoter's word."""

    name: str = ""
    address: str = ""
    """Lower case."""
    date: Instant | None = None
    """To the minute, mostly; `offset` is None where no zone was written."""
    subject: str = ""


def field(line: str) -> tuple[str, str] | None:
    """Name (lower case, French or English) and value of a line of a forwarded header; None if it is none."""
    found = _FIELD.match(line)
    return (folded(found["name"]).lower(), found["value"].strip()) if found else None


@lru_cache(maxsize=1024)
def of_line(line: str) -> Attributed:
    """What `Le 14 mars 2017 à 09:12, Anne Roy <a@m.example> a écrit :` and its like say."""
    line = folded(line[:MOST])
    when = written(line, french=_FRENCH.search(line) is not None)
    verb = VERB.search(line)
    head = line[: verb.start()] if verb else line
    if when and when.end <= len(head):
        name = _name(head[when.end :]) or _name(_WEEKDAY.sub("", head[: when.start]))
    else:
        name = _name(head)
    return Attributed(name, _address(line), when.instant if when else None)


def of_header(lines: list[str]) -> Attributed:
    """What the lines of a forwarded header say: `De : …`, `Envoyé : …`, `Objet : …`; values may run over lines."""
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        found = field(line)
        if found:
            last = found[0]
            fields.setdefault(last, found[1])
        elif last and len(fields[last]) < MOST:
            fields[last] += f" {line.strip()}"
    author = next((folded(value)[:MOST] for name, value in fields.items() if name in _AUTHOR), "")
    stated = next((value[:MOST] for name, value in fields.items() if name in _WHEN), "")
    french = bool({"de", "envoyé", "envoyé le", "objet", "sujet", "à", "expéditeur"} & fields.keys())
    when = written(stated or " ".join(lines[:1])[:MOST], french=french)
    subject = next((folded(value).strip(" *_")[:MOST] for name, value in fields.items() if name in _TITLE), "")
    behalf = _BEHALF.search(author)
    if behalf:  # the address is the list's or the secretary's
        return Attributed(_name(author[behalf.end() :]), "", when.instant if when else None, subject)
    return Attributed(_name(author), _address(author), when.instant if when else None, subject)


def _address(text: str) -> str:
    found = _ADDRESS.search(text) or _BARE.search(text)
    return found[1].strip(".'").lower() if found else ""


def _name(text: str) -> str:
    text = _LEAD.sub("", _BRACKETED.sub(" ", text), count=1)
    name = _OF.sub("", folded(_BARE.sub(" ", text)).strip(_TRIM)).strip(_TRIM)
    return name[:200] if any(character.isalpha() for character in name) else ""
