"""What people write: sentences put together from small grammars in two languages, each with figures that matter."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from crible.demo.forgeries import phrases

Language = Literal["fr", "en"]
Kind = Literal["amount", "count", "date", "name", "negation"]


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence that states something, and what somebody who alters it would make of it."""

    sentence: str
    old: str
    new: str
    kind: Kind

    @property
    def altered(self) -> str:
        """The sentence after the alteration."""
        return self.sentence.replace(self.old, self.new, 1)


@dataclass(frozen=True, slots=True)
class Written:
    """A mail's own words."""

    subject: str
    paragraphs: tuple[str, ...]
    fact: Fact

    @property
    def text(self) -> str:
        """Paragraphs, one a line, blank lines between."""
        return "\n\n".join(self.paragraphs)


def write(rng: random.Random, language: Language, at: datetime, first: str, kind: Kind | None = None) -> Written:
    """A mail to somebody called `first`, with one telling sentence among others; `kind` says what it states."""
    topic = rng.choice(tuple(phrases.TOPICS[language]))
    lines = phrases.TOPICS[language][topic]
    stated = fact(rng, language, at, kind)
    others = [fill(rng, language, at, line) for line in rng.sample(lines, rng.randrange(2, min(5, len(lines)) + 1))]
    others.insert(rng.randrange(len(others) + 1), stated.sentence)
    cut = rng.randrange(1, len(others) + 1)
    body = [" ".join(part) for part in (others[:cut], others[cut:]) if part]
    hello = rng.choice(phrases.HELLOS[language]).format(first=first)
    last = rng.choice(phrases.LAST[language])
    subject = fill(rng, language, at, rng.choice(phrases.SUBJECTS[language][topic]))
    return Written(subject, (hello, *body, fill(rng, language, at, last)), stated)


def reply(rng: random.Random, language: Language, at: datetime, first: str) -> Written:
    """A short answer."""
    stated = fact(rng, language, at)
    lines = [fill(rng, language, at, rng.choice(phrases.ANSWERS[language]))]
    if rng.random() < 0.6:
        lines.append(stated.sentence)
    if rng.random() < 0.4:
        lines.append(fill(rng, language, at, rng.choice(phrases.LAST[language])))
    hello = rng.choice(phrases.HELLOS[language]).format(first=first)
    return Written("", (hello, " ".join(lines)), stated)


def fact(rng: random.Random, language: Language, at: datetime, kind: Kind | None = None) -> Fact:
    """A telling sentence and its alteration."""
    kinds: tuple[Kind, ...] = ("amount", "amount", "count", "date", "name", "negation")
    stated = rng.choice(kinds) if kind is None else kind
    if stated == "negation":
        sentence, old, new = rng.choice(phrases.REFUSALS[language])
        return Fact(fill(rng, language, at, sentence), old, new, stated)
    line = rng.choice(phrases.STATEMENTS[language][stated])
    old, new = _pair(rng, language, at, stated)
    return Fact(fill(rng, language, at, line.replace("{it}", old, 1)), old, new, stated)


def fill(rng: random.Random, language: Language, at: datetime, line: str) -> str:
    """A line with its slots filled; each use of a slot is drawn anew."""
    while (start := line.find("{")) >= 0:
        end = line.index("}", start)
        line = line[:start] + _slot(rng, language, at, line[start + 1 : end]) + line[end + 1 :]
    return line


def amount(rng: random.Random, language: Language) -> tuple[str, str]:
    """A sum of money and a larger one."""
    value = rng.choice((10, 50, 100)) * rng.randrange(13, 390) + rng.choice((0, 0, 5, 20))
    raised = value * 10 if rng.random() < 0.4 else value + rng.choice((100, 1000, 3000)) * rng.randrange(1, 9)
    return money(value, language), money(raised, language)


def money(value: int, language: Language) -> str:
    """`14 250 €` or `£14,250`."""
    grouped = f"{value:,}"
    return grouped.replace(",", " ") + " €" if language == "fr" else f"£{grouped}"


def day(at: datetime, language: Language) -> str:
    """`12 mars` or `12 March`."""
    return f"{at.day} {phrases.MONTHS[language][at.month - 1]}"


def _pair(rng: random.Random, language: Language, at: datetime, kind: Kind) -> tuple[str, str]:
    if kind == "amount":
        return amount(rng, language)
    if kind == "count":
        value = rng.randrange(12, 480)
        return str(value), str(value * 10 if rng.random() < 0.5 else value + rng.randrange(15, 400))
    if kind == "date":
        first = at + timedelta(days=rng.randrange(4, 40))
        return day(first, language), day(first + timedelta(days=rng.randrange(8, 60)), language)
    old, new = rng.sample(phrases.NAMES, 2)
    return old, new


def _slot(rng: random.Random, language: Language, at: datetime, name: str) -> str:
    if name == "amount":
        return amount(rng, language)[0]
    if name == "count":
        return str(rng.randrange(3, 260))
    if name == "percent":
        return f"{rng.randrange(2, 60)} %" if language == "fr" else f"{rng.randrange(2, 60)}%"
    if name == "day":
        return day(at + timedelta(days=rng.randrange(-20, 35)), language)
    if name == "hour":
        hour, minute = rng.randrange(8, 19), rng.choice(("00", "15", "30", "45"))
        return f"{hour} h {minute}" if language == "fr" else f"{hour}:{minute}"
    if name == "name":
        return rng.choice(phrases.NAMES)
    return rng.choice(phrases.SLOTS[language][name])
