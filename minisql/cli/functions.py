"""``minisql functions [NAME]``"""

from __future__ import annotations

import sys
from argparse import Namespace

from minisql.cli import FAILED, OK
from minisql.cli.console import Console
from minisql.cli.entities import print_entity
from minisql.connection import connect
from minisql.dialect import quoted_name
from minisql.errors import KsqlError


def main(options: Namespace) -> int:
    """Print what SHOW FUNCTIONS or DESCRIBE FUNCTION gives."""
    sql = f"DESCRIBE FUNCTION {quoted_name(options.name.upper())};" if options.name else "SHOW FUNCTIONS;"
    with connect() as conn:
        try:
            for entity in conn.ksql(sql):
                print_entity(Console(sys.stdout), entity)
        except KsqlError as error:
            print(error.message, file=sys.stderr)
            return FAILED
    return OK
