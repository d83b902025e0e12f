"""The application whose tables are the review's."""

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Lives in the desk's own database."""

    name = "crible.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"
