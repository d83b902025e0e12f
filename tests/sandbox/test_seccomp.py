"""The tables against the kernel's own headers, and the program for the machine that this is not."""

import re
import struct
from pathlib import Path

import pytest

from crible.sandbox import seccomp

GENERIC = Path("/usr/include/asm-generic/unistd.h")
X86 = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
TABLES = {
    **seccomp.ALLOWED,
    **seccomp._SIGNAL_ITSELF,
    **seccomp._PRETEND_MISSING,
    **{name: numbers for name, numbers, _ in seccomp.CONDITIONAL},
}


def numbers_in(path):
    if not path.is_file():
        pytest.skip(f"{path} is not installed")
    defined = dict(re.findall(r"#define\s+(__NR\w+)\s+(\w+)", path.read_text()))
    named = {name.removeprefix("__NR_"): defined.get(value, value) for name, value in defined.items()}
    return {name: int(value) for name, value in named.items() if value.isdigit()}


@pytest.mark.parametrize(("path", "column"), [(X86, 0), (GENERIC, 1)])
def test_numbers_are_the_kernels(path, column):
    kernel = numbers_in(path)
    for name, numbers in TABLES.items():
        if numbers[column] is not None and name in kernel:
            assert numbers[column] == kernel[name], name
    unknown = {name for name, numbers in TABLES.items() if numbers[column] is not None} - set(kernel)
    assert not unknown


@pytest.mark.parametrize(("audit", "column"), [(0xC000003E, 0), (0xC00000B7, 1)])
def test_the_program_answers_as_listed(audit, column):
    code = seccomp.program(audit, column, pid=77)
    assert len(code) // 8 < 4096

    def says(number, *arguments, architecture=audit):
        return run(code, number, architecture, [*arguments, *[0] * (6 - len(arguments))])

    allow, refuse, missing = seccomp._ALLOW, 0x00050001, 0x00050000 | 38
    listed = {numbers[column] for numbers in TABLES.values()} - {None}
    for numbers in seccomp.ALLOWED.values():
        if numbers[column] is not None:
            assert says(numbers[column], *[2**64 - 1] * 6) == allow
    assert {says(number) for number in range(600) if number not in listed} == {refuse}
    assert says(0x40000000, 0) == refuse
    assert says(0, architecture=0x40000003) == seccomp._KILL_PROCESS
    assert says(seccomp._PRETEND_MISSING["clone3"][column]) == missing

    clone, kill, limit = (dict_number(name, column) for name in ("clone", "kill", "prlimit64"))
    assert says(clone, 0x11) == refuse
    assert says(clone, 0x3D0F00) == allow
    assert (says(kill, 77), says(kill, 78), says(kill, 2**32 - 1)) == (allow, refuse, refuse)
    assert (says(limit, 0, 9, 0), says(limit, 1, 9, 0), says(limit, 0, 9, 1), says(limit, 0, 9, 2**32)) == (
        allow,
        refuse,
        refuse,
        refuse,
    )
    control = dict_number("fcntl", column)
    assert [number for number in range(1100) if says(control, 3, number) == allow] == [0, 1, 2, 3, 1030]


def dict_number(name, column):
    return TABLES[name][column]


def run(code, number, architecture, arguments):
    """Classic BPF, as far as the filter uses it."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *arguments)
    at = value = 0
    while True:
        operation, if_true, if_false, constant = struct.unpack_from("<HBBI", code, 8 * at)
        at += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("<I", data, constant)
        elif operation == 0x06:
            return constant
        else:
            fits = value == constant if operation == 0x15 else bool(value & constant)
            assert operation in (0x15, 0x45)
            at += if_true if fits else if_false
