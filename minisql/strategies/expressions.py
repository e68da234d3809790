"""SQL expressions of a type: columns and literals, and what operators, functions, CASE and CAST make of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from minisql.codegen.casts import WRITERS
from minisql.codegen.decimals import RESULTS, as_decimal
from minisql.dialect import quoted_name
from minisql.functions.parameter_types import base
from minisql.functions.registry import FunctionRegistry, builtins
from minisql.strategies.calls import call_of
from minisql.strategies.chances import Draw, count, happens, one_of
from minisql.strategies.columns import PLAIN
from minisql.strategies.literals import literal_of
from minisql.strategies.predicates import PREDICATES
from minisql.strategies.scope import Scope, named
from minisql.strategies.signatures import Signatures, builtin_signatures
from minisql.strategies.sources import Columns, source_of, type_of
from minisql.strategies.values import values
from minisql.types import BIGINT, DOUBLE, INTEGER, STRING, SqlArray, SqlDecimal, SqlMap, SqlStruct, SqlType

Maker = Callable[[Draw, Scope, SqlType, int], str]
"""(draw, what there is, type, how deep its parts may be) -> SQL, in parentheses where it stands among operators."""

DEPTH = 3


def expressions(
    columns: Columns, kind: SqlType | str | None = None, /, *, depth: int = DEPTH, functions: FunctionRegistry | None = None
) -> st.SearchStrategy[str]:
    """SQL expressions of a type over columns; they shrink to a column or a literal.

    Args:
        columns: as for ``rows``.
        kind: the type, or its text; by default one of the columns, of what lies in them, or any plain one.
        depth: how deep operators and functions are nested at most.
        functions: those to call, ``connection.engine.functions`` for one's own too; by default ksqlDB's, but those whose
            result is another every time.

    Raises:
        KsqlError: a text is not what it should be.

    >>> from hypothesis import find
    >>> find(expressions("v INT", "INT"), lambda text: " + " in text)
    '(V + V)'
    """
    signatures = builtin_signatures() if functions is None or functions is builtins() else Signatures(functions)
    schema = source_of(columns).schema
    scope = Scope(named((*schema.key, *schema.value)), signatures)
    if kind is not None:
        return expression(scope, type_of(kind), depth)
    return st.sampled_from(scope.kinds).flatmap(lambda some: expression(scope, some, depth))


@st.composite
def expression(draw: Draw, scope: Scope, kind: SqlType, depth: int = DEPTH) -> str:
    """An expression of the type in a scope."""
    return one_of(draw, _makers(scope, kind) if depth > 0 else _leaves(scope, kind))(draw, scope, kind, depth - 1)


def part(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    """A part of an expression."""
    return str(draw(expression(scope, kind, depth)))


def _leaves(scope: Scope, kind: SqlType) -> tuple[Maker, ...]:
    return (_path if scope.paths(kind) else _literal, _literal)


def _makers(scope: Scope, kind: SqlType) -> tuple[Maker, ...]:
    """What makes expressions of the type.

    What goes for every type has the same place for each, so that Hypothesis can put a part in the place of the whole.
    """
    calls = (_call, _call, _call) if scope.signatures.ways(kind) else ()
    return (*_leaves(scope, kind), _case, _cast, _access, *_OPERATORS.get(base(kind), ()), *calls)


# -- leaves --------------------------------------------------------------------------------------


def _path(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return one_of(draw, scope.paths(kind))


def _literal(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return literal_of(draw(values(kind, nulls=0) if scope.interpreted else values(kind)), kind)


# -- operators -----------------------------------------------------------------------------------

_DECIMALS = (SqlDecimal(4, 2), INTEGER, BIGINT)


def _arithmetic(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    left, right = one_of(draw, _OPERANDS[kind])
    return f"({part(draw, scope, left, depth)} {one_of(draw, '+-*/%')} {part(draw, scope, right, depth)})"


def _decimal_arithmetic(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    assert isinstance(kind, SqlDecimal)
    left, right = kind, one_of(draw, (kind, *_DECIMALS))
    operator = one_of(draw, "+-*/%")
    text = f"({part(draw, scope, left, depth)} {operator} {part(draw, scope, right, depth)})"
    return text if RESULTS[operator](left, as_decimal(right)) == kind else f"CAST({text} AS {kind})"


def _sign(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return f"{one_of(draw, '-+')}({part(draw, scope, kind, depth)})"


def _concatenation(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return f"({part(draw, scope, kind, depth)} + {part(draw, scope, kind, depth)})"


def _predicate(make: Callable[..., str]) -> Maker:
    return lambda draw, scope, kind, depth: make(draw, scope, lambda wanted: part(draw, scope, wanted, depth))


_OPERANDS: dict[SqlType, tuple[tuple[SqlType, SqlType], ...]] = {
    INTEGER: ((INTEGER, INTEGER),),
    BIGINT: ((BIGINT, BIGINT), (BIGINT, INTEGER), (INTEGER, BIGINT)),
    DOUBLE: ((DOUBLE, DOUBLE), (DOUBLE, INTEGER), (BIGINT, DOUBLE), (SqlDecimal(4, 2), DOUBLE)),
}


# -- what holds for every type -------------------------------------------------------------------


def _call(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return call_of(draw, scope, kind, lambda draw, scope, wanted: part(draw, scope, wanted, depth))


def _case(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    branches = " ".join(_branch(draw, scope, kind, depth) for _ in range(count(draw, 1, 2)))
    otherwise = f" ELSE {part(draw, scope, kind, depth)}" if happens(draw, 0.7) else ""
    return f"(CASE {branches}{otherwise} END)"


def _branch(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return f"WHEN {part(draw, scope, type_of('BOOLEAN'), depth)} THEN {part(draw, scope, kind, depth)}"


def _cast(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return f"CAST({part(draw, scope, one_of(draw, castable(kind, scope.kinds)), depth)} AS {kind})"


def castable(kind: SqlType, kinds: Sequence[SqlType]) -> list[SqlType]:
    """Types of which there are casts to this one: itself, plain ones, and those of ``kinds``."""
    if isinstance(kind, SqlArray):
        return [SqlArray(item) for item in castable(kind.item, ())]
    if isinstance(kind, SqlMap):
        return [SqlMap(kind.key, value) for value in castable(kind.value, ())]
    if isinstance(kind, SqlStruct):
        return [kind, SqlStruct(kind.fields[:1])]
    return list(dict.fromkeys((kind, *(each for each in (*PLAIN, *kinds) if (base(each), base(kind)) in WRITERS))))


def _access(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    """An element, entry or field of something that is perhaps no column."""
    return one_of(draw, _ACCESSES)(draw, scope, kind, depth)


def _element(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    index = one_of(draw, ("1", "-1", "2", "0")) if happens(draw, 0.8) else part(draw, scope, INTEGER, depth)
    return f"{part(draw, scope, SqlArray(kind), depth)}[{index}]"


def _entry(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    key = one_of(draw, ("'a'", "''")) if happens(draw, 0.8) else part(draw, scope, STRING, depth)
    return f"{part(draw, scope, SqlMap(STRING, kind), depth)}[{key}]"


def _field(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    return f"{part(draw, scope, SqlStruct((('F', kind),)), depth)}->F"


_ACCESSES: tuple[Maker, ...] = (_element, _entry, _field)


# -- constructors --------------------------------------------------------------------------------


def _array(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    assert isinstance(kind, SqlArray)
    return f"ARRAY[{', '.join(part(draw, scope, kind.item, depth) for _ in range(count(draw, 1, 3)))}]"


def _map(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    assert isinstance(kind, SqlMap)
    keys = ("'a'", "''", "'b'")[: count(draw, 1, 3)] if kind.key == STRING else (part(draw, scope, kind.key, depth),)
    return f"MAP({', '.join(f'{key} := {part(draw, scope, kind.value, depth)}' for key in keys)})"


def _struct(draw: Draw, scope: Scope, kind: SqlType, depth: int) -> str:
    assert isinstance(kind, SqlStruct)
    fields = (f"{quoted_name(name)} := {part(draw, scope, field, depth)}" for name, field in kind.fields)
    return f"STRUCT({', '.join(fields)})"


_OPERATORS: dict[str, tuple[Maker, ...]] = {
    "BOOLEAN": tuple(map(_predicate, PREDICATES)),
    "INTEGER": (_arithmetic, _sign),
    "BIGINT": (_arithmetic, _sign),
    "DOUBLE": (_arithmetic, _sign),
    "DECIMAL": (_decimal_arithmetic, _sign),
    "STRING": (_concatenation,),
    "ARRAY": (_array,),
    "MAP": (_map,),
    "STRUCT": (_struct,),
}
"""Name of a type to its operators and constructors."""
