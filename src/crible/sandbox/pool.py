"""The pool that the pipeline hands its untrusted bytes to: a crew of children, on a machine that can wall them in."""

from crible.model.errors import IsolationError
from crible.model.ledger import Isolation
from crible.sandbox.crew import Crew
from crible.sandbox.events import Done, Event, Fault, Frame
from crible.sandbox.limits import Limits
from crible.sandbox.probe import LEVELS, probe

__all__ = ["Done", "Event", "Fault", "Frame", "Limits", "Pool"]


class Pool(Crew):
    """`size` long-lived children that run `entry` ("module:function") on untrusted bytes.

    In the child: `function(request: bytes, descriptors: Sequence[int], emit: Callable[[bytes], None]) -> bytes`. Each
    `emit` comes out as a Frame, the return value as Done, anything else as a Fault. A function `prepare()` in the same
    module is called once before the walls go up. Use as a context manager, from one thread.

    A child serves many documents, so one that takes it over could lie about those that follow until it is replaced:
    `Limits(tasks=1)` parts them fully, at the price of a start each.

    With `warm` the children start at once, and load their libraries while the machine is probed and the caller
    prepares the first task: 0.2 s of every run. Raises IsolationError (`isolation-none`) where nothing holds on this
    machine, unless `unsafe`.
    """

    def __init__(
        self, entry: str, *, size: int, limits: Limits | None = None, unsafe: bool = False, warm: bool = False
    ) -> None:
        limits = limits or Limits()
        super().__init__(entry, size=size, limits=limits)
        if warm:
            self.warm_up()
        self._probed = probe(limits).isolation
        if self._probed is Isolation.NONE and not unsafe:
            self.close()
            raise IsolationError("isolation-none")

    @property
    def isolation(self) -> Isolation:
        """The weaker of what the probe measured and what the children at work reported so far."""
        return min(self._probed, self.held.isolation, key=LEVELS.index)
