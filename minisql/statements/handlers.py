"""Which handler runs which statement."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias

from minisql.dialect import nodes
from minisql.errors import UnsupportedError

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.query_result import QueryResult
    from minisql.results import Entity
    from minisql.statements.prepared import Prepared

    Result: TypeAlias = Entity | QueryResult
    Handler: TypeAlias = Callable[[Engine, Session, Prepared], Result]


class Deferred:
    """A handler whose module is imported when it is first needed: a script seldom has every kind of statement.

    Args:
        path: module and function within this package: ``"drop.drop_source"``.
    """

    __slots__ = ("_handler", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self._handler: Handler | None = None

    def __call__(self, engine: Engine, session: Session, prepared: Prepared) -> Result:
        """Run the statement."""
        if self._handler is None:
            self._handler = self.load()
        return self._handler(engine, session, prepared)

    def load(self) -> Handler:
        """The handler itself."""
        module, function = self.path.split(".")
        handler: Handler = getattr(import_module(f"minisql.statements.{module}"), function)
        return handler


class Refusal:
    """The handler of what ksqlDB has and minisql has not.

    Args:
        feature: how the error names the statement.
    """

    __slots__ = ("feature",)

    def __init__(self, feature: str) -> None:
        self.feature = feature

    def __call__(self, engine: Engine, session: Session, prepared: Prepared) -> Result:
        """Raises: UnsupportedError: always."""
        raise UnsupportedError(self.feature, prepared.text)


HANDLERS: dict[type[Any], Handler] = {
    nodes.Query: Deferred("queries.select"),
    nodes.CreateStreamAs: Deferred("queries.create_as"),
    nodes.CreateTableAs: Deferred("queries.create_as"),
    nodes.InsertInto: Deferred("queries.insert_into"),
    nodes.InsertValues: Deferred("insert_values.insert_values"),
    nodes.CreateStream: Deferred("ddl.create_source"),
    nodes.CreateTable: Deferred("ddl.create_source"),
    nodes.DropStream: Deferred("drop.drop_source"),
    nodes.DropTable: Deferred("drop.drop_source"),
    nodes.AlterSource: Deferred("alter.alter_source"),
    nodes.RegisterType: Deferred("types.register_type"),
    nodes.DropType: Deferred("types.drop_type"),
    nodes.Define: Deferred("variables.define"),
    nodes.Undefine: Deferred("variables.undefine"),
    nodes.SetProperty: Deferred("properties.set_property"),
    nodes.UnsetProperty: Deferred("properties.unset_property"),
    nodes.Show: Deferred("show.show"),
    nodes.Describe: Deferred("describe.describe"),
    nodes.DescribeStreams: Deferred("describe.describe_streams"),
    nodes.DescribeTables: Deferred("describe.describe_tables"),
    nodes.DescribeFunction: Deferred("describe_function.describe_function"),
    nodes.Explain: Deferred("explain.explain"),
    nodes.Terminate: Deferred("lifecycle.terminate"),
    nodes.Pause: Deferred("lifecycle.pause"),
    nodes.Resume: Deferred("lifecycle.resume"),
    nodes.AssertTopic: Deferred("topics.assert_topic"),
    nodes.PrintTopic: Refusal("PRINT"),
    nodes.RunScript: Deferred("scripts.run_script"),
    nodes.AlterSystem: Deferred("properties.alter_system"),
    nodes.AssertSchema: Refusal("ASSERT SCHEMA"),
    nodes.AssertValues: Refusal("ASSERT VALUES"),
    nodes.AssertTombstone: Refusal("ASSERT NULL VALUES"),
    nodes.AssertStream: Refusal("ASSERT STREAM"),
    nodes.AssertTable: Refusal("ASSERT TABLE"),
    nodes.CreateConnector: Refusal("CREATE CONNECTOR"),
    nodes.DropConnector: Refusal("DROP CONNECTOR"),
    nodes.DescribeConnector: Refusal("DESCRIBE CONNECTOR"),
}
"""Node class to handler: every class of statement that the dialect gives has one."""
