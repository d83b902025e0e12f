"""Facts of one case. Written only by the coordinator, in transactions of at most 1,000 rows; read by everybody.

A *document* is a run of bytes, met once or often; an *entry* is one place where a container lists it, one line of the
ledger. Entries form a directed graph over documents, so that nothing is read twice and no path is lost. What each
stage found is inserted beside the document and never updated in place: `Reading` (read), `Signature` (read, judged
again when keys arrive), `Standing`, `Relation`, `Evidence`, `Weighing` (weigh).
"""

from typing import ClassVar

from django.db import models

from crible.model.ledger import State


class Source(models.Model):
    """One thing the user named on the command line."""

    label = models.CharField(max_length=255, unique=True)
    location = models.TextField()
    """Absolute path where it was taken from."""
    kind = models.CharField(max_length=16)
    """`file` or `folder`."""
    reference = models.BooleanField(default=False, db_default=False)
    """Not of the dump: official accounts, press files, an earlier release."""
    listed = models.BigIntegerField(default=0)
    taken = models.BooleanField(default=False)
    """Every file of it is an entry."""


class Blob(models.Model):
    """Bytes kept once, by their hash: in the case's blobs, or in place where the user asked for that."""

    sha256 = models.BinaryField(max_length=32, unique=True)
    size = models.BigIntegerField()
    origin = models.TextField(default="")
    """Absolute path of bytes left in place; empty for bytes in the case."""


class Document(models.Model):
    """A run of bytes: the unit of work and of grading. Identity is the SHA-256 of the bytes as stored."""

    sha256 = models.BinaryField(max_length=32, unique=True)
    size = models.BigIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="documents")
    offset = models.BigIntegerField(default=0)
    depth = models.IntegerField()
    """Levels below its source, of the shallowest entry. Levels are worked off in order, so that what a budget refuses
    and which path is first never depend on timing."""
    path = models.TextField()
    """Of the first entry: the shallowest, then the smallest."""
    mail = models.BooleanField(default=False)
    """A container vouched that this is a mail."""
    vouched = models.BooleanField(default=False, db_default=False)
    """One that is `mail` only from the end of its level on: a container vouched for it when it may have been read."""
    reference = models.BooleanField(default=False, db_default=False)
    """Met in references only: compared with, and no part of the dump. Set once everything is read."""
    quoted = models.BooleanField(default=False)
    """Met in an mbox, so From-quoting may apply."""
    state = models.CharField(max_length=16, default=State.TODO)
    reason = models.JSONField(null=True)
    attempts = models.IntegerField(default=0)
    """How often a live coordinator saw its worker die on this."""
    isolation = models.CharField(max_length=8, default="")
    container = models.CharField(max_length=16, default="")
    """Kind of container, for those; `mail` for a mail with parts."""
    listed = models.BigIntegerField(null=True)
    """Members its own directory or splitter lists; None until it is walked to the end."""
    framing = models.BigIntegerField(default=0)
    remainder = models.JSONField(null=True)
    remainder_bytes = models.BigIntegerField(default=0)
    checkpoint = models.JSONField(null=True)
    """[ordinal, offset] from which an interrupted walk goes on."""

    class Meta:
        """Work is claimed by state and level."""

        indexes: ClassVar = [models.Index(fields=["state", "depth"])]


class Entry(models.Model):
    """One place where something is listed: one line of the ledger."""

    parent = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="members")
    source = models.ForeignKey(Source, null=True, on_delete=models.PROTECT, related_name="entries")
    """Set where there is no parent document."""
    ordinal = models.BigIntegerField()
    name = models.TextField()
    raw_name = models.BinaryField(default=b"")
    path = models.TextField(db_index=True)
    depth = models.IntegerField()
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="entries")
    state = models.CharField(max_length=16, default="")
    """Final state of an entry that has no document."""
    reason = models.JSONField(null=True)
    offset = models.BigIntegerField(default=0)
    """Span in the parent: of the slice, or of the encoded form."""
    length = models.BigIntegerField(default=0)
    declared = models.BigIntegerField(null=True)
    instants = models.JSONField(default=list)

    class Meta:
        """A member is listed once, however often its container is walked."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["parent", "ordinal"], name="one_entry_per_ordinal"),
            models.UniqueConstraint(fields=["source", "ordinal"], name="one_entry_per_source_ordinal"),
        ]


class Reading(models.Model):
    """What a reader found in a document."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="reading")
    version = models.IntegerField()
    kind = models.CharField(max_length=8)
    """`mail` or `file`."""
    mime = models.CharField(max_length=255)
    language = models.CharField(max_length=8, default="")
    wire = models.BinaryField(max_length=32, db_index=True)
    message_id = models.TextField(default="", db_index=True)
    in_reply_to = models.TextField(default="", db_index=True)
    sender = models.TextField(default="")
    """Address of the first From mailbox."""
    sender_domain = models.CharField(max_length=255, default="", db_index=True)
    subject = models.TextField(default="")
    date = models.BigIntegerField(null=True, db_index=True)
    """Unix seconds of the Date header, or of the file's own modification date."""
    facts = models.BinaryField()
    """`model.facts.Reading` without its text, as MessagePack."""
    text = models.BinaryField(default=b"")
    """As `sift.packing` packs it: UTF-8, deflated where long."""
    characters = models.IntegerField(default=0)
    local = models.BinaryField(default=b"")
    """Evidence of the local checks and their silent set, as MessagePack."""
    sketch = models.BinaryField(default=b"")
    """Of its own text (`crible.index.sketch`); empty for short texts and for mail of lists."""
    paper = models.CharField(max_length=200, default="", db_default="", db_index=True)
    """Issuer and number of a financial paper, folded; empty where either is unknown."""


class Signature(models.Model):
    """One DKIM signature: all that one RSA operation needs when a key arrives later, and the present result."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures")
    scheme = models.CharField(max_length=16)
    index = models.IntegerField()
    domain = models.CharField(max_length=255)
    selector = models.CharField(max_length=255)
    algorithm = models.CharField(max_length=32)
    signature = models.BinaryField()
    header_digest = models.BinaryField()
    body_digest = models.BinaryField()
    body_hash = models.BinaryField()
    length = models.BigIntegerField(null=True)
    result = models.BinaryField()
    """`model.signature.SignatureResult` as MessagePack."""
    word = models.CharField(max_length=16)
    repaired = models.CharField(max_length=64, default="", db_default="")
    """What the last repair was tried with (version, key, candidates); empty where none was."""

    class Meta:
        """A key that arrives finds its signatures."""

        indexes: ClassVar = [models.Index(fields=["domain", "selector"])]


class Standing(models.Model):
    """A mail that its own signatures prove, in full or in part; no row where they prove nothing."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="standing")
    full = models.BooleanField()
    part = models.BooleanField()
    domain = models.CharField(max_length=255)
    signed_at = models.BigIntegerField(null=True)
    facts = models.BinaryField()
    """`assess.relations.Standing` as MessagePack."""


class Relation(models.Model):
    """An edge between two documents, found set-wise after the barrier."""

    kind = models.CharField(max_length=8)
    """`twin`, `copy`, `quote`, `quoting`, `thread`, `near`, `version`, `attached` or `within`."""
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="relations")
    other = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="related_by")
    facts = models.BinaryField()
    """The relation's dataclass of `assess.relations`, as MessagePack."""


class Version(models.Model):
    """A document's place among its versions: near copies of one another, none of them vouched for by that."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="version")
    cluster = models.BinaryField(max_length=32, db_index=True)
    """SHA-256 of the member with the smallest id."""
    ordinal = models.IntegerField()
    """Its place, from 0: by lineage where all share one, else by the documents' own dates, the undatable last."""
    by = models.CharField(max_length=8, default="")
    """`lineage`, `date`, or empty for one that says no date."""
    similarity = models.IntegerField()
    """Per cent of words shared with the likest of the others."""


class Evidence(models.Model):
    """One answer that matters: a message key and parameters, never a sentence."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="evidence")
    ordinal = models.IntegerField()
    check_id = models.CharField(max_length=64, db_index=True)
    version = models.IntegerField()
    inputs = models.BinaryField(max_length=16)
    """Hash of what the check was given."""
    says = models.CharField(max_length=16)
    strength = models.CharField(max_length=16)
    bears_on = models.CharField(max_length=16)
    message = models.CharField(max_length=64)
    params = models.JSONField()
    where = models.TextField(default="")
    refs = models.JSONField(default=list)
    spans = models.JSONField(default=list)


class Examination(models.Model):
    """One examination of a document that takes more than a reader's time; a row waits from the moment of reading."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="examinations")
    kind = models.CharField(max_length=16)
    """Of `crible.sift.examiner.EXAMINERS`: `pdf`, `c2pa`, `ocr`."""
    state = models.CharField(max_length=16, default=State.TODO)
    reason = models.JSONField(null=True)
    pages = models.IntegerField(default=1)
    """How many it is about: until it is done, nothing of them is searchable."""
    facts = models.BinaryField(default=b"")
    """The kind's dataclass of `model.examined`, as MessagePack."""
    text = models.BinaryField(default=b"")
    """Recognised text, as `sift.packing` packs it."""

    class Meta:
        """Each kind once a document; work is claimed by kind and state."""

        indexes: ClassVar = [models.Index(fields=["kind", "state"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "kind"], name="one_examination_of_a_kind"),
        ]


class Remark(models.Model):
    """Something said of a box, a key or the whole dump rather than of one document: absences, owners, traces."""

    kind = models.CharField(max_length=16, db_index=True)
    """`absence`, `owner`, `intrusion` …"""
    box = models.TextField(default="", db_index=True)
    """Path of the box it is about; empty for the whole dump."""
    ordinal = models.IntegerField()
    """Its place among the remarks of its kind."""
    message = models.CharField(max_length=64)
    """Key of domain `remarks`."""
    params = models.JSONField()
    strength = models.CharField(max_length=16, default="none")
    day = models.CharField(max_length=10, default="")
    """ISO date it falls on, where it does."""
    refs = models.JSONField(default=list)
    """Ids (SHA-256, hex) of documents behind it, at most 50, sorted."""
    count = models.BigIntegerField(default=0)
    """How many documents there are."""


class Weighing(models.Model):
    """The answer for one document."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT, related_name="weighing")
    level = models.CharField(max_length=16, db_index=True)
    correspondence = models.CharField(max_length=16, db_index=True)
    """`bulk`, `received`, `sent`, `attached` or `loose`: grades are told per class, never one share for all."""
    questions = models.IntegerField(default=0)
    grade = models.JSONField()
    """`model.grade.Grade`."""
    silent = models.JSONField()
    """Ids of the checks that looked and had nothing to say."""
    sort = models.CharField(max_length=24, default="", db_default="", db_index=True)
    """Class of the paper (`crible.extract.classes`); empty where nothing speaks for one."""
    private = models.BooleanField(default=False, db_default=False, db_index=True)
    """It looks private: on the closed shelf."""
    private_why = models.JSONField(default=list)
    """Keys of domain `classes`."""
    family = models.CharField(max_length=64, db_index=True)
    thread = models.TextField(db_index=True)
    digest = models.BinaryField(max_length=16)
    """Hash of the whole answer: a weighing that says the same again is not rewritten."""
