"""Who works at the desk, in which case as what, and how they came in."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class User(AbstractBaseUser):
    """A person. `password` is Django's hash, or unusable for whoever enters by link only."""

    name = models.CharField(max_length=64, unique=True)
    """What they log in by."""
    shown = models.CharField(max_length=80, default="")
    """What colleagues read; the name where empty."""
    owner = models.BooleanField(default=False)
    """Holds the terminal that the desk was started from: admin of every case served there."""
    is_active = models.BooleanField(default=True)
    joined = models.DateTimeField(auto_now_add=True)

    visit: "Visit | None" = None
    """The session by which they ask, where there is one; no column."""

    objects = BaseUserManager["User"]()
    USERNAME_FIELD = "name"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.shown or self.name


class Membership(models.Model):
    """A person's role in one case."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    case = models.CharField(max_length=36, db_index=True)
    role = models.CharField(max_length=16)
    """Of `crible.review.rights.Role`."""
    fresh = models.DateTimeField(null=True)
    """Sessions that began before that open the case no more; set by an admin who may end them here only."""

    class Meta:
        """One role a case."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "case"], name="one_role_a_case")]


class Invitation(models.Model):
    """A link that makes an account, or adds a case to one, once. Only its hash is kept."""

    digest = models.BinaryField(max_length=32, unique=True)
    case = models.CharField(max_length=36)
    role = models.CharField(max_length=16)
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invited")
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)
    who = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    """Who came by it."""


class Reset(models.Model):
    """A link that sets a forgotten password anew, once. Only its hash is kept."""

    digest = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="resets")
    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)


class Visit(models.Model):
    """One session of a person; ended ones are kept, so that the list says who was in when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="visits")
    session = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the session key, hex: whoever reads this table cannot enter by it."""
    since = models.DateTimeField(auto_now_add=True)
    last = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=64, default="")
    agent = models.CharField(max_length=200, default="")
    ended = models.DateTimeField(null=True)


class Attempt(models.Model):
    """A login, link or token tried and refused: what rate limits count."""

    key = models.CharField(max_length=80, db_index=True)
    """What is limited: `name:…` or `address:…`."""
    at = models.DateTimeField(auto_now_add=True, db_index=True)
