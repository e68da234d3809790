"""``minisql`` alone: an interactive shell."""

from __future__ import annotations

import sys
from argparse import Namespace

from minisql.cli import OK
from minisql.cli.console import Console
from minisql.cli.script import Script, ScriptError
from minisql.connection import connect

PROMPT, CONTINUATION = "minisql> ", "       > "
WELCOME = "minisql: ksqlDB in this process. A statement ends with ';'. Type 'help' for help, 'exit' to leave.\n"
HELP = """\
help               this text
run script 'FILE'; run the statements of a file
exit, quit         leave (so does the end of the input)
Anything else is ksqlDB's SQL, such as SHOW STREAMS; or DESCRIBE name; and ends with ';'.
A push query (EMIT CHANGES) waits for rows until Ctrl-C."""


def main(options: Namespace) -> int:
    """Read statements from the terminal, or from a pipe without prompting, until the input ends."""
    interactive = sys.stdin.isatty()
    console = Console(sys.stdout)
    if interactive:
        _line_editing()
        console.line(WELCOME)
    with connect(connectors=options.connectors) as conn:
        _loop(Script(conn, console, follow=interactive), console, interactive)
    return OK


def _loop(script: Script, console: Console, interactive: bool) -> None:
    waiting = ""
    while True:
        try:
            line = input((CONTINUATION if waiting else PROMPT) if interactive else "")
        except EOFError:
            break
        except KeyboardInterrupt:
            console.line("^C")
            waiting = ""
            continue
        command = line.strip().rstrip(";").strip().lower()
        if not waiting and command in ("exit", "quit"):
            break
        if not waiting and command == "help":
            console.line(HELP)
            continue
        waiting = f"{waiting}\n{line}" if waiting else line
        if _complete(waiting):
            _execute(script, waiting)
            waiting = ""
    if waiting.strip():
        _execute(script, waiting)


def _complete(text: str) -> bool:
    """Whether the text ends a statement: with ``;`` outside of quotes and comments; blank text counts as ended."""
    from minisql.dialect import parse_script

    if not text.strip():
        return True
    # What follows a `;` within quotes or a comment is still the same statement: a mark put at the end tells.
    statements = parse_script(f"{text}\n MARK")
    return statements[-1].text.strip() == "MARK"


def _execute(script: Script, text: str) -> None:
    try:
        script.run(text, "<stdin>")
    except (ScriptError, OSError) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        print("Query terminated")


def _line_editing() -> None:
    """Arrow keys and history, where Python has readline."""
    try:
        import readline  # noqa: F401 - importing it is what changes input()
    except ImportError:
        return
