"""What a file says of itself, on the terminal."""

from crible.cli.context import language, moment
from crible.cli.terminal import named, one_line, prose
from crible.model.files import FileFacts
from crible.model.instant import Instant
from crible.sift.said import Said, said
from crible.words import render, shown


def print_said(file: FileFacts) -> None:
    """Each field that the file fills, under a line that says what it is worth."""
    fields = list(said(file))
    if fields:
        prose(render("facts", "as-it-says", {}, language()), 2)
    for field in fields:
        named(render("facts", field.key, {}, language()), _value(field), 26, 4)


def _value(field: Said) -> str:
    if field.key == "place":
        return render("facts", "place-private", {}, language())
    if isinstance(field.value, Instant):
        return moment(field.value.iso())
    text = one_line(field.value) if isinstance(field.value, str) else shown(field.value, language())
    more: dict[str, object] = {"count": field.more}
    return f"{text}, {render('facts', 'more', more, language())}" if field.more else text
