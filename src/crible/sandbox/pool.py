"""The pool that the pipeline hands its untrusted bytes to: a crew of children, on a machine that can wall them in."""

from collections.abc import Sequence
from functools import cached_property

from crible.model.errors import IsolationError
from crible.model.ledger import Isolation
from crible.sandbox.crew import Crew
from crible.sandbox.events import Done, Event, Fault, Frame
from crible.sandbox.limits import Limits
from crible.sandbox.probe import LEVELS, probe
from crible.sandbox.template import Template

__all__ = ["Done", "Event", "Fault", "Frame", "Limits", "Pool"]


class Pool(Crew):
    """`size` long-lived children that run `entry` ("module:function") on untrusted bytes.

    In the child: `function(request: bytes, descriptors: Sequence[int], emit: Callable[[bytes], None]) -> bytes`. Each
    `emit` comes out as a Frame, the return value as Done, anything else as a Fault. A function `prepare()` in the same
    module is called once before the walls go up. Use as a context manager, from one thread.

    A child serves many documents, so one that takes it over could lie about those that follow until it is replaced:
    `Limits(tasks=1)` parts them, at the price of a start each; fully where there is no template.

    Raises IsolationError (`isolation-none`) where nothing holds on this machine, unless `unsafe`. With `warm` the
    children start at once, and load their libraries while the caller goes on: 0.5 s of every run. The machine is then
    probed, and the error raised, when `isolation` is asked for or a first task is submitted.

    With a `template`, which stays its owner's, children are forked from a branch of it; where it fails, started afresh.
    """

    def __init__(
        self,
        entry: str,
        *,
        size: int,
        limits: Limits | None = None,
        unsafe: bool = False,
        warm: bool = False,
        template: Template | None = None,
    ) -> None:
        super().__init__(entry, size=size, limits=limits or Limits(), template=template)
        self.template = template
        self._unsafe = unsafe
        if warm:
            self.warm_up()
        else:
            self._probed  # noqa: B018  (raises)

    @cached_property
    def _probed(self) -> Isolation:
        found = probe(self.limits, self.template).isolation
        if found is Isolation.NONE and not self._unsafe:
            self.close()
            raise IsolationError("isolation-none")
        return found

    def submit(self, key: object, request: bytes, descriptors: Sequence[int] = ()) -> None:
        """Queue a task; see `Crew.submit`. Raises IsolationError too."""
        self._probed  # noqa: B018
        super().submit(key, request, descriptors)

    @property
    def isolation(self) -> Isolation:
        """The weaker of what the probe measured and what the children at work reported so far."""
        return min(self._probed, self.held.isolation, key=LEVELS.index)
