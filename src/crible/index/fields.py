"""The fields a query can name, in English and French, and what values each takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from crible.index.analysis import keyword
from crible.index.schema import GRADES
from crible.index.tree import Term
from crible.model.errors import InputError


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the query language."""

    name: str
    kind: Literal["text", "people", "keyword", "beginning", "date"]
    """`text` and `people` are searched by word, `keyword` by whole value, `beginning` by how the value starts."""
    column: str = ""
    """Its name in the schema, where it differs."""
    aliases: tuple[str, ...] = ()
    """Other names, without accents."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Where only some values exist: what may be typed, and the value it means."""

    @property
    def indexed(self) -> str:
        """The schema's name."""
        return self.column or self.name


_HAS = {
    "attachment": "attachment", "attachments": "attachment", "pj": "attachment", "piece-jointe": "attachment",
    "pieces-jointes": "attachment", "date": "date", "text": "text", "texte": "text",
}  # fmt: skip
_CLASSES = {
    "invoice": "invoice", "facture": "invoice", "quote": "quote", "devis": "quote", "order": "order",
    "commande": "order", "bon-de-commande": "order", "forecast": "forecast", "previsionnel": "forecast",
    "budget": "forecast", "accounts": "accounts", "comptes": "accounts", "bank-statement": "bank-statement",
    "releve": "bank-statement", "payslip": "payslip", "paie": "payslip", "contract": "contract", "contrat": "contract",
    "note": "note", "memo": "note", "minutes": "minutes", "compte-rendu": "minutes", "speech": "speech",
    "discours": "speech", "article": "article", "press-release": "press-release", "communique": "press-release",
    "cv": "cv", "booking": "booking", "billet": "booking", "ticket": "booking", "purchase": "purchase",
    "achat": "purchase", "form": "form", "formulaire": "form", "letter": "letter", "lettre": "letter", "mail": "mail",
    "courriel": "mail", "discussion": "discussion", "newsletter": "newsletter", "infolettre": "newsletter",
    "notification": "notification", "presentation": "presentation", "table": "table", "tableau": "table",
    "calendar": "calendar", "agenda": "calendar", "contact": "contact", "photo": "photo", "scan": "scan",
    "screenshot": "screenshot", "capture": "screenshot", "code": "code",
}  # fmt: skip
_YES = {"yes": "yes", "oui": "yes", "no": "no", "non": "no"}
_KINDS = {"mail": "mail", "courriel": "mail", "file": "file", "fichier": "file"}

_ALL = (
    Field("from", "people", aliases=("de", "expediteur")),
    Field("to", "people", aliases=("a", "pour", "destinataire")),
    Field("cc", "people", aliases=("copie",)),
    Field("subject", "text", aliases=("objet", "sujet")),
    Field("name", "text", aliases=("nom",)),
    Field("text", "text", aliases=("texte", "body", "corps")),
    Field("date", "date"),
    Field("after", "date", aliases=("since", "apres", "depuis")),
    Field("before", "date", aliases=("avant",)),
    Field("until", "date", aliases=("jusque",)),
    Field("class", "keyword", aliases=("classe",), values=_CLASSES),
    Field("person", "text", aliases=("personne",)),
    Field("org", "text", aliases=("organisation", "organization", "societe")),
    Field("place", "text", aliases=("lieu", "ville")),
    Field("iban", "keyword"),
    Field("phone", "keyword", aliases=("telephone", "tel")),
    Field("company", "keyword", aliases=("entreprise", "siren", "siret", "tva", "vat")),
    Field("mentions", "keyword", aliases=("mentionne",)),
    Field("number", "keyword", aliases=("numero",)),
    Field("inclusive", "keyword", aliases=("inclusif", "complet"), values=_YES),
    Field("reference", "keyword", values=_YES),
    Field("private", "keyword", aliases=("prive",), values=_YES),
    Field("grade", "keyword", values={str(level): str(level) for level in GRADES}),
    Field("badge", "keyword"),
    Field("check", "keyword", aliases=("controle",)),
    Field("kind", "keyword", aliases=("nature",), values=_KINDS),
    Field("type", "keyword"),
    Field("mime", "keyword"),
    Field("language", "keyword", aliases=("lang", "langue")),
    Field("status", "keyword", aliases=("etat", "statut")),
    Field("has", "keyword", aliases=("avec",), values=_HAS),
    Field("box", "keyword", aliases=("boite", "source")),
    Field("path", "beginning", aliases=("chemin",)),
    Field("id", "beginning"),
    Field("message-id", "keyword", column="message_id"),
    Field("family", "keyword", aliases=("famille",)),
    Field("thread", "keyword", aliases=("fil",)),
)

SOLID = frozenset({"iban", "phone", "company"})
"""Numbers indexed without the blanks, points and hyphens that people write between their figures."""

FIELDS = {one.name: one for one in _ALL}
"""By name, in the order in which help lists them."""

_ALIASES = {alias: one for one in _ALL for alias in (one.name, *one.aliases)}


def canonical(name: str) -> Field | None:
    """The field that a name means, whatever its case, accents and language."""
    return _ALIASES.get(keyword(name).replace("_", "-"))


def accept(into: Field, term: Term) -> Term:
    """The term as this field takes it. Raises InputError where it makes no sense there."""
    if into.kind in ("text", "people"):
        return replace(term, field=into.name)
    if term.form == "fuzzy" or term.amount:
        raise InputError("query-plain", position=term.position, field=into.name)
    text, form = term.text, term.form
    if into.values and form != "prefix":
        text = into.values.get(keyword(text), "")
        if not text:
            values = ", ".join(dict.fromkeys(into.values.values()))
            raise InputError("query-value", position=term.position, field=into.name, value=term.text, values=values)
    if into.name in SOLID:
        text = "".join(c for c in text if c.isalnum() or c == "+")
        text = f"+33{text[1:]}" if into.name == "phone" and text.startswith("0") and len(text) == 10 else text
    if into.kind == "beginning":
        form = "prefix"
    return replace(term, text=text, form=form, field=into.name, open_ended=False)
