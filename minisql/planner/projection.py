"""SELECT clauses: which expressions they have, and the schema that results."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.analysis import AllColumns, SelectItem, SingleColumn, StructAll
from minisql.analyzer.text import in_prose, text
from minisql.analyzer.trees import column, column_name, is_column, qualifier
from minisql.codegen.errors import JavaError
from minisql.errors import KsqlError
from minisql.names import quote
from minisql.planner.node import Node
from minisql.planner.planning import Planning
from minisql.planner.schemas import is_key
from minisql.planner.steps import Select
from minisql.schema import Column, Namespace, Schema
from minisql.types import SqlDecimal, SqlStruct

SYNTHETIC_KEYS_PAGE = "https://cnfl.io/2LV7ouS"


class Projection:
    """The select items, to be asked whether they have an expression."""

    def __init__(self, items: Sequence[SelectItem]) -> None:
        self.items = items
        stars = [item.source for item in items if isinstance(item, AllColumns)]
        self._everything = None in stars
        self._sources = set(stars)
        self.singles = [item.expression for item in items if isinstance(item, SingleColumn)]
        self._expressions = {*self.singles, *(item.base for item in items if isinstance(item, StructAll))}

    def contains(self, expression: Expression) -> bool:
        """Whether the clause has the expression, by itself or through a star."""
        if self._everything or expression in self._expressions:
            return True
        return is_column(expression) and qualifier(expression) is not None and qualifier(expression) in self._sources


def selects_of(node: Node, items: Sequence[SelectItem], target: Schema | None) -> list[Select]:
    """The select items as expressions over ``node``; literals take the DECIMAL of the target's column.

    Raises:
        KsqlError: ``->*`` of what is no struct.
    """
    found: list[Select] = []
    for number, item in enumerate(items):
        if isinstance(item, AllColumns):
            found += [Select(name, column(name)) for name in node.star(item.source)]
        elif isinstance(item, StructAll):
            base = _fitted(node.resolve(number, item.base), number, target)
            found += [Select(name, _field(base, name)) for name, _ in _struct(base, node.schema).fields]
        else:
            found.append(Select(item.alias, _fitted(node.resolve(number, item.expression), number, target)))
    return found


def projected(parent: Schema, selects: Sequence[Select], planning: Planning) -> Schema:
    """The schema of the selects: a key column of ``parent`` stays one, and keys take the places of keys in the parent's order.

    Raises:
        KsqlError: an expression has no type, or two columns have one name.
    """
    keys = [column.name for column in parent.key]
    keyed = [select for select in selects if _names_key(select, parent)]
    ordered = iter(sorted(keyed, key=lambda select: keys.index(column_name(select.expression))))
    columns = []
    for select in selects:
        key = _names_key(select, parent)
        shown = next(ordered) if key else select
        kind = planning.type_of(shown.expression, parent)
        if kind is None:
            raise JavaError(
                "Can't infer a type of null. Please explicitly cast it to a required type, e.g. CAST(null AS VARCHAR)."
            )  # fmt: skip
        columns.append(Column(shown.name, kind, Namespace.KEY if key else Namespace.VALUE))
    check_distinct_names(columns)
    return Schema(tuple(columns))


def missing_keys(sink: str, what: str, keys: Sequence[Expression], any_of: bool = False, synthetic: bool = False) -> KsqlError:
    """ksqlDB's refusal of a projection that lacks keys: all of ``keys``, or with ``any_of`` one of them."""
    shown = [text(key) for key in keys]
    plural = "s" if len(keys) > 1 else ""
    page = f"See {SYNTHETIC_KEYS_PAGE}." if synthetic else ""
    example = shown[0] if any_of else ", ".join(shown)
    explained = (
        f"\n{shown[0]} was added as a synthetic key column because the join criteria did not match any source column. "
        "This expression must be included in the projection and may be aliased. "
        if synthetic
        else ""
    )
    return KsqlError(
        f"Key{'' if any_of else plural} missing from projection (ie, SELECT). {page}\n"
        f"The query used to build {quote(sink)} must include the {what}{plural} {in_prose(shown, 'or' if any_of else 'and')} "
        f"in its projection (eg, SELECT {example}...).{explained}"
    )


def _names_key(select: Select, parent: Schema) -> bool:
    return is_column(select.expression) and is_key(parent, column_name(select.expression))


def check_distinct_names(columns: Sequence[Column]) -> None:
    """Raises: KsqlError: two key columns, or two value columns, have one name."""
    for namespace in (Namespace.KEY, Namespace.VALUE):
        seen: set[str] = set()
        for item in columns:
            if item.namespace is namespace and item.name in seen:
                raise KsqlError(f"Duplicate {namespace.name.lower()} columns found in schema: {item}")
            if item.namespace is namespace:
                seen.add(item.name)


def _fitted(expression: Expression, number: int, target: Schema | None) -> Expression:
    """A number literal in the DECIMAL of the target's column at the same place (ImplicitlyCastResolver)."""
    if target is None or number >= len(target.columns):
        return expression
    wanted = target.columns[number].type
    if not isinstance(wanted, SqlDecimal) or not isinstance(expression, exp.Literal) or expression.is_string:
        return expression
    return _as_decimal(expression, wanted) or expression


def _as_decimal(literal: exp.Literal, wanted: SqlDecimal) -> Expression | None:
    from decimal import Decimal

    value = Decimal(literal.this)
    exponent = value.as_tuple().exponent
    scale = max(0, -exponent) if isinstance(exponent, int) else 0
    whole = max(1, len(str(abs(int(value))))) if int(value) else 0
    if scale > wanted.scale or whole > wanted.precision - wanted.scale:
        return None
    return exp.Literal(this=f"{value:.{wanted.scale}f}", is_string=False)


def _field(base: Expression, name: str) -> Expression:
    return exp.Dot(this=base, expression=exp.Identifier(this=name, quoted=False))


def _struct(base: Expression, schema: Schema) -> SqlStruct:
    """The type of ``base->*``."""
    if is_column(base):
        found = schema.find(column_name(base))
        if found is not None and isinstance(found.type, SqlStruct):
            return found.type
        raise KsqlError(f"Column {quote(column_name(base))} is not a STRUCT type.")
    if isinstance(base, exp.Dot):
        name = base.expression.this
        kind = _struct(base.this, schema).field(name)
        if isinstance(kind, SqlStruct):
            return kind
        reason = "was not found on STRUCT." if kind is None else "is not a STRUCT type."
        raise KsqlError(f"Field {name} {reason}")
    raise KsqlError(f"Unsupported struct column expression: {text(base)}")
