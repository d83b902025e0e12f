"""Searches kept, what was searched without a find, and the case's own days."""

from typing import ClassVar

from django.db import models

from crible.review.models.people import User


class SavedSearch(models.Model):
    """A search to come back to. Everything it asks is in its address."""

    case = models.CharField(max_length=36, db_index=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    name = models.CharField(max_length=120)
    asked = models.TextField()
    """Query string of the search page, without page."""
    shared = models.BooleanField(default=False)
    """Shown to everybody of the case."""


class SearchRun(models.Model):
    """One search that somebody ran: what makes "nothing was found" a finding. The last of the same kind is kept."""

    case = models.CharField(max_length=36)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    first = models.DateTimeField(auto_now_add=True)
    last = models.DateTimeField(auto_now=True)
    times = models.IntegerField(default=1)
    asked = models.TextField()
    """Query string of the search page, without page and order."""
    digest = models.CharField(max_length=64, default="")
    """SHA-256, hex, of `asked`: a query may be longer than what a database can index."""
    found = models.BigIntegerField()
    """Messages and files, copies counted once."""
    searched = models.BigIntegerField()
    """Documents that the index held then."""
    unread = models.BigIntegerField(default=0)
    """Pages not yet read then."""

    class Meta:
        """One row for what one person asked."""

        indexes: ClassVar = [models.Index(fields=["case", "last"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "by", "digest"], name="one_run_a_person_and_query"),
        ]


class TermList(models.Model):
    """Names or terms searched one by one: kept, so that the answer has an address of its own."""

    case = models.CharField(max_length=36, db_index=True)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    lines = models.JSONField()
    """As pasted, each once, in their order."""
    queries = models.BooleanField(default=False)
    """Each line is a query; otherwise words in a row."""


class CalendarDay(models.Model):
    """A day that matters to the case (a debate, a vote, a leak), drawn over its timeline."""

    case = models.CharField(max_length=36, db_index=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    day = models.CharField(max_length=10)
    """ISO date, in the case's zone."""
    until = models.CharField(max_length=10, default="")
    """Last day of a span; empty for one day."""
    label = models.CharField(max_length=200)


class Look(models.Model):
    """When a person last saw a case's overview, and the figures then: what makes "since yesterday" sayable."""

    case = models.CharField(max_length=36)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.CharField(max_length=10)
    """ISO date, in the case's zone; one row a day."""
    at = models.DateTimeField(auto_now=True)
    figures = models.JSONField()

    class Meta:
        """One row a day."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "by", "day"], name="one_look_a_day")]
