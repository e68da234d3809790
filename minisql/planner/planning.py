"""What every part of the planner reads: the engine's knowledge, and the types of expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.text import text
from minisql.analyzer.trees import arguments, calls_in, column, column_name, is_column, rewrite
from minisql.dialect.places import placing
from minisql.errors import KsqlError
from minisql.metastore import Metastore
from minisql.planner.schemas import find_value
from minisql.planner.steps import Call
from minisql.schema import Schema
from minisql.types import BIGINT, SqlType

if TYPE_CHECKING:
    from minisql.functions.function import AggregateCall
    from minisql.functions.registry import FunctionRegistry


class Aggregate(NamedTuple):
    """A call of an aggregate, and the types of its result and of its state."""

    call: Call
    returns: SqlType
    intermediate: SqlType


class Planning(NamedTuple):
    """The metastore, the functions and the configuration that a query is planned with.

    ``partitions`` tells the number of a topic's partitions; where it is None, they count as equal.
    """

    metastore: Metastore
    functions: FunctionRegistry
    config: Mapping[str, Any]
    partitions: Callable[[str], int] | None = None

    def partitions_of(self, topic: str) -> int:
        """The number of the topic's partitions."""
        return 1 if self.partitions is None else self.partitions(topic)

    def type_of(self, node: Expression, schema: Schema) -> SqlType | None:
        """The type of an expression over a row of ``schema``; None for NULL. It may have aggregates and table functions.

        Raises:
            KsqlError: unknown columns or functions, or types that do not go together.
        """
        if is_column(node):  # most expressions of a plan
            known = find_value(schema, column_name(node))
            if known is not None:
                return known.type
        return self._type_of(node, {item.name: item.type for item in schema.value})

    def compiled_type(self, node: Expression, schema: Schema, what: str) -> SqlType | None:
        """The type of an expression that ksqlDB compiles where it plans: its refusals say ``what`` it is.

        Raises:
            KsqlError: it cannot be compiled.
        """
        if is_column(node):
            return self.type_of(node, schema)
        from minisql.codegen.expressions import Fragment, Scope, emit_value  # loaded with the first query
        from minisql.source import Bindings

        fragments = {item.name: Fragment("x", item.type) for item in schema.value}
        scope = Scope(fragments, self.functions, Bindings(), self.metastore.types, schema=lambda: schema)
        kind: SqlType | None = emit_value(node, scope, what).type
        return kind

    def _type_of(self, node: Expression, columns: dict[str, SqlType]) -> SqlType | None:
        from minisql.codegen.expressions import type_of  # the type checker is loaded with the first query

        plain, results = self._with_results(node, columns)
        kind: SqlType | None = type_of(plain, {**columns, **results}, self.functions, self.metastore.types)
        return kind

    def _with_results(self, node: Expression, columns: dict[str, SqlType]) -> tuple[Expression, dict[str, SqlType]]:
        """The expression with the results of aggregates and table functions as columns, and the types of these."""
        results: dict[str, SqlType] = {}

        def result(call: Expression) -> Expression | None:
            kind = self._result_type(call, columns) if isinstance(call, exp.Anonymous) else None
            if kind is None:
                return None
            name = text(call)  # messages show the call
            results[name] = kind
            return column(name)

        scalar = all(self._is_scalar(call.this) for call in calls_in(node))
        return (node if scalar else rewrite(node, result)), results

    def _is_scalar(self, name: str) -> bool:
        return not self.functions.is_aggregate(name) and not self.functions.is_table_function(name)

    def _result_type(self, call: exp.Anonymous, columns: dict[str, SqlType]) -> SqlType | None:
        """The type of an aggregate's or table function's result, None for another function."""
        if self.functions.is_aggregate(call.this):
            return self._aggregate(call, columns)[0].returns
        if self.functions.is_table_function(call.this):
            types = [self._type_of(argument, columns) for argument in call.expressions]
            kind: SqlType = self.functions.table_function(call.this, types or [BIGINT]).returns
            return kind
        return None

    def aggregate(self, call: exp.Anonymous, schema: Schema) -> Aggregate:
        """The call with its literal arguments told from the others.

        Raises:
            KsqlError: no such variant, or an initial argument that is no literal.
        """
        resolved, initial = self._aggregate(call, {item.name: item.type for item in schema.value})
        found = arguments(call)
        split = len(found) - len(initial)
        return Aggregate(Call(call.this, tuple(found[:split]), initial), resolved.returns, resolved.intermediate)

    def takes_tables(self, call: Call, schema: Schema) -> bool:
        """Whether the aggregate can undo a row."""
        types = [self.type_of(argument, schema) for argument in call.arguments]
        types += [_literal_type(value) for value in call.initial]
        undoes: bool = self.functions.aggregate(call.name, types).supports_undo
        return undoes

    def told_name(self, call: Call) -> str:
        """The function's name as it was declared: ksqlDB's own are not all in capitals."""
        function = self.functions.find(call.name)
        return call.name if function is None else function.spelling

    def _aggregate(self, call: exp.Anonymous, columns: dict[str, SqlType]) -> tuple[AggregateCall, tuple[Any, ...]]:
        found = arguments(call)
        with placing(call):
            types = [self._type_of(argument, columns) for argument in found]
            resolved = self.functions.aggregate(call.this, types or [BIGINT])
            return resolved, self._initial(call.this, found, resolved.initial_count)

    def _initial(self, name: str, found: list[Expression], count: int) -> tuple[Any, ...]:
        if not count:
            return ()
        from minisql.codegen.expressions import evaluate

        first = len(found) - count
        for number, argument in enumerate(found[first:], first + 1):
            if not isinstance(argument, (exp.Literal, exp.Boolean, exp.Null)):
                raise KsqlError(
                    f"Parameter {number} passed to function {name} must be a literal constant, "
                    f"but was expression: '{text(argument)}'"
                )
        return tuple(evaluate(argument, self.functions, self.metastore.types)[0] for argument in found[first:])


def _literal_type(value: Any) -> SqlType | None:
    from minisql.types import BOOLEAN, DOUBLE, INTEGER, STRING

    return {bool: BOOLEAN, int: INTEGER, float: DOUBLE, str: STRING}.get(type(value))
