import io
import os
import tempfile

from hypothesis import given
from hypothesis import strategies as st

from crible.sandbox.window import Window

data_and_range = st.tuples(st.binary(max_size=300), st.integers(0, 320), st.integers(0, 320))
calls = st.lists(
    st.one_of(
        st.tuples(st.just("read"), st.integers(-1, 320)),
        st.tuples(st.just("seek"), st.integers(0, 320), st.sampled_from([os.SEEK_SET])),
        st.tuples(st.just("seek"), st.integers(-20, 20), st.sampled_from([os.SEEK_CUR, os.SEEK_END])),
        st.tuples(st.just("tell")),
        st.tuples(st.just("readline")),
    ),
    max_size=12,
)


def opened(data):
    file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 closed by the tests
    file.write(data)
    file.seek(0)
    return file


@given(data_and_range, st.integers(0, 320), st.one_of(st.none(), st.integers(0, 320)))
def test_reading_is_slicing(case, at, size):
    data, offset, length = case
    with opened(data) as file:
        window = Window.whole(file.fileno()).within(offset, length)
        expected = data[offset : offset + length]
        assert window.read() == expected
        assert window.read(at, size) == expected[at:][:size]


@given(data_and_range, st.integers(0, 320), st.integers(0, 320))
def test_a_window_within_never_reaches_beyond_its_outer_one(case, offset, length):
    data, outer_offset, outer_length = case
    with opened(data) as file:
        inner = Window.whole(file.fileno()).within(outer_offset, outer_length).within(offset, length)
        assert inner.read() == data[outer_offset:][:outer_length][offset:][:length]
        assert inner.length <= outer_length


@given(st.binary(max_size=300), st.integers(0, 100), st.integers(0, 300), calls, st.integers(1, 64))
def test_the_stream_behaves_like_a_file_over_the_slice(data, offset, length, steps, buffer):
    with opened(data) as file:
        window = Window.whole(file.fileno()).within(offset, length)
        oracle = io.BytesIO(data[offset:][:length])
        with window.stream(buffer) as stream:
            for name, *arguments in steps:
                assert outcome(stream, name, arguments) == outcome(oracle, name, arguments)


def outcome(file, name, arguments):
    """A seek to before the start raises, whatever the class; BytesIO goes to 0 instead, so neither is compared."""
    if name == "seek" and arguments[1] != os.SEEK_SET:
        target = {os.SEEK_CUR: file.tell(), os.SEEK_END: size_of(file)}[arguments[1]] + arguments[0]
        if target < 0:
            return None
    return getattr(file, name)(*arguments)


def size_of(file):
    here = file.tell()
    size = file.seek(0, os.SEEK_END)
    file.seek(here)
    return size


def test_reading_leaves_the_shared_position_alone():
    with opened(b"0123456789") as file:
        window = Window(file.fileno(), 2, 5)
        assert window.stream().read() == b"23456"
        assert os.lseek(file.fileno(), 0, os.SEEK_CUR) == 0


def test_a_file_cut_short_gives_what_is_there():
    with opened(b"0123456789") as file:
        window = Window.whole(file.fileno())
        file.truncate(4)
        assert window.read(2) == b"23"
        assert window.read(6) == b""
