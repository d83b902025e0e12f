"""Keys for programs."""

from django.db import models

from crible.review.models.people import User


class Token(models.Model):
    """Lets a program act for a person in one case, never beyond that person's role. Only its hash is kept."""

    digest = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    case = models.CharField(max_length=36)
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    """Of `crible.review.rights.Right`: what it may at most."""
    made = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    """Last time."""
    revoked = models.DateTimeField(null=True)
