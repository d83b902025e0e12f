"""How each program quotes what it answers, in plain text and in HTML."""

import textwrap
from datetime import datetime
from html import escape

from crible.demo.forgeries.draft import Draft, Sent
from crible.demo.forgeries.moments import europe
from crible.demo.forgeries.phrases import MONTHS

SHORT_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
LONG_DAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
OFFICE = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="Generator" content="Microsoft Word 15 (filtered medium)">
</head>
<body>
<div class="WordSection1">
{inner}</div>
</body>
</html>
"""
MARKS = frozenset({"gmail", "apple", "iphone", "thunderbird", "roundcube", "javamail"})
"""Programs that put `>` before what they quote; the others copy it below a header block."""


def plain(draft: Draft) -> str:
    """The plain text: own words and, for an answer, what it quotes, lines as they will stand."""
    own = f"{wrapped(draft.text, 76)}\n\n{draft.sender.closing}\n"
    block = f"\n-- \n{draft.sender.block}\n" if draft.sender.block else ""
    parent = draft.answers
    if parent is None or draft.quoting == "none":
        return own + block + draft.footer
    quote = _quote(draft, parent)
    if draft.quoting == "above" and draft.program in MARKS:
        return f"{quote}\n{own}{block}{draft.footer}"
    return f"{own}{block}\n{quote}{draft.footer}"


def html(draft: Draft) -> str:
    """The HTML version, in the manner of the program."""
    own = _paragraphs(draft, draft.html or draft.text)
    footer = f"<p>{_lines(draft.footer.strip())}</p>\n" if draft.footer else ""
    parent = draft.answers
    if parent is None or draft.quoting == "none":
        return _page(draft, own + footer)
    return _page(draft, own + _html_quote(draft, parent) + footer)


def _html_quote(draft: Draft, parent: Sent) -> str:
    inner = _lines((draft.quoted or parent.shown).strip())
    head = _lines(attribution(draft, parent))
    if draft.program == "gmail":
        style = "margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex"
        return (
            f'<div class="gmail_extra"><br><div class="gmail_quote">{head}<br>'
            f'<blockquote class="gmail_quote" style="{style}">{inner}</blockquote></div><br></div>\n'
        )
    if draft.program in MARKS:
        return f'<p>{head}</p>\n<blockquote type="cite">{inner}</blockquote>\n'
    rule = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
    return f'<div style="{rule}">\n<p>{head}</p>\n</div>\n<p>{inner}</p>\n'


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\n")


def attribution(draft: Draft, parent: Sent) -> str:
    """What introduces the quote."""
    when = europe(parent.draft.at, draft.sender.zone)
    who = parent.draft.sender
    if draft.quoting == "forward" or draft.program not in MARKS:
        return _block(draft, parent, when)
    named = f"{who.name} <{who.address}>"
    if draft.sender.language == "fr":
        return _french(draft.program, when, who.name, named) + " a écrit :"
    return _english(draft.program, when, who.name, named) + " wrote:"


def _french(program: str, when: datetime, name: str, named: str) -> str:
    if program in ("gmail", "apple", "iphone"):
        return f"Le {when.day} {MONTHS['fr'][when.month - 1]} {when:%Y à %H:%M}, {named}"
    return f"Le {when:%d/%m/%Y à %H:%M}, {name}" if program == "thunderbird" else f"Le {when:%Y-%m-%d %H:%M}, {name}"


def _english(program: str, when: datetime, name: str, named: str) -> str:
    month = MONTHS["en"][when.month - 1][:3]
    if program == "gmail":
        half = "AM" if when.hour < 12 else "PM"
        day = f"{SHORT_DAYS[when.weekday()]}, {month} {when.day}, {when.year}"
        return f"On {day} at {(when.hour - 1) % 12 + 1}:{when:%M} {half}, {named}"
    if program in ("apple", "iphone"):
        return f"On {when.day} {month} {when:%Y}, at {when:%H:%M}, {named}"
    return f"On {when:%d/%m/%Y %H:%M}, {name}" if program == "thunderbird" else f"On {when:%Y-%m-%d %H:%M}, {name}"


def wrapped(text: str, width: int) -> str:
    """Paragraphs wrapped as a program sends them."""
    lines = (textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False) for line in text.split("\n"))
    return "\n".join(lines)


def _quote(draft: Draft, parent: Sent) -> str:
    text = (draft.quoted or parent.shown).rstrip("\n")
    head = attribution(draft, parent)
    if draft.quoting == "forward" or draft.program not in MARKS:
        return f"{head}\n\n{text}\n"
    head = wrapped(head, 76) if draft.program == "gmail" else head
    marks = (f">{line}" if line.startswith(">") else f"> {line}".rstrip() for line in text.split("\n"))
    gap = "\n\n" if draft.program in ("gmail", "apple", "iphone") else "\n"
    return head + gap + "\n".join(marks) + "\n"


def _block(draft: Draft, parent: Sent, when: datetime) -> str:
    who, french = parent.draft.sender, draft.sender.language == "fr"
    to = "; ".join(person.name for person in parent.draft.to)
    if draft.quoting == "forward" and draft.program in MARKS:
        line = "---------- Message transféré ----------" if french else "---------- Forwarded message ----------"
        names = ("De", "Date", "Objet", "À") if french else ("From", "Date", "Subject", "To")
        values = (f"{who.name} <{who.address}>", f"{when:%d/%m/%Y %H:%M}", parent.draft.subject, to)
        return "\n".join((line, *(f"{name}: {value}" for name, value in zip(names, values, strict=True))))
    day = LONG_DAYS[draft.sender.language][when.weekday()]
    month = MONTHS[draft.sender.language][when.month - 1]
    if french:
        mail = f"[mailto:{who.address}]" if draft.program == "outlook" else f"<{who.address}>"
        return (
            f"De : {who.name} {mail}\nEnvoyé : {day} {when.day} {month} {when:%Y %H:%M}\n"
            f"À : {to}\nObjet : {parent.draft.subject}"
        )
    return (
        f"From: {who.name} <{who.address}>\nSent: {when.day} {month} {when:%Y %H:%M}\n"
        f"To: {to}\nSubject: {parent.draft.subject}"
    )


def _paragraphs(draft: Draft, text: str) -> str:
    parts = [escape(part, quote=False).replace("\n", "<br>") for part in text.split("\n\n")]
    closing = escape(draft.sender.closing, quote=False).replace("\n", "<br>")
    block = escape(draft.sender.block, quote=False).replace("\n", "<br>")
    parts += [closing, *([f"-- <br>{block}"] if block else [])]
    if draft.program == "gmail":
        return '<div dir="ltr">' + "<br><br>".join(parts) + "</div>\n"
    if draft.program in ("exchange", "outlook"):
        return "".join(f'<p class="MsoNormal">{part}<o:p></o:p></p>\n' for part in parts)
    return "".join(f"<p>{part}</p>\n" for part in parts)


def _page(draft: Draft, inner: str) -> str:
    if draft.program == "gmail":
        return inner
    if draft.program in ("exchange", "outlook"):
        return OFFICE.replace("{inner}", inner)
    return f"<html><head></head><body>\n{inner}</body></html>\n"
