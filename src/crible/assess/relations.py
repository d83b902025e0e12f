"""What a corpus check may know beyond its own document: a closed snapshot, one `Relations` per document.

Built set-wise by `crible.sift.relations` after the barrier. Everything about *other* documents is what their own
signatures prove (`Standing`), never their grade, so that no document supports itself through another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from crible.assess.descent import Descent
from crible.assess.habits import Habits
from crible.assess.hands import Hand, Lineage, Listing
from crible.assess.pictures import Pasted
from crible.assess.sequence import OutOfOrder
from crible.model.evidence import Span
from crible.model.examined import Examined
from crible.model.signature import SignatureResult
from crible.proof.enclosed import Vouched

NOTHING_EXAMINED = Examined()


@dataclass(frozen=True, slots=True)
class Standing:
    """What another document's own signatures prove of it."""

    id: str
    """SHA-256, hex."""
    full: bool = False
    """Proven by itself: sound, anchored, aligned, whole body, no doubled critical header."""
    part: bool = False
    """Body whole under a sound, anchored key, but unaligned or transit, or only up to l=."""
    domain: str = ""
    """Signing domain that `full` or `part` rests on."""
    signed_at: int | None = None
    """t= of that signature, else its signed Date, in Unix seconds."""
    spoiled: bool = False
    """Signed by an account that was in other hands by then (case.toml): supports and contradicts nothing."""
    whole: bool = False
    """The whole body lies under that signature, not a prefix only: what it carries is carried unchanged."""
    clocked: bool = False
    """`signed_at` is t=, the signer's clock; else it is the Date, which its writer may have set at will."""
    sender: str = ""
    """Address of the first From mailbox, lower case; established only where `full`."""
    signed: tuple[str, ...] = ()
    """Fields under that signature, lower case: those that a reader goes by."""


@dataclass(frozen=True, slots=True)
class Change:
    """One differing passage between two versions of a text."""

    ours: str
    theirs: str
    kinds: tuple[str, ...] = ()
    """Of `number`, `date`, `name`, `negation`, `iban`, `words`; empty for spacing and punctuation only."""


@dataclass(frozen=True, slots=True)
class Copy:
    """Another document that claims the same Message-ID but has other bytes."""

    other: Standing
    same_text: bool
    """Same decoded text and the same attachments (by SHA-256)."""
    covered: bool = False
    """Our headers and body, as stored, give exactly the digests that the other's sound signature covers."""
    changes: tuple[Change, ...] = ()
    """Differing passages after neutral repairs and without the sender's boilerplate, at most 20."""
    attachments_differ: tuple[str, ...] = ()
    """Names of attachments met on one side only or with other bytes."""
    only_added: bool = False
    """Ours is theirs plus text before or after (a list footer, a disclaimer), nothing replaced."""
    same_sender: bool = True
    """The two name the same From addresses. If not they are no copies of one message: a Message-ID is anybody's to
    repeat, in a mail that a freemail domain then signs."""
    redated: bool = False
    """The two bear Dates more than a minute apart: sent again, or an identifier that some program repeats."""
    rebuilt: bool = False
    """One of the two was put together from an Outlook item, whose plain text Outlook makes from the HTML."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """A mail that carries exactly this document's bytes, as attachment or message/rfc822, at any depth."""

    mail: Standing
    path: tuple[str, ...] = ()
    """Names from the mail down to this document."""
    made: bool = False
    """On the way crible made something that the mail does not hold: a document in clear, a mail of an Outlook item."""


@dataclass(frozen=True, slots=True)
class QuotedBy:
    """A proven mail that quotes passages of this one: a reply, or a mail that passes it on.

    It names this mail in In-Reply-To or References, or its attribution names our sender and Date.
    """

    reply: Standing
    words: int
    """Words of ours that stand in the quote, in order."""
    exact: bool
    """Every quoted line of any length is ours, word for word."""
    changes: tuple[Change, ...] = ()
    """Lines that are ours but for a number, name, date or negation, at most 20."""
    of: int = 0
    """All words of ours; 0 where they were not counted."""
    addressed: bool = True
    """The reply comes from an address that our mail went to or came from, or our mail went to a list."""
    kind: str = "reply"
    """`reply` or `forward`."""
    depth: int = 1
    """More than 1 where the quoter had the passage from another mail that quotes it."""
    by: str = "reference"
    """How we know that we are meant: `reference`, or `attribution` (sender and Date, subject where it is given)."""
    passages: tuple[tuple[int, int], ...] = ()
    """Where lines of ours stand in the quote as they are: ranges of `Reading.text` in characters, at most 20."""
    spans: tuple[Span, ...] = ()
    """The same in bytes of the stored mail, where its text lies there as it is read."""


@dataclass(frozen=True, slots=True)
class Quoting:
    """A passage of ours that is said to be a proven mail's, held against that mail."""

    original: Standing
    words: int
    """Words of the original that stand in our quote, in order."""
    changes: tuple[Change, ...]
    """Ours is what our quote says, theirs what the original says; at most 20."""
    named: bool = True
    """The attribution gives the original's address; else only our recipients do."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A proven mail next to ours in its thread, at a time that fits."""

    mail: Standing
    side: str
    """`before` (ours answers it) or `after` (it answers ours, and names us in a field that it signed)."""


@dataclass(frozen=True, slots=True)
class Near:
    """A proven mail of our sender under another Message-ID, sent about then, that is ours but for a detail."""

    other: Standing
    shared: int
    """Words in common, in order."""
    changes: tuple[Change, ...]
    """At most three, each a number, date, name, account or negation."""
    together: bool = False
    """Same Date to the minute, same recipients: one of the two can hardly be a later version."""


@dataclass(frozen=True, slots=True)
class Domains:
    """Sender domains of the corpus with their counts of mails; built once per run."""

    counts: dict[str, int] = field(default_factory=dict)
    proven: frozenset[str] = frozenset()
    """Domains with at least one mail proven by their own key."""
    ours: frozenset[str] = frozenset()
    """Domains of the boxes' owners and their frequent correspondents."""
    writers: frozenset[str] = frozenset()
    """Addresses, lower case, that several proven mails come from."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """All mails of the corpus that verify under one key, of a selector whose key nobody tied to it, or that has two."""

    domain: str
    """d= and s= as they are compared: lower case, international labels as A-labels."""
    selector: str
    fingerprint: str
    """Of the key, as in `KeyUsed`."""
    anchored: bool = False
    mails: int = 0
    first: int | None = None
    last: int | None = None
    """Earliest and latest Date that they bear, Unix seconds."""
    boxes: int = 0
    first_seen: str | None = None
    last_seen: str | None = None
    """When the key was observed in DNS, ISO dates; None where nobody recorded it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mail lies in a box that is in order but for it, or when it was delivered; only of such mails."""

    box: str
    """Its path."""
    before: int
    after: int
    """Dates of the mails beside it, Unix seconds; in a maildir both are the moment of delivery that its name gives."""


@dataclass(frozen=True, slots=True)
class Parent:
    """The mail that In-Reply-To names, its earliest copy; or the mail that names ours so."""

    id: str
    """SHA-256, hex."""
    seconds: int
    """Its Date, Unix seconds."""
    subject: str = ""
    related: bool = True
    """The two subjects end alike, whatever stands before them (`Re:`, `TR:`, a list's mark)."""
    signed: bool = False
    """Its own sound signature holds its Date."""


@dataclass(frozen=True, slots=True)
class Shared:
    """An identifier met again in a mail of another Message-ID and other words."""

    kind: str
    """`boundary`, `received` or `thread-index`."""
    where: str
    """Field that holds it."""
    text: str
    others: tuple[str, ...]
    """Ids (SHA-256, hex) of those mails, sorted."""
    subject: str = ""
    """Subject of the first of them."""


@dataclass(frozen=True, slots=True)
class Version:
    """Another document that is ours but for some passages, found by its words; or that bears our number."""

    other: Standing
    """Of a mail, what its signatures prove; of a file, its id alone (see `carrier`)."""
    path: str
    similarity: int
    """Per cent of the longer text that stands in both, in order."""
    changes: tuple[Change, ...] = ()
    """Passages that differ, those that tell something first, at most 20."""
    count: int = 0
    """All of them."""
    side: str = ""
    """`earlier` or `later` than ours, `same`, or empty: undatable."""
    by: str = ""
    """What `side` rests on: `lineage` (editing sessions of the one are a part of the other's), `revision` or `date`."""
    number: str = ""
    """The document number that both bear."""
    issuer: str = ""
    """Who issued both, where both say so and it is one."""
    titled: bool = False
    """Same first line, or same file name."""
    dated: bool = False
    """Both state a date in their text and it is one."""
    redated: bool = False
    """Both state a date in their text and it is another."""
    announced: str = ""
    """What one of the two says of itself and the other does not: `V2`, `révisé`, `draft`; empty if nothing."""
    same_type: bool = True
    carrier: Standing | None = None
    """The best mail, wholly proven and in its owner's hands, that carries the other as it is."""
    reference: bool = False
    """The user gave the other as a reference, or a file of the same bytes."""


@dataclass(frozen=True, slots=True)
class Within:
    """A later mail that holds all of ours, word for word: whoever reads that one has read ours."""

    id: str
    """SHA-256, hex."""
    hops: int = 1
    """Mails from ours up to that one, which is in no other."""


@dataclass(frozen=True, slots=True)
class SameAttachment:
    """The same part of a signed copy of the mail that carries ours: same number, same name, other bytes."""

    file: str
    """Id of the file there (SHA-256, hex)."""
    mail: Standing
    """The signed copy."""
    name: str
    part: str
    changes: tuple[Change, ...] = ()
    """At most 20; empty where the words are the same, or nothing could be read."""
    count: int = 0
    compared: bool = False
    """Both have a text."""
    bound: bool = True
    """The copy is surely this message: its signature covers the Message-ID, or it has our mail's Date."""
    elsewhere: bool = False
    """Ours lies outside this message too: it may have been put into it."""


@dataclass(frozen=True, slots=True)
class Relations:
    """One document's neighbourhood."""

    signatures: tuple[SignatureResult, ...] = ()
    """DKIM and transit signatures: each counts by itself."""
    arc: tuple[SignatureResult, ...] = ()
    """Both halves of the ARC sets: they count as a chain only (`assess.chain`)."""
    enclosed: tuple[Vouched, ...] = ()
    """S/MIME and OpenPGP signatures inside the mail, with what the user's own roots and keys say of them."""
    standing: Standing | None = None
    """Our own, from our own signatures alone."""
    twins: tuple[Standing, ...] = ()
    """Same wire form, other bytes (quoting, line ends): a lossless edge."""
    copies: tuple[Copy, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    quotes: tuple[QuotedBy, ...] = ()
    quoting: tuple[Quoting, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    near: tuple[Near, ...] = ()
    domains: Domains = Domains()
    cohorts: tuple[Cohort, ...] = ()
    """Of each selector that our signatures name, where its keys lack an anchor or are several; the larger first."""
    habits: Habits | None = None
    """Those of all senders of the corpus; one object for all documents."""
    place: Place | None = None
    parent: Parent | None = None
    """Only where it is dated after ours."""
    answer: Parent | None = None
    """The earliest mail that answers ours, only where it is dated before ours."""
    shared: tuple[Shared, ...] = ()
    versions: tuple[Version, ...] = ()
    """At most five: those that a proven mail carries or that are references first, then the likest."""
    attached: tuple[SameAttachment, ...] = ()
    references: tuple[str, ...] = ()
    """Paths of files of the same bytes among what the user gave as references."""
    reference: bool = False
    """Ours is such a file itself, and no part of the dump."""
    hand: Hand | None = None
    """What is unusual in who or what saved this file last; None where nothing is."""
    lineage: Lineage | None = None
    """What descends from the same document; None where nothing else does."""
    listings: tuple[Listing, ...] = ()
    """Where this file lies, by path."""
    in_mail: bool = False
    """Some mail carries it, at any depth."""
    claimed_last: int | None = None
    """The last day that the dump's publishers claim, at its end, Unix seconds (case.toml)."""
    pictures: tuple[Pasted, ...] = ()
    """Pictures of ours that stand in papers of other issuers too."""
    descent: Descent | None = None
    """PDFs saved from the same ancestor; None where there are none."""
    sequence: OutOfOrder | None = None
    """Where our number goes against the dates of our issuer's other invoices."""
    examined: Examined = NOTHING_EXAMINED
    """What examinations found that a reader had no time for: a PDF's signatures and revisions, content credentials,
    recognised text."""


def apart(
    results: Sequence[SignatureResult],
) -> tuple[tuple[SignatureResult, ...], tuple[SignatureResult, ...]]:
    """A mail's signatures as `Relations` holds them: those that count by themselves, and the halves of ARC sets."""
    arc = tuple(result for result in results if result.facts.scheme.arc)
    return tuple(result for result in results if not result.facts.scheme.arc), arc
