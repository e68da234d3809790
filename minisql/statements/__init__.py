"""Statements: each kind has a handler, found by the class of its node."""

from minisql.statements.handlers import HANDLERS
from minisql.statements.prepared import Prepared

__all__ = ["HANDLERS", "Prepared"]
