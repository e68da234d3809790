"""ksqlDB's own test formats: found, read, run and reported."""

from minisql.testing.corpus.case import Case, CaseFile, Outcome
from minisql.testing.corpus.discover import find
from minisql.testing.corpus.runner import cases, run

__all__ = ["Case", "CaseFile", "Outcome", "cases", "find", "run"]
