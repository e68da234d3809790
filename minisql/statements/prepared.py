"""A statement ready to run."""

from __future__ import annotations

from typing import Any

from minisql.record import Record


class Prepared(Record):
    """The statement's text, variables put in, its syntax tree, and where it starts in its script (1-based).

    ``node`` is of the class that the statement's handler is for.
    """

    text: str
    node: Any
    line: int = 1
    column: int = 1
