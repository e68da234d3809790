"""``minisql serve``"""

from __future__ import annotations

import sys
from argparse import Namespace

from minisql.cli import FAILED, OK, USAGE
from minisql.cli.console import Console
from minisql.cli.script import Script, ScriptError
from minisql.connection import Connection
from minisql.engine import Engine


def main(options: Namespace) -> int:
    """Serve until the process is told to stop."""
    try:
        from minisql.server.app import App
        from minisql.server.entry import Listening, fresh_engine, serve_forever
    except ModuleNotFoundError as error:
        print(f"minisql serve needs {error.name}: pip install 'minisql-ksqldb[server]'", file=sys.stderr)
        return USAGE
    app = App(fresh_engine, strict=options.strict, users=_users(options))
    listening = Listening(options.host, options.port, tuple(options.tls) if options.tls else None)
    try:
        _prepare(app.engine, options)
        serve_forever(app, listening, lambda url: print(f"Serving at {url}", flush=True))
    except ScriptError as error:
        print(error, file=sys.stderr)
        return FAILED
    except OSError as error:
        print(f"minisql serve: {error}", file=sys.stderr)
        return USAGE
    return OK


def _prepare(engine: Engine, options: Namespace) -> None:
    script = Script(Connection(engine), Console(sys.stdout), False)
    for path in options.files:
        script.run_file(path)


def _users(options: Namespace) -> dict[str, str] | None:
    if not options.user:
        return None
    return {name: password for name, _, password in (each.partition(":") for each in options.user)}
