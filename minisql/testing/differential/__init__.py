"""One scenario on two backends: the same schemas, rows, changes and errors, or the difference."""

from __future__ import annotations

from minisql.testing.differential.literals import sql_value
from minisql.testing.differential.reading import parse_scenarios, read_scenarios
from minisql.testing.differential.scenario import EARLIEST, Scenario
from minisql.testing.differential.steps import Advance, Produce, Query, Row, Statement, Step

__all__ = [
    "EARLIEST",
    "Advance",
    "Produce",
    "Query",
    "Row",
    "Scenario",
    "Statement",
    "Step",
    "parse_scenarios",
    "read_scenarios",
    "sql_value",
]
