"""Public keys of signing domains: where each was seen, when, and whether its private half is out."""

from crible.proof.keyring.key import Key
from crible.proof.keyring.record import BadRecord, parse_record
from crible.proof.keyring.ring import KeyRing

__all__ = ["BadRecord", "Key", "KeyRing", "parse_record"]
