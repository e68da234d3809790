"""Python functions under SQL signatures: ``conn.udf``, ``conn.udaf``, ``conn.udtf``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from minisql.engine import Engine
from minisql.functions.function import Variant

Declared = TypeVar("Declared", bound=Callable[..., Any])


class Registration:
    """The decorators by which a program adds functions to its engine."""

    engine: Engine

    def udf(self, *signatures: str, nulls: str = "propagate") -> Callable[[Declared], Declared]:
        """Declare a function as a scalar function: ``@conn.udf("SHOUT(text STRING) -> STRING")``.

        Args:
            signatures: ``NAME(arg TYPE, ...) -> TYPE``, one or more.
            nulls: "propagate": NULL in gives NULL out without a call; "pass": the function sees None.

        Raises:
            KsqlError: the name is not an identifier, or is taken.
        """
        return self._declare("scalar", signatures, nulls)

    def udaf(self, *signatures: str) -> Callable[[Declared], Declared]:
        """Declare a class with the verbs initialize, aggregate, merge, and perhaps map and undo, as an aggregate.

        A verb gives a new state and never changes one that it is given. Arguments in brackets are literals that the
        class is made with: ``@conn.udaf("FIRST_N(col INT, [n INT]) -> ARRAY<INT>")``.
        """
        return self._declare("aggregate", signatures, "pass")

    def udtf(self, *signatures: str, nulls: str = "propagate") -> Callable[[Declared], Declared]:
        """Declare a function that gives a list as a table function: one row for each element."""
        return self._declare("table", signatures, nulls)

    def _declare(self, kind: str, signatures: tuple[str, ...], nulls: str) -> Callable[[Declared], Declared]:
        def declare(implementation: Declared) -> Declared:
            with self.engine.lock:
                for text in signatures:
                    self.engine.functions.add(kind, Variant(text, implementation, nulls), category="OTHER", path="python")
            return implementation

        return declare
