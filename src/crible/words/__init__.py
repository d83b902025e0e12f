"""Every sentence crible shows, rendered from a message key and parameters in English or French.

Catalogues are gettext: `locale/LANGUAGE/LC_MESSAGES/DOMAIN.po`, keyed by message key in both languages, so that
stored evidence never holds a sentence. Domains: `evidence`, `grades`, `repairs`, `remarks`, `ledger`, `errors`, `cli`,
`bench`, `classes`, `facts`, `acts`, `headers`, `body`.
"""

from functools import cache
from gettext import GNUTranslations
from pathlib import Path

LANGUAGES = ("en", "fr")
LOCALE = Path(__file__).parent / "locale"
NESTED = {"step": "repairs"}
"""Parameters that are message keys themselves, with their domain: rendered in place, with the same parameters."""


def render(domain: str, key: str, params: dict[str, object] | None = None, language: str = "en") -> str:
    """The sentence for a key; `{name}` fields are filled from params, numbers in the language's own form.

    A key with a plural form is chosen by `params["count"]`. Raises KeyError for a key without a sentence: a missing
    sentence is a defect, and a key shown raw would hide it.
    """
    params = params or {}
    catalogue = _catalogue(domain, language)
    count = params.get("count")
    # `gettext` finds the singular of a key with a plural only since Python 3.11.5
    sentence = catalogue.ngettext(key, key, count if isinstance(count, int) else 1)
    if sentence == key:
        sentence = catalogue.gettext(key)
    if sentence == key:
        raise KeyError(f"{domain}:{key} has no sentence in {language!r}")
    return sentence.format_map({name: _filled(name, value, params, language) for name, value in params.items()})


@cache
def keys(domain: str, language: str = "en") -> frozenset[str]:
    """The message keys that a catalogue has sentences for."""
    catalogue = _catalogue(domain, language)
    entries: dict[object, str] = catalogue._catalog  # type: ignore[attr-defined]
    return frozenset(key if isinstance(key, str) else key[0] for key in entries if key)  # type: ignore[index]


def _filled(name: str, value: object, params: dict[str, object], language: str) -> str:
    domain = NESTED.get(name)
    if domain and value in keys(domain, language):
        return render(domain, str(value), {key: each for key, each in params.items() if key != name}, language)
    return shown(value, language)


def shown(value: object, language: str) -> str:
    """A parameter as a reader of that language writes it: 71,848 or 71 848 (narrow no-break space); lists joined."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        grouped = f"{value:,}"
        return grouped.replace(",", "\N{NARROW NO-BREAK SPACE}") if language == "fr" else grouped
    if isinstance(value, float):
        return f"{value:.1f}".replace(".", ",") if language == "fr" else f"{value:.1f}"
    if isinstance(value, list | tuple):
        return ", ".join(shown(item, language) for item in value)
    return str(value)


@cache
def _catalogue(domain: str, language: str) -> GNUTranslations:
    path = LOCALE / language / "LC_MESSAGES" / f"{domain}.mo"
    with path.open("rb") as file:
        return GNUTranslations(file)
