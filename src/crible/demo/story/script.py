"""Reads the scripts: threads of mails as plain text, so that whoever speaks French can add one.

    === tag | subject
    --- 2017-02-14 09:12 camille > helene + nadia & budget-mars.xlsx [keep=no]
    one paragraph a line

`+` copies somebody in, `&` attaches a paper, `keep=no` leaves no copy in Sent. Every mail of a thread but the first
answers and quotes the one before it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crible.demo import cast
from crible.demo.cast import Person
from crible.demo.compose import Attachment, Draft, paris, render
from crible.demo.post import Post, answer_fields, quoted
from crible.demo.story.papers import paper

SCRIPTS = ("equipe", "fournisseurs", "comites", "anglais")
TURN = re.compile(
    r"--- (\d+)-(\d+)-(\d+) (\d+):(\d+) (\w+) > ([\w, ]+?)(?: \+ ([\w, ]+?))?((?: & \S+)*)( \[keep=no\])?$"
)
PEOPLE: dict[str, Person] = {
    name.lower().removesuffix("_p"): value for name, value in vars(cast).items() if isinstance(value, Person)
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One mail of a thread as the script has it."""

    thread: str
    number: int
    subject: str
    at: datetime
    sender: Person
    to: tuple[Person, ...]
    cc: tuple[Person, ...]
    papers: tuple[str, ...]
    keep: bool
    text: str


def play(post: Post) -> None:
    """Send every mail of every script."""
    before: Draft | None = None
    for turn in turns():
        draft = _draft(turn, before if turn.number else None)
        post.send(draft, keep=turn.keep)
        before = draft


def turns() -> Iterator[Turn]:
    """The scripts' mails, in order."""
    for name in SCRIPTS:
        text = (Path(__file__).parent / f"{name}.txt").read_text("utf-8")
        for block in text.split("=== ")[1:]:
            head, _, rest = block.partition("\n")
            thread, _, subject = head.partition(" | ")
            for number, part in enumerate(rest.split("--- ")[1:]):
                yield _turn(thread, number, subject, part)


def _turn(thread: str, number: int, subject: str, part: str) -> Turn:
    line, _, text = part.partition("\n")
    met = TURN.match(f"--- {line}")
    if met is None:
        raise ValueError(f"{thread}.{number}: {line}")
    year, month, day, hour, minute = (int(met[at]) for at in range(1, 6))
    return Turn(
        thread,
        number,
        subject,
        paris(year, month, day, hour, minute, (number * 17 + len(text)) % 60),
        PEOPLE[met[6]],
        _people(met[7]),
        _people(met[8] or ""),
        tuple(met[9].split(" & ")[1:]),
        met[10] is None,
        text.strip(),
    )


def _people(names: str) -> tuple[Person, ...]:
    return tuple(PEOPLE[name.strip()] for name in names.split(",") if name.strip())


def _draft(turn: Turn, parent: Draft | None) -> Draft:
    text = render(turn.text, turn.sender, block=parent is None)
    answers, subject = "", turn.subject
    references: tuple[str, ...] = ()
    if parent is not None:
        text += "\n" + quoted(parent, turn.sender.quoting)
        answers, references = answer_fields(parent)
        subject = f"RE: {subject}" if turn.sender.quoting == "outlook" else f"Re: {subject}"
    return Draft(
        f"{turn.thread}.{turn.number}",
        turn.sender,
        turn.to,
        subject,
        turn.at,
        text,
        turn.cc,
        attachments=tuple(Attachment(name, *paper(name, turn.at)) for name in turn.papers),
        answers=answers,
        references=references,
    )
