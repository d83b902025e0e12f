"""A second factor of an account, and the cases that ask for one."""

from django.db import models

from crible.review.models.people import User


class Factor(models.Model):
    """The secret that a person's authenticator shares with the desk."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="factor")
    sealed = models.BinaryField(max_length=64)
    """By `crible.review.sealed`: whoever copies this database alone makes no code from it."""
    made = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    """When a code proved that the authenticator has it; nothing is asked for before."""
    last = models.BigIntegerField(default=0)
    """The time step of the code accepted last: none of it, and none before, is accepted again."""


class RecoveryCode(models.Model):
    """Stands for a code once, where the authenticator is lost. Only its hash is kept."""

    factor = models.ForeignKey(Factor, on_delete=models.CASCADE, related_name="codes")
    digest = models.BinaryField(max_length=32)
    used = models.DateTimeField(null=True)


class Requirement(models.Model):
    """A case that opens to nobody without a second factor; no row for one that asks for none."""

    case = models.CharField(max_length=36, unique=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
