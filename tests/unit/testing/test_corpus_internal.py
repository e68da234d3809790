"""Which repartition topics ksqlDB would have."""

import pytest
from sqlglot import exp

from minisql.formats.info import FormatInfo, KeyFormat, ValueFormat
from minisql.metastore import Source
from minisql.planner.steps import (
    StreamFilter,
    StreamGroupBy,
    StreamGroupByKey,
    StreamSelect,
    StreamSelectKey,
    StreamSource,
    StreamStreamJoin,
    StreamTableJoin,
    TableGroupBy,
)
from minisql.schema import schema_of
from minisql.testing.corpus.internal import internal_topics, repartition_topics
from minisql.types import STRING

SCHEMA = schema_of([("K", STRING)], [("V", STRING)])
JSON = FormatInfo("JSON")
SOURCE = StreamSource(SCHEMA, "Source", Source("S", "STREAM", SCHEMA, "s", KeyFormat(JSON), ValueFormat(JSON)), "S")
ALIASED = StreamSelect(SCHEMA, "P", SOURCE, ())
REKEYED = StreamSelect(SCHEMA, "P", StreamSelectKey(SCHEMA, "SelectKey", SOURCE, (exp.column("V"),)), ())


@pytest.mark.parametrize(
    ("plan", "names"),
    [
        (SOURCE, []),
        (REKEYED, []),
        (StreamGroupBy(SCHEMA, "Aggregate/GroupBy", SOURCE, ()), ["Aggregate-GroupBy"]),
        (StreamGroupByKey(SCHEMA, "Aggregate/GroupBy", SOURCE, ()), []),
        (TableGroupBy(SCHEMA, "Aggregate/GroupBy", SOURCE, ()), ["Aggregate-GroupBy"]),
        (StreamStreamJoin(SCHEMA, "Join", SOURCE, REKEYED, "INNER", 1, 1, None, KeyFormat(JSON)), ["Join-right"]),
        (StreamTableJoin(SCHEMA, "Join", REKEYED, SOURCE, "LEFT"), ["Join"]),
        (StreamTableJoin(SCHEMA, "Join", SOURCE, SOURCE, "LEFT"), []),
    ],
)
def test_only_where_an_operator_needs_a_key_that_was_chosen_anew(plan, names):
    prefix = "_confluent-ksql-my_query_CSAS_X_0-"
    assert repartition_topics("my_", "CSAS_X_0", plan) == [f"{prefix}{name}-repartition" for name in names]


INNER = StreamStreamJoin(SCHEMA, "L_Join", REKEYED, REKEYED, "INNER", 1, 1, None, KeyFormat(JSON))


@pytest.mark.parametrize(
    ("plan", "stores"),
    [
        (
            StreamStreamJoin(SCHEMA, "Join", ALIASED, REKEYED, "LEFT", 1, 1, None, KeyFormat(JSON)),
            ["JOINTHIS-0000000012", "OUTEROTHER-0000000013"],
        ),
        (
            StreamStreamJoin(
                SCHEMA, "Join", StreamSelectKey(SCHEMA, "K", INNER, ()), REKEYED, "RIGHT", 1, 1, None, KeyFormat(JSON)
            ),
            ["JOINTHIS-0000000016", "JOINOTHER-0000000017", "OUTERTHIS-0000000032", "JOINOTHER-0000000033"],
        ),
        (
            StreamStreamJoin(
                SCHEMA, "Join", ALIASED, StreamFilter(SCHEMA, "F", SOURCE, exp.true()), "INNER", 1, 1, None, KeyFormat(JSON)
            ),
            [],
        ),
    ],
)
def test_stores_of_joins_are_numbered_as_far_as_the_nodes_were_counted(plan, stores):
    found = [name for name in internal_topics(plan) if name.startswith("KSTREAM")]
    assert found == [f"KSTREAM-{store}-store-changelog" for store in stores]
