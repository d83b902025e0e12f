"""What a sender's mails share anyway: lines of three or more of them (disclaimers, signature blocks)."""

from collections import Counter

from crible.sift.packing import inflate
from crible.store.models import Reading

MAILS = 2000
"""Mails of a sender that are looked at: 60 left out a notice that a gateway sets under few of a prolific writer's."""
FEWEST = 3


class Boilerplate:
    """Lines of each sender's boilerplate, looked up once per sender."""

    def __init__(self) -> None:
        self._known: dict[str, frozenset[str]] = {}

    def of(self, *senders: str) -> frozenset[str]:
        """Lines that three or more mails of any of these senders share, spacing folded."""
        return frozenset().union(*(self._sender(sender) for sender in set(senders) if sender))

    def _sender(self, sender: str) -> frozenset[str]:
        if sender not in self._known:
            seen: dict[str, set[str]] = {}
            mails = Reading.objects.filter(sender=sender).order_by("document__sha256")
            for message_id, text in mails.values_list("message_id", "text")[:MAILS]:
                written = (line for line in inflate(bytes(text)).splitlines() if line.lstrip()[:1] not in (">", "|"))
                lines = {" ".join(line.split()) for line in written}  # a thread quotes one figure in mail after mail
                seen.setdefault(message_id, set()).update(lines)
            counts = Counter(line for lines in seen.values() for line in lines if line)
            self._known[sender] = frozenset(line for line, times in counts.items() if times >= FEWEST)
        return self._known[sender]
