"""The client library ``ksql`` in the process: programs written for it run by changing one import."""

from __future__ import annotations

from minisql.client.builder import SQLBuilder
from minisql.client.errors import KSQLError
from minisql.client.ksqlapi import KSQLAPI
from minisql.client.patching import patch
from minisql.client.registry import forget
from minisql.client.simplified import SimplifiedAPI

__all__ = ["KSQLAPI", "KSQLError", "SQLBuilder", "SimplifiedAPI", "forget", "patch"]
