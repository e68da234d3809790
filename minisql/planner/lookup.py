"""Keys and window bounds that a pull query's WHERE asks for (ksqlDB's QueryFilterNode)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlglot import expressions as exp
from sqlglot.expressions import Expression

from minisql.analyzer.pull import HELP
from minisql.analyzer.text import text
from minisql.analyzer.trees import column_name, columns_in, is_column
from minisql.errors import KsqlError, UnsupportedError
from minisql.names import WINDOW_BOUNDS, quote
from minisql.planner.disjuncts import disjuncts
from minisql.planner.planning import Planning
from minisql.record import Record
from minisql.schema import Column, Namespace, Schema
from minisql.types import BYTES, STRING, SqlType

_OPERATORS: dict[type[Expression], str] = {
    exp.EQ: "=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}
_NAMES: dict[type[Expression], str] = {
    exp.NEQ: "NOT_EQUAL",
    exp.NullSafeNEQ: "IS_DISTINCT_FROM",
    exp.NullSafeEQ: "IS_NOT_DISTINCT_FROM",
}
_COMPARISONS = (*_OPERATORS, *_NAMES)
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}


_COMBINED = "A comparison condition on the key column cannot be combined with other comparisons such as an IN predicate"

INTERPRETER = "ksql.query.pull.interpreter.enabled"

TABLE_SCANS, RANGE_SCANS = "ksql.query.pull.table.scan.enabled", "ksql.query.pull.range.scan.enabled"


def enabled(name: str, config: Mapping[str, Any]) -> bool:
    """Whether a switch of the configuration is on, as all of these are by default."""
    return str(config.get(name, "true")).lower() != "false"


class Bounds(Record):
    """A range of milliseconds; each end is (value, whether it is part of the range) or None for open."""

    lower: tuple[int, bool] | None = None
    upper: tuple[int, bool] | None = None

    def __contains__(self, time: int) -> bool:
        if self.lower is not None and (time < self.lower[0] or (time == self.lower[0] and not self.lower[1])):
            return False
        return self.upper is None or time < self.upper[0] or (time == self.upper[0] and self.upper[1])


EVERYTHING = Bounds()


class Lookup(Record):
    """One way to the rows: the keys that compare by ``operator`` ("=", "<", "<=", ">", ">=") with ``key``.

    ``key`` is as the runtime has keys: bare for one column, a tuple for several. ``start`` and ``end`` bound the window.
    """

    operator: str
    key: Any
    start: Bounds = EVERYTHING
    end: Bounds = EVERYTHING


def lookups(predicate: Expression, schema: Schema, windowed: bool, planning: Planning) -> tuple[Lookup, ...]:
    """The look-ups that find all rows of a disjunctive predicate, or none when all rows must be looked at.

    Args:
        schema: of the source's rows, key columns first.

    Raises:
        KsqlError: a part that pull queries cannot have.
    """
    found = disjuncts(predicate)
    reader = _Reader(schema, windowed, planning)
    if any(reader.needs_scan(part) for part in found):
        return ()
    constraints = [reader.lookup(part) for part in found]
    equal = all(lookup is not None and lookup.operator == "=" for lookup in constraints)
    ranged = len(constraints) == 1 and not windowed and enabled(RANGE_SCANS, planning.config)
    if equal or ranged:
        return tuple(lookup for lookup in constraints if lookup is not None)
    return ()


class _Reader:
    def __init__(self, schema: Schema, windowed: bool, planning: Planning) -> None:
        self._schema = schema
        self._windowed = windowed
        self._planning = planning
        self._may_scan = enabled(TABLE_SCANS, planning.config)

    # -- whether keys lead to the rows -----------------------------------------------------------

    def needs_scan(self, part: Expression) -> bool:
        """Whether a conjunction says too little of the key.

        Raises:
            KsqlError: it has something other than comparisons and LIKE, or scans are switched off.
        """
        keys: list[str] = []
        scans = [self._scans(term, keys) for term in _terms(part)]  # all terms, as a later one may be refused
        if any(scans):
            return True
        wanted = [key.name for key in self._schema.key]
        if not keys:
            return self._scan(f"WHERE clause missing key column for disjunct: {text(part)}")
        if len(set(keys)) != len(wanted):
            named = ", ".join(quote(name) for name in wanted if name in keys)
            expected = ", ".join(map(str, self._schema.key))
            return self._scan(
                f"Multi-column sources must specify every key in the WHERE clause. Specified: [{named}] Expected: [{expected}]"
            )
        return False

    def _scan(self, fault: str) -> bool:
        """True, if scans are allowed; else ``fault`` says why one would be needed."""
        if not self._may_scan:
            raise where_refusal(fault, self._windowed)
        return True

    def _scans(self, term: Expression, keys: list[str]) -> bool:
        like = term.this if isinstance(term, exp.Escape) else term
        if isinstance(like, exp.Like):
            return self._check_like(like)
        if not isinstance(term, _COMPARISONS):
            raise where_refusal(f"Unsupported expression in WHERE clause: {text(term)}", False)
        column, other = _sides(term)
        if column is None:
            return self._scan("A comparison must directly reference a key column")
        if any(columns_in(other)):
            return self._scan("A comparison must be between a key column and a resolvable expression")
        name = column_name(column)
        if name in WINDOW_BOUNDS:
            self._check_bound(name, term)
            return False
        found = self._schema.find(name)
        if found is None:
            raise where_refusal(f"Bound on non-existent column `{name}`", self._windowed)
        if found.namespace is not Namespace.KEY:
            return False
        if type(term) not in _OPERATORS:
            expected = ", ".join(map(str, self._schema.key))
            return self._scan(f"Bound on key columns '[{expected}]' must currently be '='")
        if name in keys and not self._may_scan:
            raise where_refusal(_COMBINED, self._windowed)
        keys.append(name)
        return False

    def _check_bound(self, name: str, term: Expression) -> None:
        if type(term) not in _OPERATORS:
            raise where_refusal(f"Unsupported `{name}` bounds: {_NAMES[type(term)]}", True)
        if not self._windowed:
            raise where_refusal("Cannot use WINDOWSTART/WINDOWEND on non-windowed source", False)

    def _check_like(self, like: exp.Like) -> bool:
        if not is_column(like.this):
            return self._scan("Like condition must be between strings")
        name = column_name(like.this)
        found = self._schema.find(name)
        if found is None:
            raise where_refusal(f"Like condition on non-existent column `{name}`", self._windowed)
        if found.type != STRING:
            raise where_refusal(
                f"The column type for Like condition must be VARCHAR. The column type is {_base(found)}", self._windowed
            )
        pattern = like.expression
        if not isinstance(pattern, exp.Null) and not (isinstance(pattern, exp.Literal) and pattern.is_string):
            raise where_refusal(f"Like condition on non-string pattern {text(pattern)}", self._windowed)
        return False

    # -- which keys and windows ------------------------------------------------------------------

    def lookup(self, part: Expression) -> Lookup | None:
        """What a conjunction says of key and window; None when only a scan finds its rows."""
        found: dict[str, tuple[str, Any, Column]] = {}
        for term in _terms(part):
            self._add_key(term, found)
        start, end = self._windows(part) if self._windowed else (EVERYTHING, EVERYTHING)
        keys = [found[key.name] for key in self._schema.key]
        values = tuple(value for _, value, _ in keys)
        if all(operator == "=" for operator, _, _ in keys):
            return Lookup("=", values[0] if len(values) == 1 else values, start, end)
        (operator, value, column), *others = keys
        if others or column.type not in (STRING, BYTES):
            return None
        return Lookup(operator, value, start, end)

    def _add_key(self, term: Expression, found: dict[str, tuple[str, Any, Column]]) -> None:
        column, other = _sides(term) if isinstance(term, _COMPARISONS) else (None, term)
        known = None if column is None else self._schema.find(column_name(column))
        if known is None or known.namespace is not Namespace.KEY:
            return
        value = self._key(other, known, term)
        # ksqlDB does not turn `'a' < K` round: it looks up K < 'a' and lets the filter do the rest
        operator = _OPERATORS[type(term)]
        before = found.get(known.name)
        if before is None or (before[0] != "=" and operator == "="):
            found[known.name] = (operator, value, known)

    def _key(self, expression: Expression, column: Column, term: Expression) -> Any:
        from minisql.codegen.coercion import CoercionError, coerce, told_mismatch
        from minisql.codegen.literals import is_literal

        value, kind = self._evaluated(expression)
        if value is None:
            raise KsqlError(f"Primary key columns can not be NULL: {text(term)}")
        try:
            return coerce(value, kind, column.type)
        except CoercionError:
            if not is_literal(expression):
                raise KsqlError(told_mismatch(column.name, column.type, value, kind)) from None
            shown = f"{column.name} {column.type} KEY"
            raise KsqlError(f"'{value}' can not be converted to the type of the key column: {shown}") from None

    def _evaluated(self, expression: Expression) -> tuple[Any, SqlType | None]:
        from minisql.codegen.expressions import evaluate

        interpreted = enabled(INTERPRETER, self._planning.config)
        return evaluate(expression, self._planning.functions, self._planning.metastore.types, interpreted=interpreted)

    def _windows(self, part: Expression) -> tuple[Bounds, Bounds]:
        ranges = {name: _Range(name) for name in WINDOW_BOUNDS}
        for term in _terms(part):
            column, other = _sides(term) if isinstance(term, _COMPARISONS) else (None, term)
            if column is not None and column_name(column) in WINDOW_BOUNDS:
                operator = _OPERATORS[type(term)]
                mirrored = _MIRRORED[operator] if term.expression is column else operator
                ranges[column_name(column)].add(mirrored, self._time(other), term)
        start, end = (ranges[name].bounds for name in WINDOW_BOUNDS)
        return start, end

    def _time(self, expression: Expression) -> int:
        try:
            value, _ = self._evaluated(expression)
        except UnsupportedError:
            raise
        except KsqlError:
            value = None
        if isinstance(value, bool) or not isinstance(value, int):
            raise where_refusal("Window bounds must resolve to an INT, BIGINT, or STRING containing a datetime.", True)
        return value


class _Range:
    """The bounds on one end of the window, gathered term by term."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._given: dict[str, tuple[int, bool]] = {}

    def add(self, operator: str, time: int, term: Expression) -> None:
        """Raises: KsqlError: there is such a bound already, or an equality beside others."""
        side = operator[0]
        known = side in self._given
        if not known:
            self._given[side] = (time, operator not in ("<", ">"))
        if "=" in self._given and len(self._given) > 1:
            raise where_refusal(f"`{text(term)}` cannot be combined with other `{self._name}` bounds", True)
        if known:
            word = {"=": "EQUAL", "<": "LESS_THAN", ">": "GREATER_THAN"}[side]
            raise where_refusal(f"Duplicate `{self._name}` bounds on: {word}", True)

    @property
    def bounds(self) -> Bounds:
        """All of them together."""
        if "=" in self._given:
            return Bounds(self._given["="], self._given["="])
        return Bounds(self._given.get(">"), self._given.get("<"))


def _terms(part: Expression) -> list[Expression]:
    if isinstance(part, exp.And):
        return _terms(part.this) + _terms(part.expression)
    return [part]


def _sides(term: Expression) -> tuple[Expression | None, Expression]:
    """The column of a comparison, the right one first, and what it is compared with."""
    if is_column(term.expression):
        return term.expression, term.this
    return (term.this if is_column(term.this) else None), term.expression


def _base(column: Column) -> str:
    return str(column.type).split("(")[0].split("<")[0]


def where_refusal(message: str, windowed: bool) -> KsqlError:
    """ksqlDB's refusal of a WHERE clause, with what it can have."""
    bounds = (
        "\n - (optionally) limits the time bounds of the windowed table.\n"
        "\t Bounds on [`WINDOWSTART`, `WINDOWEND`] are supported\n"
        "\t Supported operators are [EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL]"
    )
    return KsqlError(
        f"{message}. {HELP}\nPull queries require a WHERE clause that:\n"
        " - includes a key equality expression, e.g. `SELECT * FROM X WHERE <key-column> = Y;`.\n"
        " - in the case of a multi-column key, is a conjunction of equality expressions that cover all key columns.\n"
        " - to support range expressions, e.g.,  SELECT * FROM X WHERE <key-column> < Y;`, "
        "range scans need to be enabled by setting ksql.query.pull.range.scan.enabled=true"
        f"{bounds if windowed else ''}\n"
        "If more flexible queries are needed, , table scans can be enabled by "
        "setting ksql.query.pull.table.scan.enabled=true."
    )
