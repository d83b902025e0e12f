"""What is done to the season's mail, one file a family; innocents last."""

from crible.demo.forgeries.post import Post
from crible.demo.forgeries.scenarios import (
    accounts,
    around,
    boxes,
    innocent,
    letters,
    newsroom,
    people,
    photos,
    printed,
    sheets,
    signed,
    words,
)

FAMILIES = (words, signed, around, accounts, boxes, printed, letters, sheets, photos, newsroom, innocent, people)


def play(post: Post) -> None:
    """Commit every deed of the catalogue."""
    for family in FAMILIES:
        family.play(post)
