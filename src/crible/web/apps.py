"""The desk's Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and the desk's own tables."""

    name = "crible.web"
    label = "web"

    def ready(self) -> None:
        """Whoever comes in is written down, by whatever way."""
        from crible.web.visitors import watch

        watch()
