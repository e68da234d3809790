"""What emitters take and give: code of expressions, and what is known while it is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlglot.expressions import Expression

from minisql.codegen.recovery import attempt, attempt_in_predicate
from minisql.names import quote
from minisql.source import Bindings
from minisql.types import BOOLEAN, SqlType

if TYPE_CHECKING:
    from minisql.functions.registry import FunctionRegistry

VARIABLE: Any = type("Variable", (), {"__repr__": lambda self: "VARIABLE"})()
"""What a fragment that is not constant has for its value."""


class Fragment(NamedTuple):
    """A Python expression.

    Attributes:
        code: an atom, a call or something in parentheses: it can stand anywhere.
        type: its SQL type; None for the NULL literal.
        nullable: False when the code never gives None (it may raise).
        constant: the value, when it is known; else VARIABLE.
    """

    code: str
    type: SqlType | None
    nullable: bool = True
    constant: Any = VARIABLE

    @property
    def is_constant(self) -> bool:
        """Whether the value is known."""
        return self.constant is not VARIABLE

    @property
    def is_null(self) -> bool:
        """Whether it is known to be NULL."""
        return self.constant is None


NULL = Fragment("None", None, True, None)


class Scope:
    """Where expressions are resolved, and how their code is written.

    ``variables`` are the types of the variables of the lambdas around.

    Args:
        columns: name -> the code that reads it; variables of lambdas are columns too.
        functions: resolves calls.
        bindings: takes the objects that the code refers to, and gives names for temporaries.
        types: registered types.
        config: properties that change what expressions do.
        recover: write the careful form, in which parts that fail become NULL on their own, as ksqlDB has it.
        on_error: with ``recover``: the name in ``bindings`` of a callable that takes the exception and what failed.
        types_only: find types as ksqlDB's type checker does: it does not look into NOT, IN, BETWEEN, LIKE, IS NULL or CAST.
        in_predicate: with ``recover``: what fails on its own becomes FALSE, as ksqlDB has it within predicates.
        schema: gives what messages show as the schema; by default the columns.
        interpreted: ksqlDB would interpret the expressions (codegen/interpreted.py); it compiles them otherwise.
    """

    __slots__ = (
        "bindings", "columns", "config", "functions", "in_predicate", "interpreted", "on_error", "recover", "schema", "types",
        "types_only", "variables",
    )  # fmt: skip

    def __init__(
        self,
        columns: Mapping[str, Fragment],
        functions: FunctionRegistry,
        bindings: Bindings,
        types: Mapping[str, SqlType] | None = None,
        config: Mapping[str, Any] | None = None,
        recover: bool = False,
        on_error: str | None = None,
        *,
        types_only: bool = False,
        in_predicate: bool = False,
        schema: Callable[[], object] | None = None,
        interpreted: bool = False,
    ) -> None:
        self.columns = columns
        self.functions = functions
        self.bindings = bindings
        self.types = types or {}
        self.config = config or {}
        self.recover = recover
        self.on_error = on_error
        self.types_only = types_only
        self.in_predicate = in_predicate
        self.schema = schema
        self.interpreted = interpreted
        self.variables: Mapping[str, SqlType | None] = {}

    def emit(self, node: Expression) -> Fragment:
        """The code of an expression here."""
        from minisql.codegen.expressions import emit  # it knows all emitters, which know this module

        return emit(node, self)

    def with_variables(self, variables: Mapping[str, Fragment]) -> Scope:
        """The scope within a lambda."""
        inner = self._copy({**self.columns, **variables}, self.in_predicate)
        inner.variables = {**self.variables, **{name: variable.type for name, variable in variables.items()}}
        return inner

    def of_predicate(self) -> Scope:
        """The scope of a predicate."""
        return self._copy(self.columns, True)

    def of_types(self) -> Scope:
        """The same scope, but for finding types alone."""
        return self._copy(self.columns, self.in_predicate, True)

    def _copy(self, columns: Mapping[str, Fragment], in_predicate: bool, types_only: bool | None = None) -> Scope:
        return Scope(
            columns, self.functions, self.bindings, self.types, self.config, self.recover, self.on_error,
            types_only=self.types_only if types_only is None else types_only, in_predicate=in_predicate, schema=self.schema,
            interpreted=self.interpreted,
        )  # fmt: skip

    def schema_text(self) -> str:
        """The schema for messages."""
        if self.schema is not None:
            return str(self.schema())
        return ", ".join(f"{quote(name)} {column.type}" for name, column in self.columns.items())

    def setting(self, name: str, default: bool) -> bool:
        """A boolean property."""
        return str(self.config.get(name, default)).lower() == "true"

    # -- fragments --------------------------------------------------------------------------------

    def bind(self, value: Any, hint: str) -> str:
        """The name of ``value`` in the code."""
        return self.bindings.bind(value, hint)

    def temporary(self) -> str:
        """A name for a walrus target."""
        return self.bindings.fresh("t")

    def constant(self, value: Any, kind: SqlType | None) -> Fragment:
        """A known value."""
        if value is None:
            return Fragment("None", kind, True, None)
        return Fragment(self._constant_code(value), kind, False, value)

    def _constant_code(self, value: Any) -> str:
        if type(value) in (str, bool):
            return repr(value)
        if type(value) is int or (type(value) is float and value - value == 0):
            return repr(value) if value >= 0 else f"({value!r})"
        return self.bind(value, "constant")

    def folded(self, fragment: Fragment, *operands: Fragment) -> Fragment:
        """The fragment, as a constant when its operands are; code that fails stays code, to fail when it runs."""
        if self.types_only or not all(operand.is_constant for operand in operands):
            return fragment
        try:
            value = eval(fragment.code, dict(self.bindings.names))
        except Exception:
            return fragment
        return self.constant(value, fragment.type)

    def once(self, fragment: Fragment) -> tuple[str, str]:
        """(code to use first, code to use from then on) such that the fragment's code runs once."""
        if fragment.code.isidentifier() or fragment.is_constant:
            return fragment.code, fragment.code
        name = self.temporary()
        return f"({name} := {fragment.code})", name

    def unless_null(self, operands: Sequence[Fragment], write: Callable[..., str]) -> str:
        """Code that is NULL when an operand is, else what ``write`` makes of the operands' codes, each used once at most."""
        if any(operand.is_null for operand in operands):
            return "None"
        tests, codes = [], []
        for operand in operands:
            if not operand.nullable:
                codes.append(operand.code)
                continue
            first, name = self.once(operand)
            tests.append(f"{first} is None")
            codes.append(name)
        code = write(*codes)
        return f"(None if {' or '.join(tests)} else {code})" if tests else code

    # -- recovery ---------------------------------------------------------------------------------

    def recovered(self, fragment: Fragment, what: str) -> Fragment:
        """In the careful form: a fragment whose failure is logged as ``what`` and makes it NULL, or FALSE in a predicate.

        ksqlDB's interpreter knows nothing of that.
        """
        if not self.recover or self.interpreted or fragment.is_constant or not self.setting("ksql.nested.error.set.null", True):
            return fragment
        arguments = f"lambda: {fragment.code}, {self.on_error}, {what!r}"
        if self.in_predicate:
            function = self.bind(attempt_in_predicate, "attempt")
            return Fragment(f"{function}({arguments}, {fragment.type == BOOLEAN})", fragment.type, fragment.nullable)
        return Fragment(f"{self.bind(attempt, 'attempt')}({arguments})", fragment.type)
