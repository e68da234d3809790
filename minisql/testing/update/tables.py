"""Text tables with other rows."""

from __future__ import annotations

from collections.abc import Sequence

from minisql.testing.assertions.table import format_table, is_rule, parse


def with_rows(text: str, rows: Sequence[Sequence[str]]) -> str:
    """A text table with its names, its indentation, bars, rule and comments, but these rows.

    Args:
        rows: the cells, as they are to stand there.
    """
    read = parse(text)
    lines = text.split("\n")
    numbers = [number for number, line in enumerate(lines) if line.strip()]
    head = next(number for number in numbers if not lines[number].strip().startswith("--"))
    last = numbers[-1]
    indent = lines[head][: len(lines[head]) - len(lines[head].lstrip())]
    barred = lines[head].strip().startswith("|")
    table = format_table([cell.written for cell in read.names], rows).splitlines()
    if barred:
        width = max(map(len, table))
        table = [f"| {line:<{width}} |" for line in table]
    rule = next((number for number in numbers if number > head), None)
    ruled = rule is not None and is_rule(lines[rule])
    body = [indent + line for line in table]
    if ruled:
        body.insert(1, indent + _rule(table[0], barred))
    return "\n".join([*lines[:head], *_with_comments(body, lines, head, read.lines, 1 + ruled), *lines[last + 1 :]])


def _rule(names: str, barred: bool) -> str:
    """A rule as wide as the line of names."""
    return (
        "".join("|" if char == "|" else "-" for char in names)
        if barred
        else "".join("+" if char == "|" else "-" for char in names)
    )


def _with_comments(body: list[str], lines: Sequence[str], head: int, numbers: Sequence[int], heads: int) -> list[str]:
    """The lines of the table, each comment before the row of the same number as it stood before."""
    comments: list[tuple[int, str]] = []
    for number in range(head + 1, len(lines)):
        if lines[number].strip().startswith("--") and not (heads == 2 and is_rule(lines[number])):
            comments.append((sum(row - 1 < number for row in numbers), lines[number]))
    for place, comment in reversed(comments):
        body.insert(min(heads + place, len(body)), comment)
    return body
