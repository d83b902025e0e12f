"""Recovery codes: ten, each good once, for whoever lost the authenticator."""

import base64
import secrets

from django.utils import timezone

from crible.review import onetime, totp
from crible.review.models import Factor, RecoveryCode

MANY = 10
BYTES = 15
"""120 random bits, 24 letters: enough for a plain hash, which ASVS 2.6.2 allows from 112."""
LETTERS = BYTES * 8 // 5


def make(factor: Factor) -> list[str]:
    """Fresh ones, told once, in groups of four; earlier ones are good for nothing from then on."""
    codes = [base64.b32encode(secrets.token_bytes(BYTES)).decode() for _ in range(MANY)]
    RecoveryCode.objects.filter(factor=factor).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, digest=onetime.digest(one)) for one in codes)
    return [totp.grouped(one) for one in codes]


def spend(factor: Factor, typed: str) -> bool:
    """Use one up, in whatever case and spacing it was typed. Of two at once, one holds."""
    bare = typed.replace(" ", "").replace("-", "").upper()
    if len(bare) != LETTERS:
        return False
    unused = RecoveryCode.objects.filter(factor=factor, digest=onetime.digest(bare), used=None)
    return bool(unused.update(used=timezone.now()))


def left(factor: Factor) -> int:
    """How many are still good."""
    return RecoveryCode.objects.filter(factor=factor, used=None).count()
