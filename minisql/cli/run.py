"""``minisql run FILE...``"""

from __future__ import annotations

import sys
from argparse import Namespace

from minisql.cli import FAILED, OK, USAGE
from minisql.cli.console import Console
from minisql.cli.script import Script, ScriptError
from minisql.connection import connect


def main(options: Namespace) -> int:
    """Run the files on one engine; the first statement that fails ends it."""
    console = Console(sys.stdout)
    with connect(connectors=options.connectors) as conn:
        script = Script(conn, console, options.follow)
        try:
            for path in options.files:
                script.run_file(path)
        except ScriptError as error:
            print(error, file=sys.stderr)
            return FAILED
        except OSError as error:
            print(f"minisql run: {error}", file=sys.stderr)
            return USAGE
        except KeyboardInterrupt:
            console.line("Query terminated")
    return OK
