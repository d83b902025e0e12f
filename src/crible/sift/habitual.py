"""Learns every sender's habits from the corpus."""

from crible.assess.habits import Habits
from crible.model.facts import Reading


class Habitual:
    """A surveyor: how often each sender's mails have each trait."""

    def __init__(self) -> None:
        self.habits = Habits()

    def see(self, pk: int, id: str, reading: Reading) -> None:  # noqa: A002, ARG002  (what every surveyor is shown)
        """Count a mail's traits under its first From address."""
        mail = reading.mail
        if mail is not None and mail.senders and mail.senders[0].address:
            self.habits.add(mail.senders[0].address.lower(), mail.traits)
