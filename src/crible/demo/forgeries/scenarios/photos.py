"""Photographs: dated anew, spliced; cropped by the telephone, passed on by a messenger (26)."""

import random
from dataclasses import replace
from datetime import timedelta

from PIL import Image

from crible.demo.forgeries.files.camera import Shot, jpeg, picture, room, small
from crible.demo.forgeries.post import Post
from crible.demo.forgeries.scenarios.common import plants, twins
from crible.demo.forgeries.scenarios.loose import lay, lay_twin


def play(post: Post) -> None:
    """Lay out photographs."""
    for scene in (_dated, _spliced, _passed_on, _cropped):
        scene(post)


def _dated(post: Post) -> None:
    """DateTimeOriginal moved by a month; what the satellites said, and when the file was saved, is left."""
    for number in plants("photo-dated-anew"):
        image, shot = _taken(post)
        later = replace(shot, taken=shot.taken + timedelta(days=33))
        lay(post, "photo-dated-anew", f"IMG_{2000 + number}.jpg", jpeg(image, later), f"→ {later.taken:%Y-%m-%d}")


def _spliced(post: Post) -> None:
    """Every field and the small picture inside as the camera left them: another picture, or a patch of one."""
    for number in plants("photo-exchanged"):
        _, shot = _taken(post)
        other = room(random.Random(post.rng.getrandbits(32)))  # noqa: S311
        lay(post, "photo-exchanged", f"IMG_{3000 + number}.jpg", jpeg(other, shot), "another picture")
    for number in plants("photo-spliced"):
        image, shot = _taken(post)
        other = room(random.Random(post.rng.getrandbits(32)))  # noqa: S311
        image.paste(other.crop((200, 200, 290, 400)), (430, 330))
        lay(post, "photo-spliced", f"IMG_{3500 + number}.jpg", jpeg(image, shot, 92), "a patch of another picture")


def _passed_on(post: Post) -> None:
    """Smaller, compressed again, and nothing said of it any more."""
    for number in twins("photo-by-messenger"):
        image, _ = _taken(post)
        data = jpeg(image.resize((640, 400)), None, 70)
        lay_twin(post, "photo-by-messenger", f"IMG-2017-WA{number:04}.jpg", data, "passed on by a messenger")


def _cropped(post: Post) -> None:
    """Cropped in the telephone's gallery a week later, which made the small picture anew."""
    for number in twins("photo-cropped"):
        image, shot = _taken(post)
        cut = image.crop((60, 40, 900, 565))
        saved = replace(shot, saved=shot.taken + timedelta(days=7), thumbnail=small(cut))
        lay_twin(post, "photo-cropped", f"IMG_{4000 + number}.jpg", jpeg(cut, saved), "cropped by its owner")


def _taken(post: Post) -> tuple[Image.Image, Shot]:
    image = picture(random.Random(post.rng.getrandbits(32)))  # noqa: S311
    at = post.moment()
    return image, Shot(at, at, at - timedelta(seconds=40), small(image))
