"""One scenario on two backends: the same schemas, rows, changes and errors, or the difference."""

from __future__ import annotations

from minisql.testing.differential.backend import Backend, backend_at
from minisql.testing.differential.compare import Difference, assert_same, compare
from minisql.testing.differential.inprocess import InProcess
from minisql.testing.differential.ksqldb import KsqlDB
from minisql.testing.differential.literals import sql_value
from minisql.testing.differential.reading import parse_scenarios, read_scenarios
from minisql.testing.differential.recording import Recording, read_recordings, record, write_recordings
from minisql.testing.differential.scenario import Scenario
from minisql.testing.differential.served import Served
from minisql.testing.differential.shrinking import shrink
from minisql.testing.differential.steps import Advance, Produce, Query, Row, Statement, Step
from minisql.testing.tenant.properties import EARLIEST

__all__ = [
    "Advance",
    "Backend",
    "Difference",
    "EARLIEST",
    "InProcess",
    "KsqlDB",
    "Produce",
    "Query",
    "Recording",
    "Row",
    "Scenario",
    "Served",
    "Statement",
    "Step",
    "assert_same",
    "backend_at",
    "compare",
    "parse_scenarios",
    "read_recordings",
    "read_scenarios",
    "record",
    "shrink",
    "sql_value",
    "write_recordings",
]
