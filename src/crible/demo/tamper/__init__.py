"""What hands did to the leak before it was posted, and the innocent look-alikes of each deed."""

from crible.demo.post import Post
from crible.demo.tamper import copies, headers, innocent, papers, parts, senders, signatures, tables
from crible.demo.tamper.deed import Deed


def play(post: Post) -> list[Deed]:
    """Commit every deed upon the story's mail; innocents last, so that they find what they are the twins of."""
    return [
        *copies.play(post),
        *signatures.play(post),
        *headers.play(post),
        *parts.play(post),
        *senders.play(post),
        *papers.play(post),
        *tables.play(),
        *innocent.play(post),
    ]
