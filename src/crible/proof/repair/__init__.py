"""Diagnosis and repair: from the stored mail back to the signed one, by named steps, proven by the digests.

A signature with a known RSA key reveals the digest that the original canonical header had, and bh= among its tags is
the body's (RFC 6376 §3.7). `repair` tries what mail programs, lists and gateways are known to change, undone, until
the digests agree. It cannot invent: what does not hash to the digests is no answer.
"""

from collections.abc import Sequence

from crible.extract.mail.fields import Header
from crible.model.signature import Repair
from crible.proof.repair.mail import Mail
from crible.proof.repair.recipes import RECIPES
from crible.proof.repair.search import Found, Known, Target, search
from crible.proof.repair.tell import repaired, tell
from crible.proof.repair.work import WORK, Work, allowance

__all__ = ["RECIPES", "WORK", "Target", "repair", "repaired_bytes", "repairs", "restored"]


def repair(
    header: Header,
    body: bytes,
    target: Target,
    *,
    order: Sequence[str] = (),
    passages: Sequence[str] = (),
    people: Sequence[str] = (),
    work: int | None = None,
) -> Repair:
    """How the stored mail must be changed to give the digests that were signed.

    `body` is what follows `header.body_start` as stored, From-quoting included. `order` names steps that other mails
    of the container needed, tried first; `passages` are other texts of passages of this mail (from quotes, twins,
    drafts), tried where the words themselves may have been altered; `people` are mailboxes (`Name <address>`) that
    other mails of the thread name, tried as recipients. The answer depends on the arguments alone. Never
    raises on any bytes; the work done is at most `work`, in bytes hashed (None: `WORK` and
    eight times the size of the body).
    """
    mail = Mail(header, body, passages, people)
    return tell(mail, search(mail, target, order, Work(allowance(len(body), work))))


def repairs(
    header: Header,
    body: bytes,
    targets: Sequence[Target],
    *,
    order: Sequence[str] = (),
    passages: Sequence[str] = (),
    people: Sequence[str] = (),
    work: int | None = None,
) -> tuple[Repair, ...]:
    """The same for several signatures of one mail; each has its own `work`, a body sought twice is sought once."""
    found = restored(header, body, targets, order=order, passages=passages, people=people, work=work)
    return tuple(told for told, _ in found)


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
    """The same, each with the mail that it reaches, for anybody's verifier; None unless it is whole."""
    mail, known = Mail(header, body, passages, people), Known()
    answers = []
    for target in targets:
        found = search(mail, target, order, Work(allowance(len(body), work)), known)
        answers.append((tell(mail, found, known), _whole(mail, found)))
    return tuple(answers)


def repaired_bytes(
    header: Header,
    body: bytes,
    target: Target,
    *,
    order: Sequence[str] = (),
    passages: Sequence[str] = (),
    people: Sequence[str] = (),
    work: int | None = None,
) -> bytes | None:
    """The mail that `repair` with the same arguments reaches, for anybody's verifier; None unless it is whole."""
    mail = Mail(header, body, passages, people)
    return _whole(mail, search(mail, target, order, Work(allowance(len(body), work))))


def _whole(mail: Mail, found: Found) -> bytes | None:
    return None if found.forms is None or found.draft is None else repaired(mail, found)
