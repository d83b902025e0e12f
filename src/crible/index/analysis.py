"""How text becomes words, once for the index, the query, the snippet and the comparison of texts.

A word is a run of letters and digits; case and accents do not count, and an apostrophe or hyphen separates. The exact
form of every text is indexed; texts in French or English also by stem.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from tantivy import Filter, Index, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

LONGEST = 100
"""Words of this many bytes and more are not indexed: encoded data, not language."""

STEMMERS = {"fr": "french", "en": "english"}

ELISIONS = ("l", "d", "j", "m", "t", "s", "c", "n", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")

_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_INVISIBLE = re.compile(f"[{_HIDDEN}]")
_ELIDED = re.compile(rf"(?:{'|'.join(ELISIONS)})['\u2019\u02bc](?=\w)", re.IGNORECASE)


class Word(NamedTuple):
    """A word of a text and where it stands: characters from the start of the text, end exclusive."""

    token: str
    """Lower case, without accents, as indexed."""
    start: int
    end: int


def clean(text: str) -> str:
    """The text as the tokenisers must see it.

    Composed (a decomposed accent, usual in names from macOS, would cut the word in two), without the invisible
    characters that can hide a word from search, and encodable: half a surrogate pair becomes `?`.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return text.encode("utf-8", "replace").decode("utf-8")


def register(index: Index) -> None:
    """Teach an opened index the analysers that the schema names; Tantivy does not store them."""
    index.register_tokenizer("exact", _analyser(limit=LONGEST))
    index.register_tokenizer("keyword", _keyword())
    # Facets show a value as it was written, whatever its search form.
    index.register_fast_field_tokenizer("keyword", TextAnalyzerBuilder(Tokenizer.raw()).build())
    for language in STEMMERS:
        index.register_tokenizer(language, _analyser(language, LONGEST))


def tokens(text: str) -> list[str]:
    """The exact words of a text, longer ones than are indexed included, so that these are not silently left out."""
    return _EXACT.analyze(clean(text))


def keyword(text: str) -> str:
    """The search form of a value that is one term: lower case, no accents."""
    return " ".join(_KEYWORD.analyze(clean(text)))


@lru_cache(maxsize=65_536)
def stem(word: str, language: str) -> str:
    """The stem of one word as written; empty where it has none (an elided article, a language without stemmer)."""
    analyser = _STEMS.get(language)
    return "".join(analyser.analyze(clean(word))) if analyser else ""


def without_elision(word: str) -> str:
    """`l'élection` as `élection`: in a query the article is not what is looked for."""
    return _ELIDED.sub("", word, count=1) if _ELIDED.match(word) else word


def words(text: str, limit: int | None = None) -> list[Word]:
    """The words of a text's first `limit` characters with their places in the text as given. Linear."""
    text = text if limit is None else text[:limit]
    cleaned = clean(text)
    found = _EXACT.pre_tokenize(cleaned).tokens
    if cleaned == text:
        return [Word(token.text, token.char_offset_from, token.char_offset_to) for token in found]
    cleaned, starts, ends = _cleaned_by_piece(text)
    found = _EXACT.pre_tokenize(cleaned).tokens
    return [
        Word(token.text, starts[token.char_offset_from], ends[token.char_offset_to - 1])
        for token in found
        if token.char_offset_to > token.char_offset_from
    ]


def _cleaned_by_piece(text: str) -> tuple[str, list[int], list[int]]:
    """The text cleaned, and for each of its characters where the piece it comes from starts and ends in the text."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _pieces().finditer(text):
        first, last = match.span()
        if match.lastgroup == "plain":
            pieces.append(match[0])
            starts.extend(range(first, last))
            ends.extend(range(first + 1, last + 1))
        else:
            piece = clean(match[0])
            pieces.append(piece)
            starts.extend([first] * len(piece))
            ends.extend([last] * len(piece))
    return "".join(pieces), starts, ends


@cache
def _pieces() -> re.Pattern[str]:
    """Stretches that cleaning leaves alone, and single characters with all that may combine with them."""
    marks = "".join(chr(code) for code in range(0x300, 0x20000) if unicodedata.category(chr(code))[0] == "M")
    tied = f"[{marks}\u1100-\u11ff{_HIDDEN}]"
    return re.compile(f"(?P<plain>[\x00-\u00ac\u00ae-\u02ff]+(?!{tied}))|.{tied}*", re.DOTALL)


def _analyser(language: str = "", limit: int = 0) -> TextAnalyzer:
    """Fold after stemming: the French stemmer needs accents (régularité, signée); `exact` finds the bare form."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    if limit:
        builder = builder.filter(Filter.remove_long(limit))
    builder = builder.filter(Filter.lowercase())
    if language == "fr":
        builder = builder.filter(Filter.custom_stopword(list(ELISIONS)))
    if language:
        builder = builder.filter(Filter.stemmer(STEMMERS[language]))
    return builder.filter(Filter.ascii_fold()).build()


def _keyword() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


_EXACT = _analyser()
_KEYWORD = _keyword()
_STEMS = {language: _analyser(language) for language in STEMMERS}
