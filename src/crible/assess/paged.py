"""Where on a page of a PDF something stands, as evidence says it."""

from crible.model.pdf import Box


def where(page: int, box: Box | None = None) -> str:
    """`page 2`, or `page 2 [120 340 260 352]`: left, top, right, bottom in thousandths of the page."""
    return f"page {page} [{' '.join(map(str, box))}]" if box else f"page {page}"


def numbered(pages: tuple[int, ...], most: int = 12) -> str:
    """`1-4, 7`: page numbers for a sentence, runs of three or more drawn together."""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs[:most]]
    return ", ".join(shown) + (" …" if len(runs) > most else "")
