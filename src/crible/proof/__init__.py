"""Cryptography on exact bytes: signatures, keys, and what they do and do not vouch for."""
