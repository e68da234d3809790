"""The command line: ``minisql`` and ``python -m minisql``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

OK, FAILED, USAGE = 0, 1, 2
"""Exit codes: all went well; a statement, file or test failed; the command line is wrong."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        arguments: the command line without the program's name; by default the process's.

    Returns:
        The exit code. A wrong command line raises ``SystemExit(2)``, as argparse does.
    """
    from minisql.cli.options import parse
    from minisql.errors import UnsupportedError

    options = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return int(options.command(options))
    except UnsupportedError as error:
        print(error.message, file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        # Whoever read the output has seen enough, such as `head`.
        return OK
