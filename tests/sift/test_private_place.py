"""Where a picture was taken is kept among its facts, and shown by nothing that tells of the case."""

import pytest
from image_samples import camera, saved, scene

from crible.sift.packing import unpack_reading
from crible.store.case import Case
from crible.store.models import Reading

COORDINATES = ("48.858", "48,858", "2.295", "2,295", "30.24", "GPSInfo")


@pytest.fixture(scope="module")
def case(sifted, tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("private")
    (folder / "source").mkdir()
    (folder / "source" / "tribune.jpg").write_bytes(saved(scene(), exif=camera("+02:00")))
    return sifted(folder / "case", folder / "source")


def test_the_place_is_kept(case: Case) -> None:
    with case.facts():
        (facts,) = Reading.objects.values_list("facts", flat=True)
    file = unpack_reading(bytes(facts)).file
    assert file is not None
    assert file.place == pytest.approx((48.8584, 2.295), abs=1e-6)


@pytest.mark.parametrize("asked", [("export", "--format", "jsonl"), ("export", "--format", "csv"), ("find", "comité")])
def test_and_shown_by_nothing(case: Case, crible, asked: tuple[str, ...]) -> None:
    said = crible(*asked, "--case", case.folder).stdout
    assert "tribune.jpg" in said
    assert not [number for number in COORDINATES if number in said]


def test_nor_by_the_page_of_the_document_on_the_terminal(case: Case, crible) -> None:
    with case.facts():
        (name,) = Reading.objects.values_list("document__sha256", flat=True)
    said = crible("show", bytes(name).hex()[:16], "--case", case.folder).stdout
    assert "image/jpeg" in said
    assert not [number for number in COORDINATES if number in said]
