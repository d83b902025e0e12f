"""How the desk names what a person is in a case."""

from django import template
from django.utils.translation import gettext

from crible.review.rights import RIGHTS, Role

register = template.Library()


@register.filter
def role_word(role: str) -> str:
    """A role's name, as it stands within a sentence."""
    return {
        Role.READER: gettext("reader"),
        Role.REVIEWER: gettext("reviewer"),
        Role.EDITOR: gettext("editor"),
        Role.ADMIN: gettext("admin"),
    }[Role(role)]


@register.filter
def least_role(right: str) -> str:
    """The first role that holds the right; empty for what is no right."""
    return next((str(role) for role, rights in RIGHTS.items() if right in rights), "")
