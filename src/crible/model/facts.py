"""What a reader found in one document: pure facts, no judgement. Made in the sandbox, checked at the boundary."""

from dataclasses import dataclass, field

from crible.model.files import FileFacts
from crible.model.instant import Instant
from crible.model.signature import SignatureFacts
from crible.model.sorting import Sorting


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A name and address as a header gives them (RFC 5322 §3.4), decoded; the address lower-cased in its domain."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """One MIME entity of a mail, by byte offsets into the mail's slice (RFC 2046)."""

    number: str
    """IMAP-style part number: `1`, `2.1`; the whole message is `` (empty)."""
    mime: str
    header_start: int
    body_start: int
    body_end: int
    encoding: str = ""
    charset: str = ""
    name: str = ""
    """File name as given, decoded, cleaned; empty if none."""
    disposition: str = ""
    inline_text: bool = False
    """Part of the mail's own text rather than an attachment."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that a mail quotes from another (`>` lines, blockquote, or a forwarded block)."""

    text: str
    attribution: str = ""
    """The line that introduces it, as written."""
    depth: int = 1
    kind: str = "reply"
    """`reply`, or `forward` where a separator or the mail's own subject says that a mail was passed on."""
    name: str = ""
    """Whom the attribution names as author; like all that it says, the quoter's word."""
    address: str = ""
    """Of the author, lower case."""
    date: Instant | None = None
    """When the quoted mail was written, mostly to the minute."""
    subject: str = ""
    start: int = 0
    """Where the passage begins in `Reading.text`, and where it ends; replies may stand between its lines."""
    end: int = 0


@dataclass(frozen=True, slots=True)
class Alternatives:
    """How a mail's text/plain and text/html versions differ, word by word (bounded)."""

    only_plain: tuple[str, ...] = ()
    only_html: tuple[str, ...] = ()
    """Words met in one version only, in order, first 50 of each."""
    words: int = 0
    """Words compared, of the longer version."""
    compared: bool = False
    markup: bytes = b""
    """Digest of all HTML parts as decoded, spacing folded; empty if there are none."""


@dataclass(frozen=True, slots=True)
class Hop:
    """One Received field (RFC 5321 §4.4), unsigned and easily typed."""

    by: str = ""
    source: str = ""
    """Host or address literal after `from`."""
    receiver: str = ""
    """Address after `for`."""
    id: str = ""
    seconds: float | None = None
    offset: int | None = None
    """Minutes east of UTC as written."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A moment that software wrote inside an identifier, where few look and fewer think of changing it."""

    kind: str
    """`gmail-boundary`, `gmail-received`, `gm-msgid`, `gm-thrid`, `thread-index`, `next-part`, `message-id`,
    `java-boundary`, `exim-received` or `arrival`."""
    where: str
    """Field or part that holds it."""
    seconds: float
    """Unix time."""
    within: float = 1.0
    """Its own precision in seconds."""
    text: str = ""
    """The identifier it was read from, at most 200 characters."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One result of an Authentication-Results field (RFC 8601): said by whoever wrote the field, unsigned by itself."""

    server: str
    """authserv-id."""
    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)
    """`header.d`, `header.s`, `header.b`, `header.i`, `smtp.mailfrom` …, as written, without quotation marks."""
    index: int = 0
    """Ordinal of the field from the top."""


@dataclass(frozen=True, slots=True)
class ArcSet:
    """One ARC set (RFC 8617 §4.2), as found. Its two signatures stand among `signatures`."""

    instance: int
    cv: str = ""
    """`none`, `pass` or `fail`, of the seal."""
    claims: tuple[Claim, ...] = ()
    """Results of its ARC-Authentication-Results."""
    whole: bool = False
    """Exactly one field of each of its three kinds bears this instance."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An S/MIME or OpenPGP signature over a part or a text, checked as far as it carries its own certificate."""

    kind: str
    """`smime`, `pgp-mime`, `pgp-inline`."""
    part: str
    """Part number of what is signed."""
    word: str
    """`pass`, `altered`, `no-key`, `unreadable`."""
    signer: str = ""
    """Address of the certificate or key, lower case."""
    key: str = ""
    """Fingerprint, hex."""
    issuer: str = ""
    seconds: int | None = None
    """Signing time as the signer states it, Unix seconds."""
    valid_then: bool | None = None
    """Whether the certificate was in its period of validity at that time."""
    material: bytes = b""
    """What a key or root that arrives later needs (CMS without content, or signature packet), at most 64 kB."""
    digest: bytes = b""
    """SHA-256 of the signed bytes; for OpenPGP the digest that was signed, by the packet's own hash."""
    start: int = 0
    end: int = 0
    """The signed bytes, from the start of the mail's slice."""


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link of an HTML mail leads."""

    host: str
    """Of its target, lower case."""
    shown: str = ""
    """Host that its own words name, unless the target's address names it too (a redirector); empty for most."""


@dataclass(frozen=True, slots=True)
class MailFacts:
    """A mail's header fields, structure and signatures. Its text is in `Reading.text`."""

    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""
    senders: tuple[Mailbox, ...] = ()
    """From."""
    sender: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    bcc: tuple[Mailbox, ...] = ()
    date: Instant | None = None
    received: tuple[Instant, ...] = ()
    """Top first, at most 50."""
    counts: dict[str, int] = field(default_factory=dict)
    """How often each of from, to, cc, subject, date, content-type, content-transfer-encoding, message-id, reply-to and
    sender stands, if at all."""
    list_id: str = ""
    bulk: bool = False
    """List-Unsubscribe, Precedence: bulk/list, or Auto-Submitted says that a machine sent it."""
    mailer: str = ""
    """X-Mailer or User-Agent."""
    content_type: str = ""
    """The top Content-Type header as written, unfolded."""
    parts: tuple[Part, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()
    quotes: tuple[Quote, ...] = ()
    laid: str = ""
    """`lf` or `crlf` where `Reading.text` is, in UTF-8 and but for these line ends, the first inline text part."""
    alternatives: Alternatives = Alternatives()
    remote_content: int = 0
    """References to remote images, style sheets and the like in the HTML; none is ever fetched."""
    header_end: int = 0
    """Bytes of the header block, its empty line included."""
    hops: tuple[Hop, ...] = ()
    """Received fields, top first, at most 50."""
    stamps: tuple[Stamp, ...] = ()
    """Moments found inside identifiers, at most 100."""
    claims: tuple[Claim, ...] = ()
    """Results of all Authentication-Results fields, top first, at most 200."""
    arc: tuple[ArcSet, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    traits: dict[str, str] = field(default_factory=dict)
    """Habits of the program that wrote the mail, each a short value (`boundary`, `message-id`, `order`, `charset`)."""
    threading: tuple[str, ...] = ()
    """Thread-Index: GUID in hex, then for each reply its Unix time, as text."""
    delivered: tuple[str, ...] = ()
    """Addresses of Delivered-To, X-Original-To, X-Delivered-To and Envelope-To, lower case, at most 10."""
    links: tuple[Link, ...] = ()
    """Where the links of its HTML lead, at most 40; none is ever followed."""
    unquoting: str = ""
    """How mbox quoting was read: `` (none met), `kept`, `mboxrd`, `mboxo`."""
    defects: tuple[str, ...] = ()
    """Message keys of domain `ledger` for what was odd but survivable."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One document, read."""

    mime: str
    """By content, never by name alone."""
    text: str = ""
    language: str = ""
    """ISO 639-1, empty where the text is too short to tell."""
    wire: bytes = b""
    """SHA-256 with mbox quoting undone and line ends CRLF (mails), else the document's own SHA-256."""
    mail: MailFacts | None = None
    file: FileFacts | None = None
    sorting: Sorting | None = None
    """What sort of paper it is, and the amounts, names and numbers that it gives."""
    truncated: int = 0
    """Characters of text left out over the cap; 0 if none."""

    @property
    def dated(self) -> Instant | None:
        """The document's own date: a mail's Date field, the latest moment that a file states of itself; never mtime."""
        if self.mail is not None:
            return self.mail.date
        return max(self.file.instants, key=lambda instant: instant.seconds, default=None) if self.file else None

    @property
    def seconds(self) -> int | None:
        """The same in whole Unix seconds."""
        return int(self.dated.seconds) if self.dated else None
