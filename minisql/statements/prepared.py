"""A statement ready to run."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot.expressions import Expr


@dataclass(frozen=True)
class Prepared:
    """The statement's text, variables put in, its syntax tree, and where it starts in its script (1-based)."""

    text: str
    node: Expr
    line: int = 1
    column: int = 1
