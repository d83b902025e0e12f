"""What a search may cost: bytes hashed and compared, never seconds, so that it ends alike on every machine."""

WORK = 24 << 20
"""For one mail; about a third of a second where nothing is found. The repairs of 1,300 list mails take 1 % of it."""

NODE = 160
"""What one step of the search costs beside its bytes: about as long as hashing so many."""


class Work:
    """An allowance that is spent; once it is gone every further request is refused."""

    def __init__(self, allowance: int) -> None:
        self.allowance = self.left = max(0, allowance)
        self._shares: list[Work] = []

    @property
    def spent(self) -> int:
        """By its shares too; never more than the allowance if these are four quarters at most."""
        return self.allowance - self.left + sum(share.spent for share in self._shares)

    def spend(self, size: int) -> bool:
        """Take `size` bytes and a step off the allowance; False, and nothing taken, if so much is not left."""
        if self.left < size + NODE:
            return False
        self.left -= size + NODE
        return True

    def share(self, quarters: int) -> "Work":
        """An allowance of its own, so many quarters of this one."""
        self._shares.append(Work(self.allowance * quarters // 4))
        return self._shares[-1]
