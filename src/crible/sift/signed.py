"""The text that was signed, where a mail's own signature led back to another one than is stored."""

from dataclasses import dataclass

from crible.assess.relations import Change
from crible.model.signature import SignatureResult, Step
from crible.sift.packing import unpack
from crible.store.models import Signature


@dataclass(frozen=True, slots=True)
class Signed:
    """What a signature covers instead of what is stored."""

    domain: str
    text: str
    steps: tuple[Step, ...]
    """Those that change what a reader is shown."""

    @property
    def words(self) -> tuple[Change, ...]:
        """Words exchanged within the text, stored and signed; empty where only something around it differs."""
        return tuple(Change(step.stored, step.signed, ("words",)) for step in self.steps if step.words)


def signed(pk: int) -> Signed | None:
    """Of a document's first signature that was led back to by changes; None where there is none."""
    for row in Signature.objects.filter(document=pk).exclude(repaired="").order_by("scheme", "index"):
        result = unpack(bytes(row.result), SignatureResult)
        repair = result.repair
        if repair is not None and repair.whole and not repair.neutral:
            steps = tuple(step for step in repair.steps if step.changing)
            return Signed(result.facts.domain, repair.text, steps)
    return None
