"""A small evaluator of spreadsheet formulas: arithmetic, comparisons and a few functions over one sheet's own cells.

Not a spreadsheet: what it does not know it leaves alone (`Unsupported`), so that a difference is one of plain
arithmetic. The library `formulas` computes more, at 300 ms of imports and no bound on its work.
"""

import math
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal

Value = float | str | None
"""A cell: number, text, or empty. What else may stand there (errors, booleans) is `OTHER`."""
OTHER = "\0"
"""A cell's value that no arithmetic here touches."""
Place = tuple[int, int]
"""Row and column from 1."""

LENGTH_CAP = 400
DEPTH_CAP = 20
AREA_CAP = 5_000
"""Cells of one range."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d{1,15}(?:\.\d{1,15})?(?:[eE][+-]?\d{1,3})?|\.\d{1,15})
    |(?P<text>"(?:[^"]|"")*")
    |(?P<name>[A-Z]{2,10})(?=\()
    |(?P<area>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?(?![\w.(!]))
    |(?P<op><=|>=|<>|[-+*/^%()=<>,]))""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})")
_BINDING = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "+": 2, "-": 2, "*": 3, "/": 3, "^": 4}


class Unsupported(Exception):  # noqa: N818
    """A formula that this evaluator leaves alone."""


class Cells:
    """The stored values of one sheet, and how many look-ups are left for the whole workbook."""

    def __init__(self, budget: int) -> None:
        self.values: dict[Place, Value] = {}
        self.left = budget

    def __getitem__(self, place: Place) -> Value:
        self.left -= 1
        if self.left < 0:
            raise Unsupported("budget")
        return self.values.get(place)


def evaluate(formula: str, cells: Cells, shift: Place = (0, 0)) -> float:
    """The number that a formula gives over `cells`; relative references are moved by `shift` rows and columns.

    Raises Unsupported for whatever is beyond this grammar, for text results and for errors such as a division by nil.
    """
    if len(formula) > LENGTH_CAP:
        raise Unsupported("length")
    try:
        result = _Parser(formula, cells, shift).all()
    except (ArithmeticError, ValueError) as error:
        raise Unsupported("arithmetic") from error
    if isinstance(result, str) or not math.isfinite(result):
        raise Unsupported("result")
    return float(result)


def place(reference: str, shift: Place = (0, 0)) -> Place:
    """Row and column of `B7` or `$B$7`; Unsupported if it is none."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise Unsupported("reference")
    column = 0
    for letter in match[2]:
        column = 26 * column + ord(letter) - 64
    return int(match[4]) + (0 if match[3] else shift[0]), column + (0 if match[1] else shift[1])


class _Parser:
    """Precedence climbing over the tokens; computes as it goes."""

    def __init__(self, formula: str, cells: Cells, shift: Place) -> None:
        self._tokens = [*_tokens(formula), ("end", "")]
        self._at = 0
        self._cells, self._shift = cells, shift
        self._depth = 0

    def all(self) -> float | str:
        result = self._expression(0)
        self._expect("end", "")
        return result

    def _expression(self, least: int) -> float | str:
        self._depth += 1
        if self._depth > DEPTH_CAP:
            raise Unsupported("depth")
        left = self._operand()
        while (kind := self._tokens[self._at])[0] == "op" and _BINDING.get(kind[1], 0) > least:
            self._at += 1
            left = _binary(kind[1], left, self._expression(_BINDING[kind[1]]))
        self._depth -= 1
        return left

    def _operand(self) -> float | str:
        kind, text = self._next()
        if kind == "op" and text in "+-":
            # Excel: -2^2 is 4, the sign binds tighter than the power.
            inner = _number(self._operand())
            return -inner if text == "-" else inner
        result: float | str
        if kind == "number":
            result = float(text)
        elif kind == "text":
            result = text[1:-1].replace('""', '"')
        elif kind == "area" and ":" not in text:
            result = _scalar(self._cells[place(text, self._shift)])
        elif kind == "name" and text in _FUNCTIONS:
            result = _FUNCTIONS[text](self._arguments())
        elif (kind, text) == ("op", "("):
            result = self._expression(0)
            self._expect("op", ")")
        else:
            raise Unsupported(text)
        while self._tokens[self._at] == ("op", "%"):
            self._at += 1
            result = _number(result) / 100
        return result

    def _arguments(self) -> list[list[Value]]:
        """Each argument as the list of its values: an area's cells, else one."""
        self._expect("op", "(")
        given: list[list[Value]] = []
        while True:
            kind, text = self._tokens[self._at]
            if kind == "area" and self._tokens[self._at + 1] in (("op", ","), ("op", ")")):
                self._at += 1
                given.append(list(self._area(text)))
            else:
                given.append([self._expression(0)])
            if self._next_op() == ")":
                return given

    def _area(self, text: str) -> Iterator[Value]:
        first, _, last = text.partition(":")
        (top, left), (bottom, right) = place(first, self._shift), place(last or first, self._shift)
        top, bottom, left, right = min(top, bottom), max(top, bottom), min(left, right), max(left, right)
        if (bottom - top + 1) * (right - left + 1) > AREA_CAP:
            raise Unsupported("area")
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield self._cells[row, column]

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _next_op(self) -> str:
        kind, text = self._next()
        if kind != "op" or text not in (",", ")"):
            raise Unsupported(text)
        return text

    def _expect(self, kind: str, text: str) -> None:
        if self._next() != (kind, text):
            raise Unsupported(text)


def _tokens(formula: str) -> Iterator[tuple[str, str]]:
    at, text = 0, formula.strip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise Unsupported(text[at : at + 10])
        yield match.lastgroup, match[match.lastgroup]
        at = match.end()


def _scalar(value: Value) -> float | str:
    if value == OTHER:
        raise Unsupported("cell")
    return 0.0 if value is None else value


def _number(value: float | str) -> float:
    if isinstance(value, str):  # Excel reads "3" as 3 by the rules of its locale, which the file does not say
        raise Unsupported("text")
    return value


def _binary(operator: str, left: float | str, right: float | str) -> float | str:
    if _BINDING[operator] == 1:
        return float(_compared(operator, left, right))
    a, b = _number(left), _number(right)
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b
    if a < 0 and not b.is_integer():  # a complex number
        raise Unsupported("power")
    return math.pow(a, b)


def _compared(operator: str, left: float | str, right: float | str) -> bool:
    if isinstance(left, str) != isinstance(right, str):
        if (left, right) not in ((0.0, ""), ("", 0.0)):
            raise Unsupported("comparison")
        order = 0
    elif isinstance(left, str) and isinstance(right, str):
        if operator not in ("=", "<>"):  # how texts are ordered is the locale's
            raise Unsupported("comparison")
        order = left.casefold() != right.casefold()
    else:
        a, b = _number(left), _number(right)
        order = (a > b) - (a < b) if not close(a, b) else 0
    return {"=": order == 0, "<>": order != 0, "<": order < 0, ">": order > 0, "<=": order <= 0, ">=": order >= 0}[
        operator
    ]


def close(a: float, b: float) -> bool:
    """Whether two results are the same but for binary rounding, which Excel hides beyond 15 digits."""
    return abs(a - b) <= 1e-6 + 1e-9 * max(abs(a), abs(b))


def _numbers(arguments: list[list[Value]]) -> list[float]:
    """What SUM and its like count: numbers; text and empty cells of an area do not count."""
    found = []
    for value in (value for argument in arguments for value in argument):
        if value == OTHER:
            raise Unsupported("cell")
        if isinstance(value, float):
            found.append(value)
        elif isinstance(value, str) and len(arguments) > 1:
            raise Unsupported("text")
    return found


def _round(arguments: list[list[Value]]) -> float:
    value, digits = (_number(_scalar(_one(argument))) for argument in arguments)
    if abs(digits) > 12:
        raise Unsupported("digits")
    exact = Decimal(f"{value:.15g}")
    return float(exact.quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP))


def _if(arguments: list[list[Value]]) -> float | str:
    if len(arguments) not in (2, 3):
        raise Unsupported("arguments")
    # Both branches were computed by now: one that is beyond us makes the whole beyond us, which is the safe side.
    condition = _number(_scalar(_one(arguments[0])))
    if condition:
        return _scalar(_one(arguments[1]))
    return _scalar(_one(arguments[2])) if len(arguments) == 3 else 0.0


def _one(argument: list[Value]) -> Value:
    if len(argument) != 1:
        raise Unsupported("area")
    return argument[0]


def _average(arguments: list[list[Value]]) -> float:
    found = _numbers(arguments)
    return math.fsum(found) / len(found)


_FUNCTIONS: dict[str, Callable[[list[list[Value]]], float | str]] = {
    "SUM": lambda given: math.fsum(_numbers(given)),
    "MIN": lambda given: min(_numbers(given), default=0.0),
    "MAX": lambda given: max(_numbers(given), default=0.0),
    "AVERAGE": _average,
    "ABS": lambda given: abs(_number(_scalar(_one(given[0] if len(given) == 1 else [])))),
    "ROUND": _round,
    "IF": _if,
}
