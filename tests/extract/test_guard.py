"""What leaves a library at work on hostile bytes."""

import pytest

from crible.extract.guard import reading
from crible.model.errors import Unreadable


class PanicException(BaseException):
    """As a library in Rust raises it."""


def test_a_panic_of_a_library_in_rust_is_a_broken_file() -> None:
    with pytest.raises(Unreadable) as caught, reading("calamine"):
        raise PanicException("slice index starts at 4608 but ends at 4598")
    assert caught.value.reason.params == {
        "reader": "calamine",
        "detail": "PanicException: slice index starts at 4608 but ends at 4598",
    }


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit, MemoryError])
def test_what_is_not_the_documents_passes(kind: type[BaseException]) -> None:
    with pytest.raises(kind), reading("calamine"):
        raise kind
