"""Which of many phrases a text holds."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from crible.extract.page import Page

T = TypeVar("T")


class Phrases(Generic[T]):
    """A table of spaced phrases and what each says, by their longest word: most texts hold few of these words."""

    def __init__(self, table: Mapping[str, T]) -> None:
        by_word: dict[str, list[tuple[str, frozenset[str], T]]] = {}
        for phrase, said in table.items():
            parts = phrase.split()
            longest = max(parts, key=len)
            by_word.setdefault(longest, []).append((phrase, frozenset(parts) - {longest}, said))
        self._by_word = {word: tuple(found) for word, found in by_word.items()}
        self._longest = frozenset(by_word)
        self.words = frozenset(word for phrase in table for word in phrase.split())
        """Every word of theirs: what `Page.vocabulary` must be asked for."""

    def met(self, page: Page) -> Iterator[tuple[str, T]]:
        """The phrases that stand in its title or text, by their longest word's place in the alphabet."""
        vocabulary = page.vocabulary
        for word in sorted(vocabulary & self._longest):
            for phrase, others, said in self._by_word[word]:
                # All its words first: a search through a mail's text takes 2.5 µs, this 0.06, and 9 of 10 end here.
                alone = len(phrase) == len(word) + 2
                if alone or (others <= vocabulary and (phrase in page.spaced or phrase in page.title)):
                    yield phrase, said
