"""What is done to the season's mail, one file a family; innocents last."""

from crible.demo.forgeries.post import Post
from crible.demo.forgeries.scenarios import accounts, around, boxes, innocent, loose, newsroom, people, signed, words

FAMILIES = (words, signed, around, accounts, boxes, loose, newsroom, innocent, people)


def play(post: Post) -> None:
    """Commit every deed of the catalogue."""
    for family in FAMILIES:
        family.play(post)
