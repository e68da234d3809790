"""What ``/info`` says."""

from __future__ import annotations

from typing import Any

from minisql.engine import Engine

KSQLDB_VERSION = "8.5.0"
"""The release of ksqlDB that the engine stands for."""

CLUSTER_ID = "minisql"


def server_info(engine: Engine) -> dict[str, Any]:
    """The body of ``/info``."""
    return {
        "KsqlServerInfo": {
            "version": KSQLDB_VERSION,
            "kafkaClusterId": CLUSTER_ID,
            "ksqlServiceId": engine.config["ksql.service.id"],
            "serverStatus": "RUNNING",
        }
    }
