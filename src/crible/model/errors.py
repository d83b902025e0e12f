"""Errors a person may meet. Each carries a message key and parameters; `crible.words` renders the sentence.

CribleError
├── InputError      a source or file that cannot be taken
├── CaseError       a case that is locked, of another format, or not a case
├── IsolationError  this machine cannot isolate parsers as asked
└── Unreadable      one item cannot be read: becomes its row in the ledger, never ends a run
"""

from crible.model.ledger import Reason, State


class CribleError(Exception):
    """An error with a message key (domain `errors`) and its parameters."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class InputError(CribleError):
    """A source or file that cannot be taken."""


class CaseError(CribleError):
    """A case that is locked, of another format, or not a case at all."""


class IsolationError(CribleError):
    """The machine cannot isolate parsers as asked."""


class Unreadable(CribleError):  # noqa: N818
    """One item cannot be read: its ledger row ends in `state` with `reason`."""

    def __init__(self, code: str, state: State = State.UNREADABLE, **params: str | int) -> None:
        super().__init__(code, **params)
        self.state = state

    @property
    def reason(self) -> Reason:
        """The reason as the ledger stores it."""
        return Reason(self.code, dict(self.params))
