"""What a search may cost: bytes hashed and compared, never seconds, so that it ends alike on every machine."""

WORK = 16 << 20
"""For one signature of a small mail, about a tenth of a second where nothing is found; the repairs of list mails take
a fiftieth of it."""

READINGS = 8
"""How often over a mail may be read beside that: a large one must have its turn too."""

NODE = 160
"""What one step of the search costs beside its bytes: about as long as hashing so many."""


def allowance(size: int, work: int | None) -> int:
    """What may be spent on one signature of a mail of that size: as asked for, else the default."""
    return WORK + READINGS * size if work is None else work


class Work:
    """An allowance that is spent; once it is gone every further request is refused."""

    def __init__(self, allowance: int) -> None:
        self.allowance = self.left = max(0, allowance)
        self.refused = False
        """Whether anything was refused."""
        self._shares: list[Work] = []

    @property
    def spent(self) -> int:
        """By its shares too; never more than the allowance if these are four quarters at most."""
        return self.allowance - self.left + sum(share.spent for share in self._shares)

    def spend(self, size: int) -> bool:
        """Take `size` bytes and a step off the allowance; False, and nothing taken, if so much is not left."""
        if self.left < size + NODE:
            self.refused = True
            return False
        self.left -= size + NODE
        return True

    def take(self, price: int) -> bool:
        """Take what several steps cost together, if it is left; else nothing, and they are to be asked for singly."""
        if self.left < price:
            return False
        self.left -= price
        return True

    def share(self, quarters: int) -> "Work":
        """An allowance of its own, so many quarters of this one."""
        self._shares.append(Work(self.allowance * quarters // 4))
        return self._shares[-1]
