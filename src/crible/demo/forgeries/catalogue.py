"""What is planted, how often, and what a perfect system can see of it: fixed before any run, never after one.

Numbers are those of the catalogue of evidence, section 5; `C` are its binding corrections, `T` innocent twins. A
scenario with a part that can be seen and one that cannot stands here twice. Titles and reasons are sentences of domain
`bench`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Answer(StrEnum):
    """What counts as detecting an alteration; which answers do is fixed for each scenario."""

    QUESTION = "question"
    """Questioned or contradicted, or an open question beside a proof."""
    NAMED = "named"
    """Proven in part, the altered bytes outside what is claimed, and an answer that names the border or the change."""
    KEY = "key"
    """Said of the key: another one than the known key of this selector, or two keys for it."""
    SHORT_KEY = "short-key"
    """The badge of a key that could be broken."""
    PUBLISHED_KEY = "published-key"
    """The badge of a private key that anybody can have."""
    UNSIGNED_FIELD = "unsigned-field"
    """The altered field is named as one that no signature covers."""
    SIGNER = "signer"
    """The domain that did sign is named, and it is not the one imitated."""
    OTHER_HANDS = "other-hands"
    """The badge of an account that others had access to."""
    ABSENCE = "absence"
    """A remark on what is absent names the missing message."""
    TRACE = "trace"
    """A weak question points at a trace, and no grade follows from it."""
    HANDLED = "handled"
    """Hostile bytes end in a line of the export, with a grade or a reason."""


Needs = Literal["", "eyes", "recover", "mailbox", "outside"]
"""What the detection takes besides weighing: a person's look at a trace that honest documents bear too, recovered keys,
keys from the newsroom's mailbox, or a record outside the dump. Planted or not, it is then not counted among the
detectable."""
Of = Literal["mail", "file"]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One row of the benchmark."""

    number: str
    key: str
    """Also the key of its title in domain `bench`."""
    plants: int
    """How many a run plants; 0: named for completeness, not planted (its reason says why)."""
    answers: tuple[Answer, ...] = ()
    """Any of these detects it; empty: nobody can, and `why` says why."""
    why: str = ""
    """Key of domain `bench`: why it cannot be seen, or is not counted."""
    needs: Needs = ""
    of: Of = "mail"

    @property
    def detectable(self) -> bool:
        """Whether missing it counts against the program."""
        return bool(self.answers) and not self.needs


@dataclass(frozen=True, slots=True)
class Twin:
    """An innocent mail or file that looks like an alteration: nothing may question it."""

    number: str
    key: str
    """Also the key of its title in domain `bench`."""
    plants: int
    of: Of = "mail"


Q, NAMED, KEY = (Answer.QUESTION,), (Answer.NAMED, Answer.QUESTION), (Answer.KEY, Answer.QUESTION)
TRACE = (Answer.TRACE, Answer.QUESTION)

SCENARIOS: tuple[Scenario, ...] = (
    Scenario("1a", "edit-unsigned-copy", 6, Q),
    Scenario("1b", "edit-unsigned-quoted", 5, Q),
    Scenario("1c", "edit-unsigned-alone", 4, why="why-no-witness"),
    Scenario("2a", "edit-signed-copy", 6, Q),
    Scenario("2b", "edit-signed-quoted", 5, Q),
    Scenario("2c", "edit-signed-digit", 5, Q),
    Scenario("2d", "edit-signed-sentence", 4, why="why-broken-is-common"),
    Scenario("3a", "strip-signature-copy", 5, Q),
    Scenario("3b", "strip-signature-alone", 4, why="why-no-witness"),
    Scenario("4a", "resign-known-selector", 5, KEY),
    Scenario("4b", "resign-lost-selector", 4, KEY, "why-needs-recovery", "recover"),
    Scenario("5a", "invented-signer-domain", 6, why="why-unanchored"),
    Scenario("5b", "invented-signer-known-domain", 4, KEY),
    Scenario("6", "short-key", 4, (Answer.SHORT_KEY, Answer.QUESTION)),
    Scenario("7", "published-key", 4, (Answer.PUBLISHED_KEY, Answer.QUESTION)),
    Scenario("8a", "second-subject", 4, Q),
    Scenario("8b", "second-from", 4, Q),
    Scenario("9a", "length-appended", 4, NAMED),
    Scenario("9b", "attachment-added", 5, NAMED),
    Scenario("10", "boundary-swapped", 4, Q),
    Scenario("11", "replay-recipients", 4, (Answer.UNSIGNED_FIELD, Answer.QUESTION)),
    Scenario("12a", "account-backdated", 4, Q),
    Scenario("12b", "account-true-date", 4, why="why-account-held"),
    Scenario("13", "holder-backdated", 4, Q),
    Scenario("14a", "append-careless", 6, Q),
    Scenario("14b", "append-careful", 5, why="why-no-witness"),
    Scenario("15", "cloned-headers", 5, Q),
    Scenario("16a", "invented-parent-careless", 4, Q),
    Scenario("16b", "invented-parent-careful", 3, why="why-no-witness"),
    Scenario("17a", "invented-quote", 5, Q),
    Scenario("17b", "invented-quote-alone", 3, why="why-no-witness"),
    Scenario("18a", "attachment-swapped-copy", 5, Q),
    Scenario("18b", "attachment-swapped-signed", 3, why="why-broken-is-common"),
    Scenario("18c", "attachment-swapped-unsigned", 3, why="why-no-witness"),
    Scenario("19a", "pdf-edited-in-place", 4, Q, of="file"),
    Scenario("19b", "pdf-cover-laid", 4, Q, of="file"),
    Scenario("20a", "pdf-written-anew", 4, Q, of="file"),
    Scenario("20b", "pdf-printed-again", 4, why="why-no-witness", of="file"),
    Scenario("21", "docx-author-changed", 4, TRACE, "why-packed-again", "eyes", "file"),
    Scenario("22a", "xlsx-saved-in-batch", 9, Q, of="file"),
    Scenario("22b", "xlsx-saved-by-stranger", 1, TRACE, "why-one-stranger", "eyes", "file"),
    Scenario("23a", "xlsx-line-added", 4, Q, of="file"),
    Scenario("23b", "xlsx-sum-stale", 4, Q, of="file"),
    Scenario("24", "signature-pasted", 4, TRACE, "why-same-picture", "eyes", "file"),
    Scenario("25", "names-added", 4, Q, of="file"),
    Scenario("26a", "photo-dated-anew", 4, TRACE, "why-camera-clock", "eyes", "file"),
    Scenario("26b", "photo-exchanged", 4, TRACE, "why-small-picture", "eyes", "file"),
    Scenario("26c", "photo-spliced", 3, why="why-patch", of="file"),
    Scenario("27", "look-alike-signed", 5, (Answer.QUESTION, Answer.SIGNER)),
    Scenario("28", "display-name", 4, (Answer.QUESTION, Answer.SIGNER)),
    Scenario("29", "style-imitated", 3, why="why-style"),
    Scenario("30", "decoy", 4, why="why-truth"),
    Scenario("34a", "poisoned-key-second", 4, KEY),
    Scenario("34b", "poisoned-key-first", 0, why="why-only-source"),
    Scenario("35a", "docx-later-than-mail", 4, Q, of="file"),
    Scenario("35b", "docx-later-unclocked", 4, why="why-no-clock", of="file"),
    Scenario("36", "dates-reset-in-zip", 4, Q, of="file"),
    Scenario("37a", "iban-look-alike", 4, Q, of="file"),
    Scenario("37b", "iban-unseen", 3, TRACE, "why-pasted-blank", "eyes", "file"),
    Scenario("37c", "iban-exchanged", 3, why="why-no-witness", of="file"),
    Scenario("38", "hostile-signatures", 3, (Answer.HANDLED,)),
    Scenario("39", "mail-removed", 5, (Answer.ABSENCE,)),
    Scenario("C1", "added-signature", 4, (Answer.SIGNER, Answer.QUESTION)),
    Scenario("C2", "poisoned-mailbox", 6, KEY, "why-mailbox", "mailbox"),
    Scenario("C3", "footer-invented", 4, NAMED),
    Scenario("C4", "from-swapped-reply-to", 5, NAMED),
    Scenario("C5a", "body-hash-edited-copy", 4, Q),
    Scenario("C5b", "body-hash-edited-alone", 3, why="why-broken-is-common"),
    Scenario("C6", "intruder-signed", 4, (Answer.OTHER_HANDS, Answer.QUESTION)),
    Scenario("C7", "html-edited", 4, Q),
)
"""Row 40, the base rate, is no scenario: the report works it out from all rows. Rows 31 to 33 are twins."""

TWINS: tuple[Twin, ...] = (
    Twin("31", "list-broken", 20),
    Twin("32", "exported-again", 20),
    Twin("33", "key-rotated-lost", 20),
    Twin("T1", "disclaimer-copy", 12),
    Twin("T2", "quote-shortened", 10),
    Twin("T3", "figure-corrected", 8),
    Twin("T4", "clock-ahead", 10),
    Twin("T5", "selector-regenerated", 12),
    Twin("T6", "gateway-banner", 10),
    Twin("T7", "links-rewritten", 8),
    Twin("T8", "attachment-stripped", 8),
    Twin("T9", "sent-later", 8),
    Twin("T10", "other-time-zone", 8),
    Twin("T11", "new-device", 8),
    Twin("T12", "thread-years-old", 6),
    Twin("T13", "draft-and-sent", 6),
    Twin("T14", "monthly-template", 12),
    Twin("T15", "forwarded-attached", 8),
    Twin("T16", "electronic-stamp", 6),
    Twin("T17", "newsletter-html", 12),
    Twin("T18", "same-name-private", 8),
    Twin("T19", "group-domain", 8),
    Twin("T20", "arrived-late", 10),
    Twin("T21", "form-filled", 4, "file"),
    Twin("T22", "paper-stamped", 4, "file"),
    Twin("T23", "scan-recognised", 4, "file"),
    Twin("T24", "quote-revised", 4, "file"),
    Twin("T25", "monthly-invoices", 12, "file"),
    Twin("T26", "signature-file", 4, "file"),
    Twin("T27", "batch-by-assistant", 9, "file"),
    Twin("T28", "sheet-by-library", 4, "file"),
    Twin("T29", "next-edition", 4, "file"),
    Twin("T30", "template-used", 5, "file"),
    Twin("T31", "docx-packed-again", 4, "file"),
    Twin("T32", "worked-on", 4, "file"),
    Twin("T33", "archive-kept", 4, "file"),
    Twin("T34", "two-alphabets", 4, "file"),
    Twin("T35", "photo-by-messenger", 4, "file"),
    Twin("T36", "photo-cropped", 4, "file"),
)
"""As many as a full run holds at least; a smaller run holds fewer."""

TUNING_SEEDS = (11, 12, 13)
"""Thresholds may be looked at with these."""
REPORTING_SEEDS = (7001, 7002, 7003, 7004)
"""Figures are published with these, and with no others; nothing is ever adjusted after looking at them."""

BY_KEY: dict[str, Scenario] = {scenario.key: scenario for scenario in SCENARIOS}
