"""The fields of the index and what each is for."""

from tantivy import Schema, SchemaBuilder

from crible.index.analysis import STEMMERS
from crible.model.grade import Level

VERSION = 3
"""Raise it when fields or analysers change: an index of another version is built anew, never read."""

TEXTS = ("text", "subject", "name", "from", "to", "cc", "person", "org", "place")
"""Searched by word, phrase and neighbourhood, in exact form."""

STEMS = {language: f"stem_{language}" for language in STEMMERS}
"""Subject, name and text by stem, without positions: phrases are looked for as they were written."""

KEYWORDS = (
    "id", "family", "thread", "wire", "message_id", "path", "kind", "type", "mime", "status", "language", "grade",
    "badge", "check", "box", "has", "month", "from_address", "from_domain", "to_address", "to_domain",
    "class", "private", "iban", "phone", "company", "mentions", "number",
    "inclusive", "reference",
)  # fmt: skip
"""One term per value, found whole or by its beginning, whatever its case and accents."""

FACETS = (
    "grade", "class", "kind", "type", "language", "box", "badge", "check", "month", "status", "has", "from_address",
    "from_domain", "to_address", "to_domain",
)  # fmt: skip
"""Keywords that can be counted over the documents found. `month` is of UTC."""

NUMBERS = ("date", "family_number", "rank", "tie")
"""Columns: Unix seconds; families numbered in this index; place of the grade in GRADES; order among equals."""

GRADES = (
    Level.PROVEN,
    Level.PARTLY_PROVEN,
    Level.CORROBORATED,
    Level.UNATTESTED,
    Level.QUESTIONED,
    Level.CONTRADICTED,
)
"""Best first: which copy of a message stands for its family."""

STORED = "record"
"""The record without its text, as JSON: a hit list needs no other store."""


def build() -> Schema:
    """The schema of this version."""
    builder = SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, tokenizer_name="exact", index_option="position")
    for language, name in STEMS.items():
        builder.add_text_field(name, tokenizer_name=language, index_option="freq")
    for name in KEYWORDS:
        builder.add_text_field(name, tokenizer_name="keyword", index_option="basic", fast=name in FACETS)
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_bytes_field(STORED, stored=True)
    return builder.build()


SCHEMA = build()
