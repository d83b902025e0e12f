"""Sessions stored under the hash of their key: whoever copies the desk's database cannot enter by it."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Stored
from django.utils import timezone

from crible.review.sessions import STORED, hashed


class SessionStore(Stored):
    """Django's own, by another name for each row."""

    def _get_session_from_db(self) -> Any:
        key = self.session_key
        if key is None:
            return None
        try:
            return self.model.objects.get(session_key=stored(key), expire_date__gt=timezone.now())
        except self.model.DoesNotExist:
            self._session_key = None
            return None

    def exists(self, session_key: str) -> bool:
        """Whether a session of that key is stored."""
        return bool(super().exists(stored(session_key)))

    def create_model_instance(self, data: Any) -> Any:
        """The row, under the hash."""
        row = super().create_model_instance(data)
        row.session_key = stored(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Forget that session, by default this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(stored(key))


def stored(key: str) -> str:
    """The name of a key's row: as much of the hash as Django's column takes, 160 bits."""
    return hashed(key)[:STORED]
