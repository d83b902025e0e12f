"""Mails that we put together from Outlook items: whether one that says so of itself lies where such mails come from."""

from dataclasses import replace

from crible.extract.mail.header import INCOMPLETE, REBUILT
from crible.model.facts import Reading
from crible.store.models import Entry

OUTLOOK = ("msg", "pst", "tnef")
CLAIMED = "rebuilt-claimed"


def believed(document: int, reading: Reading) -> Reading:
    """The reading, without the defect `rebuilt` where only the mail's own header says it.

    Anybody can type X-Crible-Rebuilt, and what differs from a signed copy is asked more softly of what Outlook rendered
    anew. What lists a mail was read on a level above it, so the answer does not depend on timing.
    """
    mail = reading.mail
    if mail is None or REBUILT not in mail.defects:
        return reading
    if Entry.objects.filter(document=document, parent__container__in=OUTLOOK).exists():
        return reading
    others = (defect for defect in mail.defects if defect not in (REBUILT, INCOMPLETE))
    return replace(reading, mail=replace(mail, defects=(*others, CLAIMED)))
