"""What can be asked, taught by examples that can be pressed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Example:
    """Queries of one kind, as they are typed, and what they find."""

    finds: Promise
    english: tuple[str, ...]
    french: tuple[str, ...] = ()
    """Where the words of the language differ."""

    def typed(self, language: str) -> tuple[str, ...]:
        """As somebody of that language would type them; both understand both."""
        return self.french if language == "fr" and self.french else self.english


EXAMPLES = (
    Example(_("both words, in any form of the word"), ("budget 2017",)),
    Example(
        _("either; parentheses group"),
        ("invoice OR quote", "(invoice OR quote) paper"),
        ("facture OU devis", "(facture OU devis) papier"),
    ),
    Example(
        _("without that word"), ("budget -draft", "budget NOT draft"), ("budget -brouillon", "budget SAUF brouillon")
    ),
    Example(_("these words in a row"), ('"town hall"',), ('"salle des fêtes"',)),
    Example(_("these words within five words of each other"), ('"hall price"~5',), ('"salle prix"~5',)),
    Example(_("words that begin so"), ("invoic*",), ("factur*",)),
    Example(_("one letter of difference, or two"), ("Fillion~", "Fillion~2")),
    Example(
        _("people, by name, address or domain"),
        ("from:martin", "to:@town.example", "cc:martin"),
        ("de:martin", "à:@mairie.example", "copie:martin"),
    ),
    Example(
        _("words of one part only"),
        ("subject:budget", "name:invoice", "text:budget"),
        ("objet:budget", "nom:facture", "texte:budget"),
    ),
    Example(
        _("by the document's own date, days included"),
        ("date:2017-03", "date:2017-03-01..2017-04-24", "after:2017-03", "before:2017"),
        ("date:2017-03", "date:2017-03-01..2017-04-24", "après:2017-03", "avant:2017"),
    ),
    Example(_("by grade"), ("grade:contradicted", "grade:proven")),
    Example(
        _("by what it is, and what it has"),
        ("type:pdf", "class:invoice", "has:attachment", "language:fr"),
        ("type:pdf", "classe:facture", "avec:pièce-jointe", "langue:fr"),
    ),
    Example(
        _("whom, what and which numbers the text names"),
        ("person:martin", "org:bank", "place:paris", "iban:FR76*"),
        ("personne:martin", "organisation:banque", "ville:paris", "iban:FR76*"),
    ),
    Example(_("each conversation once: mails that no later mail holds whole"), ("inclusive:yes",), ("inclusif:oui",)),
    Example(
        _("what people here marked"),
        ("tag:budget", "state:to-verify", "-seen:*", "noted:*"),
        ("étiquette:budget", "state:to-verify", "-seen:*", "noted:*"),
    ),
    Example(_("where it lies"), ("path:press", "status:encrypted"), ("chemin:presse", "état:encrypted")),
)


def examples(language: str) -> list[tuple[Promise, tuple[str, ...]]]:
    """What each kind finds, with how to type it."""
    return [(one.finds, one.typed(language)) for one in EXAMPLES]
