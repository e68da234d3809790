"""Scripts planned without being run: every error with its place, and what ksqlDB accepts that may yet surprise."""

from minisql.check.check import check
from minisql.check.finding import SEVERITIES, Finding
from minisql.check.warnings import WARNINGS

__all__ = ["SEVERITIES", "WARNINGS", "Finding", "check"]
