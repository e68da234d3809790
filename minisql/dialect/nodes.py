"""The syntax tree: sqlglot's nodes for expressions, ksqlDB's statements beside them.

Expressions that sqlglot has are sqlglot's own classes (``exp`` is ``sqlglot.expressions``):

===============================  ==========================================================
column, qualified column          ``exp.Column(this=Identifier, table=Identifier | None)``
number, string                    ``exp.Literal`` (the number's text as written; ``-1`` is one Literal, as in ksqlDB;
                                  INTEGER or BIGINT ``1``, DECIMAL ``1.5``, DOUBLE ``1e3``)
TRUE, NULL                        ``exp.Boolean``, ``exp.Null``
``-x``, ``+x``                    ``exp.Neg``, ``Positive``
``+ - * / % ||``                  ``exp.Add Sub Mul Div Mod DPipe``
``= <> < <= > >=``                ``exp.EQ NEQ LT LTE GT GTE``
AND, OR, NOT                      ``exp.And Or Not``
BETWEEN, IN                       ``exp.Between(this, low, high)``, ``exp.In(this, expressions)``
LIKE, LIKE ESCAPE                 ``exp.Like(this, expression)``, ``exp.Escape(this=Like, expression=Literal)``
IS NULL                           ``exp.Is(this, expression=Null)``
IS [NOT] DISTINCT FROM            ``exp.NullSafeNEQ`` [``exp.NullSafeEQ``]
NOT BETWEEN / IN / LIKE / IS      ``exp.Not`` round the positive form
CASE                              ``exp.Case(this | None, ifs=[exp.If(this, true)], default | None)``
CAST                              ``exp.Cast(this, to=exp.DataType)``
``f(a, b)``, ``COUNT(*)``         ``exp.Anonymous(this="NAME", expressions=[...])``; COUNT(*) and COUNT() have one ``exp.Star()``
                                  inside, other functions nothing in place of ``*``, as in ksqlDB
``(x, y) => e``                   ``exp.Lambda(this=e, expressions=[Identifier, ...])``
``a[i]``                          ``exp.Bracket(this, expressions=[i])``
``s->f``, ``s->*``                ``exp.Dot(this, expression=Identifier | exp.Star)``
``ARRAY[...]``                    ``exp.Array(expressions)``
``(e)``                           e alone: ksqlDB forgets parentheses
AT TIME ZONE                      ``exp.AtTimeZone(this, zone=Literal)``
type                              ``exp.DataType``: DType.BOOLEAN INT BIGINT DOUBLE VARCHAR (STRING) VARBINARY (BYTES) DATE TIME
                                  TIMESTAMP; DECIMAL (expressions: two DataTypeParam of a Literal); ARRAY, MAP (expressions:
                                  DataTypes); STRUCT (expressions: ``exp.ColumnDef(this=Identifier, kind=DataType)``);
                                  a registered type: USERDEFINED with ``kind=name``
===============================  ==========================================================

Function names are upper-cased unless quoted. ``Identifier.this`` is the name as ksqlDB resolves it: upper-cased unless it
was quoted; ``Identifier.quoted`` says whether it was. ``node.meta`` of identifiers, columns, function calls
and statements has ``line`` and ``column`` (1-based) and ``start``, ``end`` (offsets in the text parsed; end is exclusive).
"""

from __future__ import annotations

from sqlglot.expressions import Expression

# -- expressions that sqlglot lacks ------------------------------------------------------------


class Positive(Expression):
    """Unary plus."""

    arg_types = {"this": True}


class MapEntry(Expression):
    """``key := value`` within MAP(...)."""

    arg_types = {"this": True, "expression": True}


class MapConstructor(Expression):
    """``MAP(k := v, ...)``; expressions are MapEntry."""

    arg_types = {"expressions": False}


class StructField(Expression):
    """``name := value`` within STRUCT(...); this is an Identifier."""

    arg_types = {"this": True, "expression": True}


class StructConstructor(Expression):
    """``STRUCT(name := value, ...)``; expressions are StructField."""

    arg_types = {"expressions": False}


class IntervalUnit(Expression):
    """DAYS, HOURS, ... as an argument of a function; this is the upper-case word, in the plural."""

    arg_types = {"this": True}


class TypedLiteral(Expression):
    """``DATE '2020-01-01'``: an Identifier and a string Literal."""

    arg_types = {"this": True, "expression": True}


class Variable(Expression):
    """``${name}`` that was not substituted; this is the name."""

    arg_types = {"this": True}


# -- parts of statements -------------------------------------------------------------------------


class Duration(Expression):
    """``10 SECONDS``: this is a number Literal, unit the upper-case word, in the plural."""

    arg_types = {"this": True, "unit": True}


class Property(Expression):
    """One entry of WITH (...): this is the name as ksqlDB reads it, expression its literal node."""

    arg_types = {"this": True, "expression": True}


class TableElement(Expression):
    """A declared column: constraint is None, "PRIMARY KEY", "KEY", "HEADERS" or "HEADER" (then key is its text)."""

    arg_types = {"this": True, "kind": True, "constraint": False, "key": False}


class Relation(Expression):
    """A source in FROM or JOIN: this and alias are Identifiers (alias None when absent)."""

    arg_types = {"this": True, "alias": False}


class Within(Expression):
    """WITHIN before [, after] [GRACE PERIOD grace]; Durations; after is None when one size is given."""

    arg_types = {"before": True, "after": False, "grace": False}


class JoinedSource(Expression):
    """One JOIN: this is a Relation, kind "INNER", "LEFT", "RIGHT" or "FULL"."""

    arg_types = {"this": True, "kind": True, "within": False, "on": True}


class Window(Expression):
    """WINDOW ...: kind "TUMBLING", "HOPPING" or "SESSION"; size (the gap of SESSION), advance, retention, grace are Durations."""

    arg_types = {"kind": True, "size": True, "advance": False, "retention": False, "grace": False, "name": False}


class Query(Expression):
    """SELECT.

    expressions: select items (``exp.Alias``, a bare expression, ``exp.Star``, ``exp.Column(this=Star, table=Identifier)``
    or ``exp.Dot(.., Star)``); source: Relation; joins: list of JoinedSource; window: Window; where, having: an expression;
    group, partition: a list of expressions (None when the clause is absent); emit: "CHANGES", "FINAL" or None;
    limit: a number Literal.
    """

    arg_types = {
        "expressions": True, "source": True, "joins": False, "window": False, "where": False, "group": False,
        "partition": False, "having": False, "emit": False, "limit": False,
    }  # fmt: skip


# -- statements ----------------------------------------------------------------------------------


class Statement(Expression):
    """The base of every statement but Query, which is one as well."""


class CreateSource(Statement):
    """CREATE STREAM | TABLE name (elements) WITH (properties).

    this: Identifier; elements: list of TableElement (None: no parentheses); properties: list of Property (None: no WITH);
    replace, source, exists: bool ("exists" = IF NOT EXISTS).
    """

    arg_types = {"this": True, "elements": False, "properties": False, "replace": False, "source": False, "exists": False}


class CreateStream(CreateSource):
    """CREATE [SOURCE] STREAM."""


class CreateTable(CreateSource):
    """CREATE [SOURCE] TABLE."""


class CreateAsSelect(Statement):
    """CREATE STREAM | TABLE name WITH (...) AS query."""

    arg_types = {"this": True, "properties": False, "query": True, "replace": False, "exists": False}


class CreateStreamAs(CreateAsSelect):
    """CREATE STREAM ... AS SELECT."""


class CreateTableAs(CreateAsSelect):
    """CREATE TABLE ... AS SELECT."""


class InsertInto(Statement):
    """INSERT INTO name [WITH (...)] SELECT ..."""

    arg_types = {"this": True, "properties": False, "query": True}


class InsertValues(Statement):
    """INSERT INTO name [(columns)] VALUES (...): columns is a list of Identifier or None."""

    arg_types = {"this": True, "columns": False, "values": True}


class DropSource(Statement):
    """DROP STREAM | TABLE [IF EXISTS] name [DELETE TOPIC]."""

    arg_types = {"this": True, "exists": False, "delete_topic": False}


class DropStream(DropSource):
    """DROP STREAM."""


class DropTable(DropSource):
    """DROP TABLE."""


class AlterOption(Expression):
    """ADD [COLUMN] name type."""

    arg_types = {"this": True, "kind": True}


class AlterSource(Statement):
    """ALTER STREAM | TABLE name ADD ...: kind "STREAM" or "TABLE", options a list of AlterOption."""

    arg_types = {"this": True, "kind": True, "options": True}


class RegisterType(Statement):
    """CREATE TYPE [IF NOT EXISTS] name AS type."""

    arg_types = {"this": True, "kind": True, "exists": False}


class DropType(Statement):
    """DROP TYPE [IF EXISTS] name."""

    arg_types = {"this": True, "exists": False}


class CreateConnector(Statement):
    """CREATE SOURCE | SINK CONNECTOR: kind "SOURCE" or "SINK"."""

    arg_types = {"this": True, "kind": True, "properties": True, "exists": False}


class DropConnector(Statement):
    """DROP CONNECTOR [IF EXISTS] name."""

    arg_types = {"this": True, "exists": False}


class Show(Statement):
    """LIST | SHOW what.

    this is "PROPERTIES", "TOPICS", "STREAMS", "TABLES", "FUNCTIONS", "CONNECTORS", "CONNECTOR PLUGINS", "TYPES", "VARIABLES"
    or "QUERIES";
    word is "LIST" or "SHOW"; all and extended are bool; kind is "SOURCE" or "SINK" for connectors.
    """

    arg_types = {"this": True, "word": False, "all": False, "extended": False, "kind": False}


class Describe(Statement):
    """DESCRIBE name [EXTENDED] of a source."""

    arg_types = {"this": True, "extended": False}


class DescribeStreams(Statement):
    """DESCRIBE STREAMS [EXTENDED]."""

    arg_types = {"extended": False}


class DescribeTables(Statement):
    """DESCRIBE TABLES [EXTENDED]."""

    arg_types = {"extended": False}


class DescribeFunction(Statement):
    """DESCRIBE FUNCTION name: its case is kept."""

    arg_types = {"this": True}


class DescribeConnector(Statement):
    """DESCRIBE CONNECTOR name."""

    arg_types = {"this": True}


class PrintTopic(Statement):
    """PRINT topic [FROM BEGINNING] [INTERVAL | SAMPLE n] [LIMIT n]: this is an Identifier or a string Literal (quoted)."""

    arg_types = {"this": True, "beginning": False, "interval": False, "limit": False, "sample": False}


class QueryCommand(Statement):
    """TERMINATE, PAUSE, RESUME: this is an Identifier, or None for ALL."""

    arg_types = {"this": False}


class Terminate(QueryCommand):
    """TERMINATE."""


class Pause(QueryCommand):
    """PAUSE."""


class Resume(QueryCommand):
    """RESUME."""


class SetProperty(Statement):
    """SET 'name' = 'value': both are str."""

    arg_types = {"this": True, "value": True}


class UnsetProperty(Statement):
    """UNSET 'name'."""

    arg_types = {"this": True}


class AlterSystem(Statement):
    """ALTER SYSTEM 'name' = 'value'."""

    arg_types = {"this": True, "value": True}


class Define(Statement):
    """DEFINE name = 'value': both are str."""

    arg_types = {"this": True, "value": True}


class Undefine(Statement):
    """UNDEFINE name."""

    arg_types = {"this": True}


class Explain(Statement):
    """EXPLAIN statement | query id (an Identifier)."""

    arg_types = {"this": True}


class AssertTopic(Statement):
    """ASSERT [NOT EXISTS] TOPIC name [WITH (...)] [TIMEOUT duration]."""

    arg_types = {"this": True, "properties": False, "timeout": False, "not_exists": False}


class AssertSchema(Statement):
    """ASSERT [NOT EXISTS] SCHEMA [SUBJECT name] [ID literal] [TIMEOUT duration]."""

    arg_types = {"subject": False, "id": False, "timeout": False, "not_exists": False}


class AssertValues(Statement):
    """ASSERT VALUES name [(columns)] VALUES (...)."""

    arg_types = {"this": True, "columns": False, "values": True}


class AssertTombstone(Statement):
    """ASSERT NULL VALUES name [(columns)] KEY (...)."""

    arg_types = {"this": True, "columns": False, "values": True}


class Extension(Statement):
    """The base of what SQL tests may say to minisql alone."""


class AssertRows(Extension):
    """ASSERT ROWS [name] [(columns)] VALUES (...), ...

    rows is a list of ``exp.Tuple``; without a name it is about the rows of the last SELECT.
    """

    arg_types = {"this": False, "columns": False, "rows": True}


class AssertNoRows(Extension):
    """ASSERT NO ROWS [name]."""

    arg_types = {"this": False}


class AssertNoValues(Extension):
    """ASSERT NO VALUES name."""

    arg_types = {"this": True}


class AssertSource(Statement):
    """ASSERT STREAM | TABLE name (elements) WITH (...)."""

    arg_types = {"this": True, "elements": False, "properties": False}


class AssertStream(AssertSource):
    """ASSERT STREAM."""


class AssertTable(AssertSource):
    """ASSERT TABLE."""


class RunScript(Statement):
    """RUN SCRIPT 'path': this is str."""

    arg_types = {"this": True}
