"""All questions crible puts, in the order they are put. Outsiders add theirs by the entry point group `crible.checks`.

An entry point names a `Check`. One that cannot be loaded, or that is no check, or that takes an id already given, is
left out; `outsiders` says which. Nothing here registers itself: what is not in `CHECKS` is not asked.
"""

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from crible.assess.check import Check
from crible.assess.checks.corpus import (
    batch,
    invoice_sequence,
    later_than_claim,
    loose,
    near_version,
    reference,
    same_number,
    saved_by_stranger,
)
from crible.assess.checks.file import archive_tells, arithmetic, look_alike_address, same_attachment
from crible.assess.checks.file import carried as file_carried
from crible.assess.checks.file import hidden_letters as file_hidden_letters
from crible.assess.checks.image import (
    credentials,
    exif,
    pasted,
    quantisation,
    screenshot_of_mail,
    taken_after,
)
from crible.assess.checks.image import thumbnail as image_thumbnail
from crible.assess.checks.mail import (
    alignment,
    ambiguous_header,
    anachronism,
    arc,
    box_order,
    carried,
    claims,
    client_mismatch,
    clocks,
    cohort,
    copies,
    dkim,
    doubled_headers,
    encoding,
    forwarded,
    habits,
    hidden_letters,
    html_against_plain,
    key_conflict,
    key_source,
    key_window,
    look_alike_sender,
    near_copy,
    other_hands,
    parents,
    pgp,
    quoted_in_reply,
    quotes_original,
    received_date,
    received_order,
    repair,
    shared_identifiers,
    signer_clock,
    smime,
    tail,
    thread_neighbours,
    time_zone,
    transit,
    twins,
    unsigned_headers,
    weak_key,
)
from crible.assess.checks.office import (
    cached_values,
    late_session,
    lineage,
    locale,
    packer,
    paths,
    summary,
    thumbnail,
    tracked_changes,
    version_age,
)
from crible.assess.checks.office import dates as office_dates
from crible.assess.checks.pdf import dates as pdf_dates
from crible.assess.checks.pdf import (
    editor,
    hidden_text,
    page_provenance,
    producer_age,
    scan_marks,
    text_against_picture,
)
from crible.assess.checks.pdf import fonts as pdf_fonts
from crible.assess.checks.pdf import lineage as pdf_lineage
from crible.assess.checks.pdf import revisions as pdf_revisions
from crible.assess.checks.pdf import shadow as pdf_shadow
from crible.assess.checks.pdf import signature as pdf_signature

CHECKS: tuple[Check, ...] = (
    dkim.CHECK,
    alignment.CHECK,
    transit.CHECK,
    arc.CHECK,
    smime.CHECK,
    pgp.CHECK,
    repair.CHECK,
    weak_key.CHECK,
    key_source.CHECK,
    cohort.CHECK,
    key_conflict.CHECK,
    key_window.CHECK,
    claims.CHECK,
    other_hands.CHECK,
    tail.CHECK,
    doubled_headers.CHECK,
    ambiguous_header.CHECK,
    unsigned_headers.CHECK,
    signer_clock.CHECK,
    clocks.CHECK,
    received_date.CHECK,
    parents.CHECK,
    box_order.CHECK,
    anachronism.CHECK,
    time_zone.CHECK,
    received_order.CHECK,
    shared_identifiers.CHECK,
    habits.CHECK,
    client_mismatch.CHECK,
    encoding.CHECK,
    hidden_letters.CHECK,
    html_against_plain.CHECK,
    twins.CHECK,
    copies.CHECK,
    carried.CHECK,
    quoted_in_reply.CHECK,
    forwarded.CHECK,
    quotes_original.CHECK,
    near_copy.CHECK,
    thread_neighbours.CHECK,
    look_alike_sender.CHECK,
    file_carried.CHECK,
    file_hidden_letters.CHECK,
    arithmetic.CHECK,
    look_alike_address.CHECK,
    invoice_sequence.CHECK,
    exif.CHECK,
    taken_after.CHECK,
    image_thumbnail.CHECK,
    quantisation.CHECK,
    credentials.CHECK,
    pasted.CHECK,
    screenshot_of_mail.CHECK,
    same_attachment.CHECK,
    near_version.CHECK,
    same_number.CHECK,
    reference.CHECK,
    archive_tells.CHECK,
    office_dates.CHECK,
    version_age.CHECK,
    cached_values.CHECK,
    packer.CHECK,
    lineage.CHECK,
    late_session.CHECK,
    tracked_changes.CHECK,
    paths.CHECK,
    summary.CHECK,
    locale.CHECK,
    thumbnail.CHECK,
    batch.CHECK,
    saved_by_stranger.CHECK,
    later_than_claim.CHECK,
    loose.CHECK,
    pdf_signature.CHECK,
    pdf_revisions.CHECK,
    pdf_shadow.CHECK,
    pdf_lineage.CHECK,
    pdf_dates.CHECK,
    producer_age.CHECK,
    editor.CHECK,
    pdf_fonts.CHECK,
    text_against_picture.CHECK,
    page_provenance.CHECK,
    hidden_text.CHECK,
    scan_marks.CHECK,
)
GROUP = "crible.checks"


def every() -> tuple[Check, ...]:
    """Our checks, then the outsiders'."""
    return CHECKS + outsiders()[0]


@cache
def local() -> tuple[Check, ...]:
    """Checks that need one document only: asked in the worker, at read."""
    return tuple(check for check in every() if check.look is not None)


@cache
def corpus() -> tuple[Check, ...]:
    """Checks that need keys or other documents: asked after the barrier."""
    return tuple(check for check in every() if check.look_around is not None)


@cache
def outsiders() -> tuple[tuple[Check, ...], tuple[str, ...]]:
    """Checks of installed packages, by name of their entry point, and the names of those left out."""
    taken = {check.id for check in CHECKS}
    found: list[Check] = []
    refused: list[str] = []
    for point in sorted(_points(), key=lambda point: (point.name, point.value)):
        try:
            check = point.load()
        except Exception:  # noqa: BLE001 a stranger's package may fail in any way, and must not end a run
            refused.append(point.name)
            continue
        if isinstance(check, Check) and check.id not in taken:
            taken.add(check.id)
            found.append(check)
        else:
            refused.append(point.name)
    return tuple(found), tuple(refused)


def _points() -> tuple[EntryPoint, ...]:
    try:
        return tuple(entry_points(group=GROUP))
    except OSError:  # behind the sandbox's walls, where `crible.assess.run.prepare` was not called before
        return ()
