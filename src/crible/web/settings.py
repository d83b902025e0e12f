"""Django settings of the desk."""

from crible.store.settings import *  # noqa: F403
