"""What the checks of pictures say of real ones: nearly nothing, and each answer has its cause."""

from collections.abc import Callable
from pathlib import Path

import pytest

from crible.assess.checks import CHECKS
from crible.assess.run import weigh_local
from crible.extract import image
from crible.extract.image.opening import FORMATS
from crible.extract.sniff import sniff
from crible.model.evidence import Says, Strength
from crible.sandbox.window import Window

LOCAL = [check for check in CHECKS if check.id.startswith("image.") and check.look]
KNOWN = {
    ("WWL_(Polaroid)_ION230.jpg", "exif-saved-before-taken"),  # the camera's clock stood at 2026
    ("nikon-e950.jpg", "tables-of-editor"),  # put on the web in 2001, by way of an editor that kept the camera's fields
}


@pytest.mark.corpora
def test_real_pictures_stay_calm(unpack: Callable[..., Path], tmp_path: Path) -> None:
    unpack("images", tmp_path)
    asked, said = 0, {}
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            window = Window.whole(file.fileno())
            if sniff(window) in FORMATS:
                asked += 1
                for row in weigh_local(image.read(window), LOCAL)[0]:
                    said[path.name, row.evidence.message] = (row.evidence.says, row.strength)
    assert asked > 120
    assert set(said) == KNOWN
    assert set(said.values()) == {(Says.QUESTIONS, Strength.WEAK)}
