"""Domains where anybody may have a box."""

from crible.assess.boxes.notices import PROVIDERS

FREEMAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "gmx.com", "gmx.fr", "free.fr", "laposte.net", "sfr.fr", "wanadoo.fr",
        "hotmail.fr", "live.fr", "outlook.fr", "protonmail.com", "proton.me",
    }
).union(*(one.domains for one in PROVIDERS if one.boxes))  # fmt: skip
"""Domains whose addresses are anybody's: a box at one makes nobody else's mail from there its owner's own."""
