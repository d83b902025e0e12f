"""The Django application that holds a case's facts."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Facts of a case."""

    name = "crible.store"
    label = "store"
