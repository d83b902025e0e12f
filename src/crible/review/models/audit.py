"""The log: appended to, never changed, each line holding the hash of the one before."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing done. Names are written out, not referred to: a line must say the same when an account is gone."""

    case = models.CharField(max_length=36, default="")
    """Empty for what concerns the desk as a whole; each case has a chain of its own."""
    number = models.BigIntegerField()
    """From 1, without gaps."""
    at = models.CharField(max_length=32)
    """ISO 8601, UTC, microseconds: text, so that its hash is the same on every database."""
    by = models.CharField(max_length=64)
    """Login name; `crible` for what nobody in particular did."""
    act = models.CharField(max_length=32)
    """Key of domain `acts` of the words."""
    document = models.CharField(max_length=64, default="", db_index=True)
    """SHA-256, hex, where it is about one."""
    params = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    """Hash of the entry before; 64 zeros for the first."""
    hash = models.CharField(max_length=64)
    """SHA-256, hex, over the canonical JSON of all of the above (`crible.review.audit`)."""

    class Meta:
        """Numbers stand once; a person's own lines are asked for, last first."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "number"], name="one_entry_a_number")]
        indexes: ClassVar = [models.Index(fields=["case", "by", "number"], name="own_lines")]


class Head(models.Model):
    """The end of a case's chain: held while a line is added, so that lines come one after the other."""

    case = models.CharField(max_length=36, unique=True)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64)


class Stamp(models.Model):
    """A proof from outside that the head of a log stood so at a time."""

    case = models.CharField(max_length=36, default="")
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    """`rfc3161` for a time-stamp token kept here, `said` for what somebody stated."""
    said = models.TextField(default="")
    """Where it was deposited or printed."""
    token = models.BinaryField(default=b"")
    """The RFC 3161 token, DER."""
    facts = models.JSONField(default=dict)
    """What was read from the token: time, authority, whether it is over this hash."""
