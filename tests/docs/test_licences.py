"""What crible needs at run time may be used by anybody: no GPL, no AGPL (LGPL and MPL are libraries' own affair)."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

LOCK = Path(__file__).parents[2] / "requirements" / "run.txt"
BARRED = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|(Affero )?General Public License)", re.IGNORECASE)


def names() -> list[str]:
    lines = LOCK.read_text().splitlines()
    return [found[0] for line in lines if (found := re.match(r"[A-Za-z0-9][\w.-]*", line))]


def licence(name: str) -> str:
    """What the package's metadata say of its licence; the text of a licence only as far as its first lines."""
    try:
        said = metadata(name)
    except PackageNotFoundError:  # of another platform
        return ""
    classified = [one for one in said.get_all("Classifier") or [] if one.startswith("License")]
    return " ".join([said.get("License-Expression") or "", (said.get("License") or "")[:200], *classified])


def test_no_package_is_under_a_licence_that_reaches_its_users() -> None:
    found = {name: licence(name) for name in names()}
    assert sum(bool(said.strip()) for said in found.values()) > 40
    lesser = re.compile(r"Lesser General Public License|LGPL[^ ]*", re.IGNORECASE)
    assert {name: said for name, said in found.items() if BARRED.search(lesser.sub("", said))} == {}


def test_no_wheel_carries_an_encoder_under_the_gpl() -> None:
    """pillow-heif's own metadata say BSD, and its wheels bring libx265 along."""
    assert "pillow-heif" not in names()
    assert "pi-heif" in names()
