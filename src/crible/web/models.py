"""What the desk itself keeps, in its own database: nothing of any case."""

from django.db import models


class LoginLink(models.Model):
    """A link that lets its bearer in, once. Only its hash is kept: whoever reads the database cannot enter."""

    digest = models.BinaryField(max_length=32, unique=True)
    """SHA-256 of the token."""
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
