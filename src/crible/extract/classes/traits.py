"""Traits of form: what is seen of a document without reading its words."""

import re
from collections.abc import Iterator

from crible.extract.page import Page, word_set
from crible.model.facts import MailFacts
from crible.model.files import FileFacts

SLIDES = ("presentationml", "ms-powerpoint", "opendocument.presentation")
SHEETS = ("spreadsheetml", "ms-excel", "opendocument.spreadsheet", "text/csv", "tab-separated")
ROBOTS = ("noreply", "no-reply", "donotreply", "do-not-reply", "ne-pas-repondre", "nepasrepondre", "mailer-daemon",
          "postmaster", "notification", "notifications", "notify", "bounce", "automate", "robot")  # fmt: skip
MANY_LINKS = 10
_SCREENS = frozenset(
    {
        (1024, 768), (1280, 720), (1280, 800), (1280, 1024), (1366, 768), (1440, 900), (1536, 864), (1600, 900),
        (1680, 1050), (1920, 1080), (1920, 1200), (2560, 1440), (2560, 1600), (2880, 1800), (3840, 2160),
        (640, 960), (640, 1136), (750, 1334), (828, 1792), (1080, 1920), (1080, 2340), (1125, 2436), (1170, 2532),
        (1242, 2208), (1242, 2688), (1440, 2560), (1440, 2960), (1536, 2048), (2048, 2732), (720, 1280),
    }
)  # fmt: skip
"""Width and height in dots of usual screens and telephones."""
_SCREEN_PROGRAMS = ("screenshot", "snipping", "greenshot", "lightshot", "gnome-screenshot", "flameshot", "capture")
_SCANNERS = ("scan", "canoscan", "workcentre", "imagerunner", "taskalfa", "bizhub", "lasercopy", "mfp", "scansnap")
_BLANKS = ("_" * 6, "." * 8, "…" * 3, "☐", "□")
_CODE = re.compile(
    r"^(?:[ \t]*(?:#include|import |from \w+ import|def \w+\(|class \w+|public |private |function |var |const "
    r"|return\b|if \(|for \(|\}|@@ )|[+-]{3} [ab]/|.*[{};]$)",
    re.MULTILINE,
)
_LOG = re.compile(r"^\W{0,2}(?:\d{4}-\d\d-\d\d[T ]\d\d:\d\d|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d\d:\d\d:\d\d)", re.M)
# Patterns that begin with one set of characters are searched for ten times faster than alternatives are.
_SUMS = re.compile(r"[0-9€$£](?:(?<=[0-9])[.,][0-9]{2}(?![0-9.,:])|(?<=[€$£]) ?[0-9]|(?<=[0-9]) ?€)")
_CENTS = re.compile(rb"\.(?<=9\.)99(?![9.:])")
"""Those of `_SUMS` that have no sign of a currency, in a text's shape."""
SAMPLE = 6_000
"""Characters from the start in which lines of code and sums are counted."""
_UNSUBSCRIBE = word_set("""unsubscribe desabonner desinscrire""")
_COMPANY = word_set("""siret siren rcs""")
WORDS = _UNSUBSCRIBE | _COMPANY | {"iban"}
"""Every word that is asked for."""


def traits(page: Page) -> frozenset[str]:
    """The traits of a document; the catalogue `classes` has a sentence for each (`trait-…`)."""
    reading = page.reading
    found = set(_of_mail(reading.mail, page)) if reading.mail else {"file", *_of_file(reading.file, page)}
    return frozenset(found | set(_of_text(page)))


def _of_mail(mail: MailFacts, page: Page) -> Iterator[str]:
    yield "mail"
    address = mail.senders[0].address.lower() if mail.senders else ""
    local = address.partition("@")[0]
    robot = any(word in local for word in ROBOTS) or (not address and bool(mail.date))
    if robot:
        yield "robot"
    if mail.list_id:
        yield "list"
    elif mail.bulk:
        yield "bulk"
    if mail.in_reply_to or mail.references:
        yield "answer"
    if mail.quotes:
        yield "quoted"
    if not robot and not mail.bulk and mail.to:
        yield "person"
    if len(mail.links) >= MANY_LINKS:
        yield "links"
    if mail.remote_content >= 2:
        yield "remote"
    if mail.remote_content and not page.vocabulary.isdisjoint(_UNSUBSCRIBE):
        yield "unsubscribable"


def _of_file(file: FileFacts | None, page: Page) -> Iterator[str]:
    mime = page.reading.mime
    if any(part in mime for part in SLIDES):
        yield "slides"
    if any(part in mime for part in SHEETS):
        yield "sheet"
    if mime == "text/calendar":
        yield "calendar"
    if mime == "text/vcard":
        yield "card"
    if mime in ("text/html", "application/xhtml+xml"):
        yield "page"
    if file is None:
        return
    image = mime.startswith("image/") and mime != "image/svg+xml"
    if not image and file.pictures and file.pages == len(file.pages_without_text) and not page.text.strip():
        yield "page-pictures"
    if any(word in (file.device + " " + file.application).lower() for word in _SCANNERS):
        yield "scanner"
    if image:
        yield from _of_picture(file)


def _of_picture(file: FileFacts) -> Iterator[str]:
    yield "picture"
    image = file.image
    scanner = any(word in file.device.lower() for word in _SCANNERS)
    if file.device and not scanner:
        yield "camera"
    if image is None:
        return
    width, height = image.width, image.height
    if (width, height) in _SCREENS and not file.device:
        yield "screen-sized"
    if any(word in image.software.lower() for word in _SCREEN_PROGRAMS):
        yield "screenshot-program"
    long, short = max(width, height), max(1, min(width, height))
    if short >= 800 and abs(long / short - 2**0.5) < 0.02 and not file.device:
        yield "paper-shaped"
    if file.created and file.device and long >= 1000:
        yield "photograph"


def _of_text(page: Page) -> Iterator[str]:
    if _many_sums(page):
        yield "sums"
    if page.reading.mail is None and len(page.words) >= 20 and _share_of_figures(page.words[:400]) > 0.4:
        yield "figures"
    if "iban" in page.vocabulary:
        yield "account"
    if not page.vocabulary.isdisjoint(_COMPANY):
        yield "company-number"
    if page.reading.mail is None:
        yield from _of_lines(page)


def _many_sums(page: Page) -> bool:
    """Three or more in the sample. Seven in ten mails lack cents and signs: to see that takes a third of the time."""
    signs = sum(page.text.count(sign, 0, SAMPLE) for sign in "€$£")
    if page.shape.count(b".99", 0, SAMPLE) + signs < 3:
        return False
    found = _SUMS.findall(page.text, 0, SAMPLE) if signs else _CENTS.findall(page.shape, 0, SAMPLE)
    return len(found) >= 3


def _share_of_figures(words: list[str]) -> float:
    return sum(word.isdigit() for word in words) / len(words)


def _of_lines(page: Page) -> Iterator[str]:
    head = page.text[:SAMPLE]
    lines = head.count("\n") + 1
    if page.reading.mime == "text/plain" or page.reading.mime.startswith("text/x-"):
        if lines >= 8 and len(_CODE.findall(head)) > 0.4 * lines:
            yield "code-lines"
        if lines >= 8 and len(_LOG.findall(head)) > 0.5 * lines:
            yield "log-lines"
    if sum(map(head.count, _BLANKS)) >= 3:
        yield "blanks"
