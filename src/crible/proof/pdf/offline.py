"""Loads pyHanko without the HTTP client that it imports for fetching time stamps and revocations.

Nothing is ever fetched here, so there is no use in the 0.13 s, of 0.5, that the client takes to load; and behind the
walls of a child there is one library less that knows what a network is.
"""

import sys
from types import ModuleType

_CLIENT = "aiohttp"


class _Absent(ModuleType):
    """Has every name, as a class that can do nothing: enough for annotations and `except` clauses."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        return type(name, (), {})


def load() -> None:
    """Import pyHanko; where the client is loaded already, or later by somebody else, they have the real one."""
    if _CLIENT in sys.modules:
        return
    sys.modules[_CLIENT] = _Absent(_CLIENT)
    try:
        import pyhanko.sign.validation  # noqa: F401
    finally:
        del sys.modules[_CLIENT]
