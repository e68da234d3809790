"""Every statement of ksqlDB, by its first words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, NoReturn

from sqlglot import expressions as exp
from sqlglot.parser import SENTINEL_NONE
from sqlglot.tokenizer_core import Token, TokenType

from minisql.dialect import nodes
from minisql.dialect.checks import check_statement
from minisql.dialect.failures import refusal
from minisql.dialect.parts import PartParser
from minisql.dialect.tokenizer import NAME, VARIABLE
from minisql.errors import ParseError

Entry = Callable[[Any], exp.Expr]


class KsqlParser(PartParser):
    """The parser of statements; each table goes from a word to what reads the rest."""

    test = False
    """Whether the statements of test files are read too."""

    STATEMENTS: ClassVar[dict[str, Entry]] = {
        "SELECT": lambda self: self._select(),
        "CREATE": lambda self: self._create(),
        "INSERT": lambda self: self._insert(),
        "DROP": lambda self: self._drop(),
        "ALTER": lambda self: self._alter(),
        "LIST": lambda self: self._show("LIST"),
        "SHOW": lambda self: self._show("SHOW"),
        "DESCRIBE": lambda self: self._describe(),
        "PRINT": lambda self: self._print(),
        "EXPLAIN": lambda self: self._explain(),
        "TERMINATE": lambda self: self._query_command(nodes.Terminate),
        "PAUSE": lambda self: self._query_command(nodes.Pause),
        "RESUME": lambda self: self._query_command(nodes.Resume),
        "SET": lambda self: self._set(),
        "UNSET": lambda self: self._unset(),
        "DEFINE": lambda self: self._define(),
        "UNDEFINE": lambda self: self._undefine(),
        "ASSERT": lambda self: self._assert(),
    }
    TEST_STATEMENTS: ClassVar[dict[str, Entry]] = {**STATEMENTS, "RUN": lambda self: self._run_script()}
    """What a file of tests may hold as well."""

    CREATABLES: ClassVar[dict[str, Entry]] = {  # type: ignore[assignment]
        "STREAM": lambda self: self._create_source(nodes.CreateStream, nodes.CreateStreamAs),
        "TABLE": lambda self: self._create_source(nodes.CreateTable, nodes.CreateTableAs),
        "TYPE": lambda self: self._create_type(),
        "SINK": lambda self: self._create_connector("SINK"),
        "SOURCE": lambda self: self._create_of_source(),
        "OR": lambda self: self._create_or_replace(),
    }
    DROPPABLES: ClassVar[dict[str, Entry]] = {
        "STREAM": lambda self: self._drop_source(nodes.DropStream),
        "TABLE": lambda self: self._drop_source(nodes.DropTable),
        "CONNECTOR": lambda self: self._drop_named(nodes.DropConnector),
        "TYPE": lambda self: self._drop_named(nodes.DropType),
    }
    ASSERTABLES: ClassVar[dict[str, Entry]] = {
        "TOPIC": lambda self: self._assert_topic(False),
        "SCHEMA": lambda self: self._assert_schema(False),
        "NOT": lambda self: self._assert_absent(),
    }
    TEST_ASSERTABLES: ClassVar[dict[str, Entry]] = {
        **ASSERTABLES,
        "VALUES": lambda self: self._assert_values(),
        "NULL": lambda self: self._assert_tombstone(),
        "STREAM": lambda self: self._assert_source(nodes.AssertStream),
        "TABLE": lambda self: self._assert_source(nodes.AssertTable),
    }
    ABSENCES: ClassVar[dict[str, Entry]] = {
        "TOPIC": lambda self: self._assert_topic(True),
        "SCHEMA": lambda self: self._assert_schema(True),
    }
    DESCRIBABLES: ClassVar[dict[str, Entry]] = {
        "STREAMS": lambda self: nodes.DescribeStreams(extended=self._eat("EXTENDED")),
        "FUNCTION": lambda self: nodes.DescribeFunction(this=self._cased_name()),
        "CONNECTOR": lambda self: nodes.DescribeConnector(this=self._name()),
    }
    SHOWN: ClassVar[dict[str, frozenset[str]]] = {
        "PROPERTIES": frozenset(),
        "TOPICS": frozenset(("ALL", "EXTENDED")),
        "STREAMS": frozenset(("EXTENDED",)),
        "TABLES": frozenset(("EXTENDED",)),
        "FUNCTIONS": frozenset(),
        "CONNECTORS": frozenset(("SOURCE", "SINK")),
        "CONNECTOR": frozenset(),
        "TYPES": frozenset(),
        "VARIABLES": frozenset(),
        "QUERIES": frozenset(("EXTENDED",)),
    }
    """What SHOW and LIST show, and the words that may stand round it."""

    def read(self, tokens: list[Token], text: str, method: Callable[[KsqlParser], exp.Expr]) -> exp.Expr:
        """The tree of all ``tokens`` of ``text``, as ``method`` reads them."""
        node = self.read_text(tokens, text, method)
        # What ksqlDB refuses in a text with variables can be known only when their values are in their places.
        if self._held is not None and all(token.token_type is not VARIABLE for token in tokens):
            raise self._held
        return node

    def read_text(self, tokens: list[Token], text: str, method: Callable[[KsqlParser], exp.Expr]) -> exp.Expr:
        """As ``read``, for texts that only have to follow the grammar."""
        self.reset()
        closed = bool(tokens) and tokens[-1].token_type is TokenType.SEMICOLON
        self.sql, self._whole, self._tokens, self._index = text, tokens, tokens[:-1] if closed else tokens, -1
        self._tokens_size, self._held = len(self._tokens), None
        self._advance()
        node = method(self)
        if self._curr:
            self._fail()
        return node

    def raise_error(self, message: str, token: Token = SENTINEL_NONE) -> NoReturn:
        """Refuse the text; the statements of test files are not those that ksqlDB's words are about."""
        if not (self.test and self._tokens and self._tokens[0].text in ("ASSERT", "RUN")):
            super().raise_error(message, token)
        stopped = token or self._curr
        at, found = (stopped, f"'{stopped.text}'") if stopped else (self._tokens[-1], "end")
        message = f"line {at.line}:{at.col}: Syntax Error\nUnexpected {found}"
        raise ParseError(message, statement=self.sql, line=at.line, column=at.col)

    def read_statement(self) -> exp.Expr:
        """One statement, from the current token on."""
        return self._statement()

    def read_expression(self) -> exp.Expr:
        """One expression, from the current token on."""
        self._rule = "lone_expression"
        return self._boolean()

    def _parse_statement(self) -> exp.Expr:
        statement = self._statement()
        if self._held is not None:
            raise self._held
        return statement

    def _parse_expression(self) -> exp.Expr:
        return self._boolean()

    def _statement(self) -> exp.Expr:
        start = self._curr
        statement = self._choose(self.TEST_STATEMENTS if self.test else self.STATEMENTS)
        self._check(check_statement, statement, start)
        return self._placed(statement, start)

    def _choose(self, table: dict[str, Entry]) -> exp.Expr:
        word = self._curr.text
        if not self._at(*table):
            self._fail()
        self._advance()
        return table[word](self)

    # -- CREATE --------------------------------------------------------------------------------------

    def _create(self) -> exp.Expr:
        return self._choose(self.CREATABLES)

    def _create_or_replace(self) -> exp.Expr:
        self._need("REPLACE")
        source = self._eat("SOURCE")
        if not self._at("STREAM", "TABLE"):
            self._fail()
        created = self._create_source_kind(source)
        created.set("replace", True)
        return created

    def _create_of_source(self) -> exp.Expr:
        if self._eat("CONNECTOR"):
            return self._connector("SOURCE")
        return self._create_source_kind(True)

    def _create_source_kind(self, source: bool) -> exp.Expr:
        table = self._at("TABLE")
        if not table and not self._at("STREAM"):
            self._fail()
        self._advance()
        created, created_as = (nodes.CreateTable, nodes.CreateTableAs) if table else (nodes.CreateStream, nodes.CreateStreamAs)
        return self._create_source(created, created_as, source)

    def _create_source(
        self, kind: type[nodes.CreateSource], as_select: type[nodes.CreateAsSelect], source: bool = False
    ) -> exp.Expr:
        exists = self._eat("IF", "NOT", "EXISTS")
        name = self._source_name()
        elements = self._wrapped(self._element) if self._at("(") else None
        properties = self._properties() if self._at("WITH") else None
        if self._at("AS") and elements is None and not source:
            self._advance()
            return as_select(this=name, properties=properties, query=self._query(), exists=exists)
        return kind(this=name, elements=elements, properties=properties, source=source, exists=exists)

    def _create_type(self) -> exp.Expr:
        exists = self._eat("IF", "NOT", "EXISTS")
        name = self._name()
        self._need("AS")
        return nodes.RegisterType(this=name, kind=self._type(), exists=exists)

    def _create_connector(self, kind: str) -> exp.Expr:
        self._need("CONNECTOR")
        return self._connector(kind)

    def _connector(self, kind: str) -> exp.Expr:
        exists = self._eat("IF", "NOT", "EXISTS")
        return nodes.CreateConnector(this=self._name(), kind=kind, properties=self._properties(), exists=exists)

    # -- INSERT ----------------------------------------------------------------------------------------

    def _insert(self) -> exp.Expr:
        start = self._prev
        self._need("INTO")
        name = self._source_name()
        if self._at("WITH", "SELECT"):
            properties = self._properties() if self._at("WITH") else None
            return self._placed(nodes.InsertInto(this=name, properties=properties, query=self._query()), start)
        columns = self._wrapped(self._name) if self._at("(") else None
        self._need("VALUES")
        return nodes.InsertValues(this=name, columns=columns, values=self._wrapped(self._value, empty=True))

    # -- DROP, ALTER -----------------------------------------------------------------------------------

    def _drop(self) -> exp.Expr:
        return self._choose(self.DROPPABLES)

    def _drop_source(self, kind: type[nodes.DropSource]) -> exp.Expr:
        exists = self._eat("IF", "EXISTS")
        name = self._source_name()
        delete_topic = self._eat("DELETE")
        if delete_topic:
            self._need("TOPIC")
        return kind(this=name, exists=exists, delete_topic=delete_topic)

    def _drop_named(self, kind: type[nodes.Statement]) -> exp.Expr:
        exists = self._eat("IF", "EXISTS")
        return kind(this=self._name(), exists=exists)

    def _alter(self) -> exp.Expr:
        if self._eat("SYSTEM"):
            name = self._string()
            self._need("=")
            return nodes.AlterSystem(this=name, value=self._string())
        kind = self._curr.text
        if not self._at("STREAM", "TABLE"):
            self._fail()
        self._advance()
        return nodes.AlterSource(this=self._source_name(), kind=kind, options=self._list(self._alter_option))

    # -- SHOW, DESCRIBE, PRINT, EXPLAIN ------------------------------------------------------------------

    def _show(self, word: str) -> exp.Expr:
        before = ""
        if self._at("ALL", "SOURCE", "SINK"):
            before = self._curr.text
            self._advance()
        what = self._curr.text
        if not self._at(*self.SHOWN) or (before and before not in self.SHOWN[what]):
            self._fail()
        self._advance()
        if what == "CONNECTOR":
            self._need("PLUGINS")
            what = "CONNECTOR PLUGINS"
        shown = nodes.Show(this=what, word=word)
        if before:
            shown.set("all" if before == "ALL" else "kind", True if before == "ALL" else before)
        if "EXTENDED" in self.SHOWN.get(what, ()) and self._eat("EXTENDED"):
            shown.set("extended", True)
        return shown

    def _describe(self) -> exp.Expr:
        if self._at("STREAMS", "CONNECTOR") or (self._at("FUNCTION") and self._next and not self._next_is("EXTENDED")):
            return self._choose(self.DESCRIBABLES)
        if self._at("TABLES"):
            self._advance()
            return nodes.DescribeTables(extended=self._eat("EXTENDED"))
        return nodes.Describe(this=self._source_name(), extended=self._eat("EXTENDED"))

    def _print(self) -> exp.Expr:
        topic = self._resource()
        beginning = self._eat("FROM")
        if beginning:
            self._need("BEGINNING")
        interval = sample = None
        if self._eat("INTERVAL"):
            interval = self._integer("INTERVAL")
        elif self._eat("SAMPLE"):
            sample = self._integer("INTERVAL")
        return nodes.PrintTopic(this=topic, beginning=beginning, interval=interval, sample=sample, limit=self._limit())

    def _explain(self) -> exp.Expr:
        if self._at_name() and not self._next:
            return nodes.Explain(this=self._name())
        return nodes.Explain(this=self._statement())

    # -- queries, properties, variables ------------------------------------------------------------------

    def _query_command(self, kind: type[nodes.QueryCommand]) -> exp.Expr:
        return kind() if self._eat("ALL") else kind(this=self._name())

    def _set(self) -> exp.Expr:
        name = self._open_string()
        self._need("=")
        return nodes.SetProperty(this=name, value=self._open_string())

    def _unset(self) -> exp.Expr:
        return nodes.UnsetProperty(this=self._open_string())

    def _define(self) -> exp.Expr:
        name = self._variable_name()
        self._need("=")
        return nodes.Define(this=name, value=self._open_string())

    def _undefine(self) -> exp.Expr:
        return nodes.Undefine(this=self._variable_name())

    def _run_script(self) -> exp.Expr:
        self._need("SCRIPT")
        return nodes.RunScript(this=self._string())

    # -- ASSERT --------------------------------------------------------------------------------------------

    def _assert(self) -> exp.Expr:
        if self.test and self._eat_name("ROWS"):
            return self._assert_rows()
        if self.test and self._eat_name("NO"):
            return self._assert_none()
        return self._choose(self.TEST_ASSERTABLES if self.test else self.ASSERTABLES)

    def _eat_name(self, word: str) -> bool:
        """Advance over a word that is none of ksqlDB's grammar."""
        found = self._curr.token_type is NAME and self._curr.text.upper() == word
        if found:
            self._advance()
        return found

    def _assert_absent(self) -> exp.Expr:
        self._need("EXISTS")
        return self._choose(self.ABSENCES)

    def _assert_topic(self, absent: bool) -> exp.Expr:
        topic = self._resource()
        properties = self._properties() if self._at("WITH") else None
        return nodes.AssertTopic(this=topic, properties=properties, timeout=self._timeout(), not_exists=absent)

    def _assert_schema(self, absent: bool) -> exp.Expr:
        start = self._prev
        subject = self._resource() if self._eat("SUBJECT") else None
        number = self._schema_id() if self._eat("ID") else None
        if subject is None and number is None:
            self._hold(refusal("ASSERT SCHEMA statements much include a subject name or an id", start))
        return nodes.AssertSchema(subject=subject, id=number, timeout=self._timeout(), not_exists=absent)

    def _assert_values(self) -> exp.Expr:
        return self._asserted(nodes.AssertValues, "VALUES")

    def _assert_tombstone(self) -> exp.Expr:
        self._need("VALUES")
        return self._asserted(nodes.AssertTombstone, "KEY")

    def _asserted(self, kind: type[nodes.Statement], word: str) -> exp.Expr:
        name = self._source_name()
        columns = self._wrapped(self._name) if self._at("(") else None
        self._need(word)
        return kind(this=name, columns=columns, values=self._wrapped(self._value, empty=True))

    def _assert_rows(self) -> exp.Expr:
        name = self._source_name() if self._at_name() else None
        columns = self._wrapped(self._name) if self._at("(") else None
        self._need("VALUES")
        rows = self._list(lambda: exp.Tuple(expressions=self._wrapped(self._value)))
        return nodes.AssertRows(this=name, columns=columns, rows=rows)

    def _assert_none(self) -> exp.Expr:
        if self._eat("VALUES"):
            return nodes.AssertNoValues(this=self._source_name())
        if not self._eat_name("ROWS"):
            self._fail()
        return nodes.AssertNoRows(this=self._source_name() if self._at_name() else None)

    def _assert_source(self, kind: type[nodes.AssertSource]) -> exp.Expr:
        name = self._source_name()
        elements = self._wrapped(self._element) if self._at("(") else None
        return kind(this=name, elements=elements, properties=self._properties() if self._at("WITH") else None)
