"""``minisql run FILE...``"""

from __future__ import annotations

import sys
from argparse import Namespace

from minisql.cli import FAILED, OK, USAGE
from minisql.cli.console import Console
from minisql.cli.script import Script, ScriptError
from minisql.connection import connect


def main(options: Namespace) -> int:
    """Run the files on one engine, until a statement fails; or a Python program."""
    if options.files[-1].suffix == ".py":
        return _program(options)
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


def _program(options: Namespace) -> int:
    if len(options.files) > 1 or options.follow or options.connectors:
        print(
            f"minisql run: {options.files[-1]} is a Python program: no scripts of SQL and no options go before it",
            file=sys.stderr,
        )
        return USAGE
    from minisql.cli.program import run_file  # scripts of SQL do without

    return run_file(options.files[0], options.arguments)
