"""``minisql explain FILE``"""

from __future__ import annotations

import io
import sys
from argparse import Namespace

from minisql.cli import FAILED, OK, USAGE
from minisql.cli.console import Console
from minisql.cli.entities import print_entity
from minisql.cli.script import Script, ScriptError
from minisql.connection import Connection, connect


def main(options: Namespace) -> int:
    """Run the file without printing its results, then EXPLAIN every persistent query that it started."""
    with connect() as conn:
        try:
            Script(conn, Console(io.StringIO())).run_file(options.file)
        except ScriptError as error:
            print(error, file=sys.stderr)
            return FAILED
        except OSError as error:
            print(f"minisql explain: {error}", file=sys.stderr)
            return USAGE
        _explain_all(conn, Console(sys.stdout))
    return OK


def _explain_all(conn: Connection, console: Console) -> None:
    for query in conn.engine.queries:
        for entity in conn.ksql(f"EXPLAIN {query};"):
            print_entity(console, entity)
            console.line()
