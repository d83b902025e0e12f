"""What a grade says beside its level: content, origin, time, delivery, badges, limits, and what would change it.

Literal tables from what a check said (domain `evidence`) to what the grade then says (domain `grades`).
"""

from collections.abc import Sequence

from crible.model.evidence import Param, Weighed
from crible.model.grade import Level, Said

CONTENT = {
    "dkim-pass": "content-unchanged",
    "twin-proven": "content-twin",
    "copy-covered": "content-covered",
    "dkim-pass-part": "content-part",
    "dkim-pass-prefix": "content-prefix",
    "transit-google": "content-google",
    "transit-shared-key": "content-handled",
    "arc-pass": "content-handled",
    "arc-pass-said": "content-handled",
    "smime-pass": "content-enclosed",
    "pgp-pass": "content-enclosed",
    "carried-mail": "content-carried",
    "carried-mail-handled": "content-carried-handled",
    "carried-mail-made": "content-carried-made",
    "carried-file": "content-carried",
    "carried-file-handled": "content-carried-handled",
    "carried-file-made": "content-carried-made",
    "copy-covered-part": "content-part",
    "copy-same-text": "content-same-text",
    "copy-differs-signed": "content-differs",
    "attachment-differs-signed": "content-differs",
    "repair-changed": "content-repaired",
    "repair-words": "content-differs-own",
}
"""By the first reason of the level."""
CONTENT_OF_LEVEL = {
    Level.CORROBORATED: "content-corroborated",
    Level.QUESTIONED: "content-questioned",
    Level.UNATTESTED: "content-open",
}

ORIGIN = {
    "dkim-pass": "origin-signer",
    "twin-proven": "origin-signer",
    "copy-covered": "origin-signer",
    "dkim-pass-part": "origin-handled",
    "dkim-pass-prefix": "origin-handled",
    "transit-google": "origin-google",
    "transit-shared-key": "origin-handled",
    "arc-pass": "origin-handled",
    "arc-pass-said": "origin-handled",
    "smime-pass": "origin-enclosed",
    "pgp-pass": "origin-enclosed",
    "carried-mail": "origin-carrier",
    "carried-mail-handled": "origin-carrier",
    "carried-mail-made": "origin-carrier",
    "carried-file": "origin-carrier",
    "carried-file-handled": "origin-carrier",
    "carried-file-made": "origin-carrier",
    "repair-changed": "origin-handled",
}
DELIVERY = {"mail": "delivery-never", "file": "delivery-file"}

BADGES = {
    "key-one-source": "single-source-key",
    "key-user": "user-key",
    "key-short": "short-key",
    "key-published": "published-key",
    "key-unanchored": "unknown-signer",
    "key-conflict": "two-keys",
    "key-rivalled": "two-keys",
    "key-conflict-cohort": "two-keys",
    "key-conflict-anchored": "two-keys",
    "other-hands": "other-hands",
}
PROVISIONAL = "provisional"

LIMITS = {
    "unsigned-fields": "limit-unsigned",
    "tail-unsigned": "limit-tail",
    "tail-all": "limit-tail-all",
    "key-one-source": "limit-one-source",
    "key-user": "limit-user-key",
    "key-short": "limit-short-key",
    "key-published": "limit-published-key",
    "key-unanchored": "limit-unanchored",
    "key-conflict": "limit-two-keys",
    "key-rivalled": "limit-two-keys",
    "key-conflict-cohort": "limit-two-keys",
    "key-conflict-anchored": "limit-two-keys",
    "other-hands": "limit-other-hands",
    "dkim-no-key": "limit-no-key",
    "transit-no-key": "limit-no-key",
    "dkim-undecided": "limit-undecided",
    "smime-pass": "limit-enclosed",
    "pgp-pass": "limit-enclosed",
    "copy-only-added": "limit-added",
    "repair-header-only": "limit-body-unreached",
    "check-failed": "limit-check-failed",
}
CHANGES = {
    "dkim-no-key": "change-key",
    "transit-no-key": "change-key",
    "arc-no-key": "change-key",
    "pgp-no-key": "change-openpgp",
    "key-unanchored": "change-anchor",
    "key-conflict": "change-anchor",
    "key-rivalled": "change-anchor",
    "key-conflict-cohort": "change-anchor",
    "copy-differs-signed": "change-archive",
    "attachment-differs-signed": "change-archive",
    "repair-words": "change-archive",
    "repair-header-only": "change-original",
    "copy-differs-both-signed": "change-archive",
    "copy-differs": "change-archive",
    "quoted-otherwise": "change-original",
    "quoted-otherwise-signed": "change-original",
    "forwarded-otherwise": "change-original",
    "quotes-otherwise": "change-archive",
    "near-copy": "change-archive",
}
CHANGE_PROVEN = "change-proven"
CHANGE_BY_KIND = {"mail": "change-mail", "file": "change-file"}
MOST = 12


def content(level: Level, reasons: Sequence[Weighed]) -> Said:
    """What is unchanged since when, or what differs."""
    if level in CONTENT_OF_LEVEL:
        return Said(CONTENT_OF_LEVEL[level], {"count": len(reasons)})
    first = reasons[0].evidence
    return Said(CONTENT[first.message], dict(first.params))


def origin(rows: Sequence[Weighed], reasons: Sequence[Weighed]) -> Said:
    """Which domain's key holder; the answer of a check that the account was in other hands comes first."""
    spoiled = next((row.evidence for row in rows if row.evidence.message == "other-hands"), None)
    if spoiled:
        return Said("origin-other-hands", dict(spoiled.params))
    first = reasons[0].evidence if reasons else None
    if first and first.params.get("aligned") and "From" in _listed(first.params.get("fields")):
        return Said("origin-signer", dict(first.params))
    if first and first.message in ORIGIN:
        return Said(ORIGIN[first.message], dict(first.params))
    return Said("origin-open")


def delivery(kind: str) -> Said:
    """Never shown by a signature: who received a mail stands in no field that one covers."""
    return Said(DELIVERY[kind])


def times(level: Level, reasons: Sequence[Weighed]) -> tuple[str | None, str | None]:
    """Not before and not after, ISO 8601: by t= of the signature, or of the earliest mail that carries the bytes.

    A mail was not sent before its own domain signed it. What another domain handled, or a mail carries, may be older.
    """
    if level not in (Level.PROVEN, Level.PARTLY_PROVEN):
        return None, None
    stated = [str(row.evidence.params.get("signed") or row.evidence.params.get("by") or "") for row in reasons]
    after = min((moment for moment in stated if moment), default=None)
    before = next((moment for moment in stated if moment), None) if level is Level.PROVEN else None
    return before, after


def badges(rows: Sequence[Weighed], provisional: bool) -> tuple[str, ...]:
    """Marks beside the level, sorted."""
    found = {BADGES[row.evidence.message] for row in rows if row.evidence.message in BADGES}
    return tuple(sorted(found | ({PROVISIONAL} if provisional else set())))


def limits(rows: Sequence[Weighed]) -> tuple[Said, ...]:
    """What was not covered or could not be checked, strongest remarks first, each once."""
    found = [Said(LIMITS[row.evidence.message], dict(row.evidence.params)) for row in _of(rows, LIMITS)]
    if any(row.evidence.message == "dkim-pass" and not row.evidence.params.get("signed") for row in rows):
        found.append(Said("limit-no-clock"))
    return _once(found)


def would_change(kind: str, level: Level, rows: Sequence[Weighed]) -> tuple[Said, ...]:
    """What would change the answer; for a proven document, only news of its key or account."""
    if level is Level.PROVEN:
        return (Said(CHANGE_PROVEN),)
    found = [Said(CHANGES[row.evidence.message], _who(row)) for row in _of(rows, CHANGES)]
    return _once([*found, Said(CHANGE_BY_KIND[kind])])


def _listed(param: Param | None) -> list[str]:
    return param if isinstance(param, list) else []


def _of(rows: Sequence[Weighed], table: dict[str, str]) -> list[Weighed]:
    return [row for row in rows if row.evidence.message in table]


def _who(row: Weighed) -> dict[str, Param]:
    return {name: row.evidence.params[name] for name in ("domain", "selector") if name in row.evidence.params}


def _once(said: list[Said]) -> tuple[Said, ...]:
    kept: list[Said] = []
    for item in said:
        if item not in kept:
            kept.append(item)
    return tuple(kept[:MOST])
