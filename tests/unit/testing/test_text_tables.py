"""Text tables: what is written is read again."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minisql.errors import DataError, InterfaceError
from minisql.testing import AssertionFailed, connect
from minisql.testing.assertions.diff import value_text
from minisql.testing.assertions.layout import Layout
from minisql.testing.assertions.table import Cell, format_table, parse, quoted
from minisql.testing.assertions.values import MILLISECONDS, read, show
from minisql.testing.assertions.wanted import expectation
from minisql.types import (
    BIGINT,
    BOOLEAN,
    BYTES,
    DATE,
    DOUBLE,
    INTEGER,
    STRING,
    TIME,
    TIMESTAMP,
    SqlArray,
    SqlDecimal,
    SqlMap,
    SqlStruct,
    SqlType,
)
from tests.unit.formats.test_laws import VALUES as LAWFUL

SPECIAL = ["", " ", "|", "a | b", "NULL", "null", "<tombstone>", "<any>", "'", '"', "--", "---", ":", "[1", "{}|", '["|"]', "\n"]
TEXTS = st.text(st.characters(codec=None)) | st.sampled_from(SPECIAL)

VALUES: dict[SqlType, st.SearchStrategy] = {**LAWFUL, STRING: TEXTS, DOUBLE: st.floats()}
NAMES = ["A", "b", 'q"{}', "it's", "Ü", "x|y", "NULL", "a b", "`"]


def nested(inner: st.SearchStrategy[SqlType]) -> st.SearchStrategy[SqlType]:
    fields = st.lists(st.sampled_from(NAMES), min_size=1, unique=True).flatmap(
        lambda names: st.tuples(*[st.tuples(st.just(name), inner) for name in names])
    )
    keys = st.sampled_from([STRING, INTEGER, BIGINT, BOOLEAN, BYTES, DATE])
    return st.builds(SqlArray, inner) | st.builds(SqlMap, keys, inner) | st.builds(SqlStruct, fields)


TYPES = st.recursive(st.sampled_from(list(VALUES)), nested, max_leaves=6)


def json_nested(inner: st.SearchStrategy[SqlType]) -> st.SearchStrategy[SqlType]:
    fields = st.tuples(st.tuples(st.just("A"), inner), st.tuples(st.just("b"), inner))
    return st.builds(SqlArray, inner) | st.builds(SqlMap, st.just(STRING), inner) | st.builds(SqlStruct, fields)


JSON_TYPES = st.recursive(st.sampled_from(list(VALUES)), json_nested, max_leaves=4)


def values(kind: SqlType) -> st.SearchStrategy:
    if isinstance(kind, SqlArray):
        some: st.SearchStrategy = st.lists(values(kind.item), max_size=3)
    elif isinstance(kind, SqlMap):
        some = st.dictionaries(VALUES[kind.key], values(kind.value), max_size=3)
    elif isinstance(kind, SqlStruct):
        names = [name for name, _ in kind.fields]
        some = st.tuples(*[values(field) for _, field in kind.fields]).map(lambda items: dict(zip(names, items, strict=True)))
    else:
        some = VALUES[kind]
    return st.none() | some


@st.composite
def tables(draw) -> tuple[dict[str, SqlType], list[tuple]]:
    """Columns, and rows of values."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True))
    kinds = {name: draw(TYPES) for name in names}
    return kinds, draw(st.lists(st.tuples(*map(values, kinds.values())), max_size=4))


@given(tables(), st.booleans())
def test_any_rows_are_read_as_they_were_written(table, barred) -> None:
    kinds, rows = table
    cells = [[value_text(value, kind) for value, kind in zip(row, kinds.values(), strict=True)] for row in rows]
    text = format_table([quoted(name) for name in kinds], cells, "    ")
    if barred:
        text = "".join(f"| {line} |\n" for line in text.splitlines())
    expected = expectation(text, Layout(kinds, (), (), tuple(kinds)))
    assert repr([tuple(row.cells.values()) for row in expected.rows]) == repr(rows)
    assert expected.names == tuple(kinds)


@settings(max_examples=30)
@given(st.data())
def test_rows_of_any_schema_on_a_topic(data) -> None:
    """What is there is as expected, be it written as a table, as records or as rows."""
    kinds = {f"C{number}": kind for number, kind in enumerate(data.draw(st.lists(JSON_TYPES, min_size=1, max_size=3)))}
    rows = data.draw(st.lists(st.tuples(*map(values, kinds.values())), min_size=1, max_size=3))
    with connect(properties={"auto.offset.reset": "earliest"}) as ksql:
        columns = ", ".join(f"{name} {kind}" for name, kind in kinds.items())
        ksql.execute(f"CREATE STREAM s (k INT KEY, {columns}) WITH (kafka_topic='s', format='json', partitions=2);")
        ksql.insert("s", [(1, *row) for row in rows])
        with pytest.raises(AssertionFailed) as caught:
            ksql.assert_topic("s", f"K|{'|'.join(kinds)}|ROWTIME|ROWPARTITION|ROWOFFSET|HEADERS")
        names = ["K", *kinds, "ROWTIME", "ROWPARTITION", "ROWOFFSET", "HEADERS"]
        ksql.assert_topic("s", format_table(names, caught.value.rows))
        ksql.assert_topic("s", ksql.topic("s").records())
        try:
            found = ksql.execute("SELECT * FROM s EMIT CHANGES;").fetchall()
        except DataError:  # the year is none of Python's
            return
        ksql.assert_topic("s", found)
        ksql.assert_rows(ksql.execute("SELECT * FROM s EMIT CHANGES;"), found)


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (STRING, "5", "5"),
        (BOOLEAN, True, "true"),
        (DOUBLE, 0.1, "0.1"),
        (DOUBLE, float("-inf"), "-Infinity"),
        (SqlDecimal(4, 2), Decimal("1.50"), "1.50"),
        (BYTES, b"\x00\xff", "AP8="),
        (DATE, 19_723, "2024-01-01"),
        (DATE, 3_000_000, "3000000"),
        (TIME, 3_600_000, "01:00:00"),
        (TIME, 3_600_001, "01:00:00.001"),
        (TIMESTAMP, 1_704_067_200_001, "2024-01-01T00:00:00.001"),
        (TIMESTAMP, 2**62, "4611686018427387904"),
        (MILLISECONDS, 5, "5"),
        (SqlArray(DATE), [0, None], '["1970-01-01", null]'),
        (SqlMap(INTEGER, BYTES), {1: b"a"}, '{"1": "YQ=="}'),
        (SqlStruct((("A", SqlDecimal(3, 1)), ("B", STRING))), {"A": Decimal("1.0"), "B": "x"}, '{"A": 1.0, "B": "x"}'),
    ],
)
def test_texts_of_values(kind, value, text):
    assert show(value, kind) == text
    assert read(text, kind) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (BYTES, "X'00ff'", b"\x00\xff"),
        (BOOLEAN, "TRUE", True),
        (SqlDecimal(4, 2), "1.5", Decimal("1.50")),
        (TIMESTAMP, "2024-01-01", 1_704_067_200_000),
        (TIMESTAMP, "2024-01-01T01:00:00.5+01:00", 1_704_067_200_500),
        (TIMESTAMP, "2024-01-01T00:00Z", 1_704_067_200_000),
        (MILLISECONDS, "1970-01-01T00:00:01", 1000),
        (SqlStruct((("A", STRING), ("B", STRING))), '{"a": "x"}', {"A": "x", "B": None}),
    ],
)
def test_other_texts_that_are_read(kind, text, value):
    assert read(text, kind) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (BOOLEAN, "yes"),
        (INTEGER, "1.5"),
        (INTEGER, "2147483648"),
        (DOUBLE, "x"),
        (SqlDecimal(4, 2), "1.505"),
        (BYTES, "a"),
        (DATE, "yesterday"),
        (SqlArray(INTEGER), "[1, 'a']"),
        (SqlArray(INTEGER), '["a"]'),
        (SqlStruct((("A", STRING),)), '{"NOPE": 1}'),
    ],
)
def test_texts_that_say_no_value(kind, text):
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        read(text, kind)


def test_what_says_nothing_and_quotes():
    table = parse("""

        -- comments may stand anywhere
        | NAME   | `an odd name` |
        |:-------|--------------:|
        | 'it''s'| "a\\u007cb" |

        --| not | this
        | [1, "|"] | [1 |
    """)
    assert table.names == (Cell("NAME", False, "NAME"), Cell("an odd name", True, "`an odd name`"))
    first, second = table.rows
    assert first == (Cell("it's", True, "'it''s'"), Cell("a|b", True, '"a\\u007cb"'))
    assert second == (Cell('[1, "|"]', False, '[1, "|"]'), Cell("[1", False, "[1"))
    assert table.lines == (6, 9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n -- nothing \n", "a text table starts with a line of column names"),
        ("A | B\n 1", "line 2 of the table has 1 cell, not 2: 1"),
        ("A\n 1 | 2", "line 2 of the table has 2 cells, not 1: 1 | 2"),
        ('A\n "x', 'line 2 of the table has a quote that does not end: "x'),
        ("A\n\n 'x' y", "line 3 of the table goes on after a closing quote: 'x' y"),
    ],
)
def test_tables_that_cannot_be_read(text, message):
    with pytest.raises(InterfaceError) as caught:
        parse(text)
    assert str(caught.value) == message
