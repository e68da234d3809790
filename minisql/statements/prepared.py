"""A statement ready to run."""

from __future__ import annotations

from dataclasses import dataclass

from sqlglot.expressions import Expression


@dataclass(frozen=True)
class Prepared:
    """The statement's text, variables put in, and its syntax tree."""

    text: str
    node: Expression
