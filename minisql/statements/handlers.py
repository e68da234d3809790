"""Which handler runs which statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from minisql.deferred import Deferred
from minisql.dialect import nodes
from minisql.errors import UnsupportedError

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.query_result import QueryResult
    from minisql.results import Entity
    from minisql.statements.prepared import Prepared

    Result: TypeAlias = Entity | QueryResult
    Handler: TypeAlias = Callable[[Engine, Session, Prepared], Result]


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
    nodes.Query: Deferred("statements.queries.select"),
    nodes.CreateStreamAs: Deferred("statements.create_as.create_as"),
    nodes.CreateTableAs: Deferred("statements.create_as.create_as"),
    nodes.InsertInto: Deferred("statements.insert_into.insert_into"),
    nodes.InsertValues: Deferred("statements.insert_values.insert_values"),
    nodes.CreateStream: Deferred("statements.ddl.create_source"),
    nodes.CreateTable: Deferred("statements.ddl.create_source"),
    nodes.DropStream: Deferred("statements.drop.drop_source"),
    nodes.DropTable: Deferred("statements.drop.drop_source"),
    nodes.AlterSource: Deferred("statements.alter.alter_source"),
    nodes.RegisterType: Deferred("statements.types.register_type"),
    nodes.DropType: Deferred("statements.types.drop_type"),
    nodes.Define: Deferred("statements.variables.define"),
    nodes.Undefine: Deferred("statements.variables.undefine"),
    nodes.SetProperty: Deferred("statements.properties.set_property"),
    nodes.UnsetProperty: Deferred("statements.properties.unset_property"),
    nodes.Show: Deferred("statements.show.show"),
    nodes.Describe: Deferred("statements.describe.describe"),
    nodes.DescribeStreams: Deferred("statements.describe.describe_streams"),
    nodes.DescribeTables: Deferred("statements.describe.describe_tables"),
    nodes.DescribeFunction: Deferred("statements.describe_function.describe_function"),
    nodes.Explain: Deferred("statements.explain.explain"),
    nodes.Terminate: Deferred("statements.lifecycle.terminate"),
    nodes.Pause: Deferred("statements.lifecycle.pause"),
    nodes.Resume: Deferred("statements.lifecycle.resume"),
    nodes.AssertTopic: Deferred("statements.topics.assert_topic"),
    nodes.PrintTopic: Deferred("statements.print_topic.print_topic"),
    nodes.RunScript: Deferred("statements.scripts.run_script"),
    nodes.AlterSystem: Deferred("statements.properties.alter_system"),
    nodes.AssertSchema: Deferred("statements.schemas.assert_schema"),
    nodes.AssertValues: Refusal("ASSERT VALUES"),
    nodes.AssertTombstone: Refusal("ASSERT NULL VALUES"),
    nodes.AssertStream: Refusal("ASSERT STREAM"),
    nodes.AssertTable: Refusal("ASSERT TABLE"),
    nodes.AssertRows: Refusal("ASSERT ROWS"),
    nodes.AssertNoRows: Refusal("ASSERT NO ROWS"),
    nodes.AssertNoValues: Refusal("ASSERT NO VALUES"),
    nodes.CreateConnector: Deferred("statements.connectors.create_connector"),
    nodes.DropConnector: Deferred("statements.connectors.drop_connector"),
    nodes.DescribeConnector: Deferred("statements.connectors.describe_connector"),
}
"""Node class to handler: every class of statement that the dialect gives has one."""
