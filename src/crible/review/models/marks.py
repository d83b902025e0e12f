"""What people say of documents."""

from typing import ClassVar

from django.db import models

from crible.review.models.people import User


class Mark(models.Model):
    """Something said of one document of one case, by somebody, at some time."""

    case = models.CharField(max_length=36)
    document = models.CharField(max_length=64)
    """SHA-256 of its bytes, hex."""
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Asked by document, of one case."""

        abstract = True
        indexes: ClassVar = [models.Index(fields=["case", "document"])]


class State(Mark):
    """Where a document stands in the review; one row a document, none for what nobody touched."""

    state = models.CharField(max_length=16)
    """`to-read`, `relevant`, `irrelevant`, `to-verify` or `cleared`."""

    class Meta(Mark.Meta):
        """One state a document; counted and listed by state."""

        indexes: ClassVar = [models.Index(fields=["case", "state", "document"], name="by_state")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "document"], name="one_state_a_document")]


class Tag(models.Model):
    """A word of the team's own."""

    case = models.CharField(max_length=36)
    name = models.CharField(max_length=60)

    class Meta:
        """One spelling a case."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="one_tag_of_a_name")]


class Tagging(Mark):
    """A tag on a document."""

    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="taggings")

    class Meta(Mark.Meta):
        """Each tag once a document."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["tag", "document"], name="one_tagging")]


class Star(Mark):
    """One person's own mark: to be found again."""

    class Meta(Mark.Meta):
        """Once a person."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "document", "by"], name="one_star_a_person")]


class Note(Mark):
    """Words on a document, or on a passage of its text."""

    text = models.TextField()
    passage = models.TextField(default="")
    """The words it is about, as the text has them; empty for the whole document."""
    start = models.IntegerField(null=True)
    """Where the passage begins in the text, in characters."""
    removed = models.DateTimeField(null=True)
    """Taken back: no longer shown; the log keeps that it was there."""


class Assignment(Mark):
    """Who is to look at it; one row a document."""

    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assigned")

    class Meta(Mark.Meta):
        """One person a document."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "document"], name="one_assignment")]


class Decision(Mark):
    """What the team decided of a document, why, and whether a second person was asked and agreed."""

    decision = models.CharField(max_length=24)
    """`publish`, `withhold` or `verify-further`."""
    reason = models.TextField()
    two = models.BooleanField(default=False)
    """It counts only once a second person has agreed."""
    second = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    seconded = models.DateTimeField(null=True)
    agrees = models.BooleanField(null=True)
    second_reason = models.TextField(default="")
    replaced = models.DateTimeField(null=True)
    """A later decision took its place, or it was taken back."""


class Seen(Mark):
    """A person had it open."""

    last = models.DateTimeField(auto_now=True)

    class Meta(Mark.Meta):
        """One row a person."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "document", "by"], name="one_seen_a_person")]


class Opening(Mark):
    """A document taken from the closed shelf, with the reason given; it stays open for all of the case."""

    reason = models.TextField()

    class Meta(Mark.Meta):
        """Opened once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "document"], name="one_opening")]
