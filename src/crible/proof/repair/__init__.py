"""Diagnosis and repair: from the stored mail back to the signed one, by named steps, proven by the digests.

A signature with a known RSA key reveals the digest that the original canonical header had, and bh= among its tags is
the body's (RFC 6376 §3.7). `restored` tries what mail programs, lists and gateways are known to change, undone, until
the digests agree. It cannot invent: what does not hash to the digests is no answer.
"""

from collections.abc import Sequence

from crible.extract.mail.fields import Header
from crible.model.signature import Repair
from crible.proof.repair.mail import Mail
from crible.proof.repair.recipes import RECIPES
from crible.proof.repair.search import Known, Target, search
from crible.proof.repair.tell import repaired, tell
from crible.proof.repair.work import WORK, Work, allowance

__all__ = ["RECIPES", "WORK", "Target", "restored"]


def restored(
    header: Header,
    body: bytes,
    targets: Sequence[Target],
    *,
    order: Sequence[str] = (),
    passages: Sequence[str] = (),
    people: Sequence[str] = (),
    work: int | None = None,
) -> tuple[tuple[Repair, bytes | None], ...]:
    """How the stored mail must be changed to give the digests of each signature, and the mail that this reaches.

    The mail is for anybody's verifier, and None unless the repair is whole. `body` is what follows
    `header.body_start` as stored, From-quoting included. `order` names steps that other mails of the container needed,
    tried first; `passages` are other texts of passages of this mail (from quotes, twins, drafts), tried where the words
    themselves may have been altered; `people` are mailboxes (`Name <address>`) that other mails of the thread name,
    tried as recipients. The answer depends on the arguments alone. Never raises on any bytes; the work done for each
    signature is at most `work`, in bytes hashed (None: `WORK` and eight times the size of the body), and a body sought
    twice is sought once.
    """
    mail, known = Mail(header, body, passages, people), Known()
    answers = []
    for target in targets:
        found = search(mail, target, order, Work(allowance(len(body), work)), known)
        whole = found.forms is not None and found.draft is not None
        answers.append((tell(mail, found, known), repaired(mail, found) if whole else None))
    return tuple(answers)
