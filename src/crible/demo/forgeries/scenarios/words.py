"""Words altered in a stored mail, with and without something else in the dump that tells otherwise (1 to 3, 17, C7)."""

from dataclasses import replace

from crible.demo.forgeries import clients, prose
from crible.demo.forgeries.post import Altered, Post, Stored
from crible.demo.forgeries.scenarios.common import (
    FIGURES,
    KINDS,
    arrive,
    bare,
    colleagues,
    one_digit,
    owner,
    plants,
    unsigned,
    writer,
)


def play(post: Post) -> None:
    """Alter words."""
    for scene in (_unsigned, _signed, _digits, _sentences, _stripped, _quotes, _html):
        scene(post)


def _unsigned(post: Post) -> None:
    for number in plants("edit-unsigned-copy"):
        _, (mine, *others) = arrive(post, unsigned(post), colleagues(post), KINDS[number % 5])
        post.edit("edit-unsigned-copy", mine)
        post.stands_by(*others)
    for number in plants("edit-unsigned-quoted"):
        author, there = colleagues(post, 1)[0], writer(post, language="fr")
        sent = post.send(post.draft(author, [there], kind=KINDS[number % 5]))
        mine = post.copies(sent)[0]
        answer = post.send(post.answer(sent, there, [author]), keep=False)
        post.edit("edit-unsigned-quoted", mine)
        post.stands_by(*post.copies(answer))
    for _ in plants("edit-unsigned-alone"):
        _, (mine,) = arrive(post, unsigned(post), [owner(post)])
        post.edit("edit-unsigned-alone", mine)


def _signed(post: Post) -> None:
    for number in plants("edit-signed-copy"):
        _, (mine, *others) = arrive(post, writer(post), colleagues(post), KINDS[number % 5])
        post.edit("edit-signed-copy", mine)
        post.stands_by(*others)
    for number in plants("edit-signed-quoted"):
        author = writer(post, language="fr")
        reader, colleague = colleagues(post)
        sent, (mine,) = arrive(post, author, [reader], KINDS[number % 5])
        answer = post.send(post.answer(sent, reader, [author, colleague]), keep=number % 2 == 0)
        post.edit("edit-signed-quoted", mine)
        post.stands_by(*post.copies(answer))


def _digits(post: Post) -> None:
    for number in plants("edit-signed-digit"):
        _, (mine,) = arrive(post, writer(post), [owner(post)], FIGURES[number % 2])
        draft, fact = mine.sent.draft, mine.sent.draft.fact
        new = one_digit(post, fact.old)
        before = post.reword(mine, draft.swapped(fact.old, new))
        post.plant("edit-signed-digit", mine, f"{fact.old} → {new}", Altered("words"), before=before)


def _sentences(post: Post) -> None:
    for _ in plants("edit-signed-sentence"):
        _, (mine,) = arrive(post, writer(post), [owner(post)])
        draft = mine.sent.draft
        said = [prose.fact(post.rng, draft.sender.language, draft.at).sentence for _ in range(2)]
        text = draft.text.replace(draft.fact.sentence, " ".join(said), 1)
        before = post.reword(mine, replace(draft, text=text))
        what = f"{draft.fact.sentence} → {' '.join(said)}"
        post.plant("edit-signed-sentence", mine, what, Altered("words"), before=before)


def _stripped(post: Post) -> None:
    for number in plants("strip-signature-copy"):
        _, (mine, *others) = arrive(post, writer(post), colleagues(post), KINDS[number % 5])
        _strip(post, "strip-signature-copy", mine)
        post.stands_by(*others)
    for _ in plants("strip-signature-alone"):
        _, (mine,) = arrive(post, writer(post), [owner(post)])
        _strip(post, "strip-signature-alone", mine)


def _strip(post: Post, key: str, mine: Stored) -> None:
    mine.mail = bare(mine.mail)
    post.edit(key, mine)


def _quotes(post: Post) -> None:
    for number in plants("invented-quote"):
        reader = colleagues(post, 1)[0]
        sent, originals = arrive(post, writer(post, language="fr"), [reader], KINDS[number % 5])
        fact = sent.draft.fact
        quoted = clients.write(sent.draft.altered()).shown
        answer = post.send(post.answer(sent, reader, [sent.draft.sender]))
        mine = post.copies(answer)[0]
        before = post.reword(mine, replace(answer.draft, quoted=quoted))
        post.plant("invented-quote", mine, f"{fact.old} → {fact.new}", Altered("words"), before=before)
        post.stands_by(*originals)
    for _ in plants("invented-quote-alone"):
        reader = colleagues(post, 1)[0]
        sent = clients.write(post.draft(writer(post, language="fr"), [reader]))
        fact = sent.draft.fact
        quoted = clients.write(sent.draft.altered()).shown
        answer = post.send(post.answer(sent, reader, [sent.draft.sender]))
        mine = post.copies(answer)[0]
        before = post.reword(mine, replace(answer.draft, quoted=quoted))
        post.plant("invented-quote-alone", mine, f"{fact.old} → {fact.new}", Altered("words"), before=before)


def _html(post: Post) -> None:
    for number in plants("html-edited"):
        sender = unsigned(post, ("outlook", "javamail")) if number % 2 else writer(post, clients=("gmail", "outlook"))
        _, (mine,) = arrive(post, sender, [owner(post)], FIGURES[number // 2 % 2])
        draft, fact = mine.sent.draft, mine.sent.draft.fact
        altered = draft.text.replace(fact.sentence, fact.altered, 1)
        before = post.reword(mine, replace(draft, html=altered))
        post.plant("html-edited", mine, f"{fact.old} → {fact.new}", Altered("words"), before=before)
