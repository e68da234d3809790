"""The text tables of assertions in Python files."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from minisql.testing.assertions.failure import AssertionFailed
from minisql.testing.update.edits import Conflict, Edits, Span
from minisql.testing.update.tables import with_rows

_LITERAL = re.compile(r"([a-zA-Z]*)(\"\"\"|'''|\"|')")


class NotUpdated(Exception):
    """Why an expectation cannot be rewritten."""


def settle(edits: Edits, method: str, rows: Any, frame: FrameType, error: BaseException | None) -> bool:
    """An assertion was checked, and ``error`` came of it; whether that is dealt with.

    Raises:
        AssertionFailed: it did not hold, and cannot be rewritten.
    """
    __tracebackhide__ = True
    if error is not None and not isinstance(error, AssertionFailed):
        return False
    try:
        if not isinstance(rows, str):
            raise NotUpdated("what is expected is no text table")
        _rewrite(edits, frame, method, rows, None if error is None else error.rows)
    except NotUpdated as reason:
        if error is not None:
            raise AssertionFailed(f"{error}\nnot updated: {reason}") from None
    return error is not None


def _rewrite(edits: Edits, frame: FrameType, method: str, text: str, rows: Sequence[Sequence[str]] | None) -> None:
    """Note that the text table of a call is to have other rows; None: that it is to stay.

    Args:
        frame: where the call is.
        method: the name of what is called; its second argument, or ``rows``, is the table.
        text: the table.

    Raises:
        NotUpdated: the table is not written there as one literal string, or is to become two different things.
    """
    path = Path(frame.f_code.co_filename)
    where = f"{path}:{frame.f_lineno}"
    try:
        source = edits.text(path)
        found = {span for node in _arguments(ast.parse(source), method, frame.f_lineno) if (span := _literal(source, node, text))}
    except (OSError, ValueError, SyntaxError) as error:
        raise NotUpdated(f"{where} cannot be read: {error}") from error
    if len(found) != 1:
        which = "no literal string" if not found else "one of several"
        raise NotUpdated(f"the table is {which} in the calls of {method} at {where}")
    span = found.pop()
    old = source[span.start : span.end]
    try:
        edits.replace(path, span, old if rows is None else literal(old, with_rows(text, rows)))
    except Conflict:
        raise NotUpdated(f"the table at {where} would have to be two different things: its test runs several times") from None


def _arguments(tree: ast.AST, method: str, line: int) -> Iterator[ast.expr]:
    """The tables of all calls of the method that a line is part of."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != method:
            continue
        if node.lineno <= line <= (node.end_lineno or node.lineno):
            yield from node.args[1:2]
            yield from (each.value for each in node.keywords if each.arg == "rows")


def _literal(source: str, node: ast.expr, text: str) -> Span | None:
    """Where a node is, if it is one literal string that says ``text``."""
    if not isinstance(node, ast.Constant) or node.value != text or node.end_lineno is None or node.end_col_offset is None:
        return None
    lines = source.split("\n")
    span = Span(_offset(lines, node.lineno, node.col_offset), _offset(lines, node.end_lineno, node.end_col_offset))
    segment = source[span.start : span.end]
    tokens = list(tokenize.generate_tokens(io.StringIO(segment).readline))
    return span if tokens[0].string == segment else None  # "a" "b" are two


def _offset(lines: Sequence[str], number: int, column: int) -> int:
    """The offset in characters of a place that ``ast`` tells by line and bytes."""
    before = sum(len(line) + 1 for line in lines[: number - 1])
    return before + len(lines[number - 1].encode()[:column].decode())


def literal(old: str, text: str) -> str:
    """A literal string that says ``text``, in the quotes of the literal ``old``.

    >>> print(literal("'a'", "b c"))
    'b c'
    """
    match = _LITERAL.match(old)
    assert match is not None
    prefix, quote = match[1], match[2]
    if "r" in prefix.lower():
        new = f"{prefix}{quote}{text}{quote}"
        if _says(new, text):
            return new
        prefix = ""
    new = f"{prefix}{quote}{_escaped(text, quote)}{quote}"
    assert _says(new, text)
    return new


def _says(literal: str, text: str) -> bool:
    try:
        return bool(ast.literal_eval(literal) == text)
    except (SyntaxError, ValueError):
        return False


def _escaped(text: str, quote: str) -> str:
    text = text.replace("\\", "\\\\").replace("\r", "\\r")
    if len(quote) == 1:
        return text.replace("\n", "\\n").replace(quote, f"\\{quote}")
    text = text.replace(quote, "".join(f"\\{char}" for char in quote))
    return f"{text[:-1]}\\{text[-1]}" if text.endswith(quote[0]) else text
