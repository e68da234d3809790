"""The command line's arguments; each command is a function in a module of its own, imported when it is called."""

from __future__ import annotations

from argparse import Action, ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from minisql import __version__


def parse(arguments: Sequence[str]) -> Namespace:
    """The options of a command line.

    They have ``command``, a function that takes them and gives the exit code, and ``arguments``, which are those of the
    Python program that the command line names: whatever stands behind its name is for the program.
    """
    end = _end(arguments)
    options = parser().parse_args(arguments[:end])
    options.arguments = list(arguments[end:])
    return options


def _end(arguments: Sequence[str]) -> int:
    """Where our part of the command line ends: behind the name of a Python program, if there is one."""
    if arguments and arguments[0].startswith("-m"):
        return 2 if arguments[0] == "-m" else 1
    of_run = arguments if arguments[:1] == ["run"] else []
    return next((count for count, each in enumerate(of_run, 1) if each.endswith(".py")), len(arguments))


def parser() -> ArgumentParser:
    """The parser of our part of a command line."""
    result = ArgumentParser(prog="minisql", description="ksqlDB in a Python process.")
    result.add_argument("--version", action="version", version=f"minisql {__version__}")
    result.set_defaults(command=_command("shell"))
    _connectors(result)
    text = "run a Python module with the arguments behind it, patched: client libraries reach engines in its process"
    result.add_argument("-m", dest="module", metavar="MODULE", action=_Module, help=text)
    commands = result.add_subparsers(title="commands", metavar="COMMAND", description="without one, an interactive shell")
    _run(commands)
    _check(commands)
    _test(commands)
    _record(commands)
    _replay(commands)
    _serve(commands)
    _explain(commands)
    _functions(commands)
    return result


def _command(name: str) -> Any:
    """The function ``main`` of ``minisql.cli.<name>``, imported when it is called."""

    def run(options: Namespace) -> int:
        return int(import_module(f"minisql.cli.{name}").main(options))

    return run


class _Module(Action):
    """Names what is run instead of the shell."""

    def __call__(self, parser: Any, namespace: Namespace, values: Any, option_string: str | None = None) -> None:
        namespace.module = values
        namespace.command = _command("program")


def _add(commands: Any, name: str, text: str) -> ArgumentParser:
    result: ArgumentParser = commands.add_parser(name, help=text, description=text)
    result.set_defaults(command=_command(name))
    return result


def _run(commands: Any) -> None:
    text = "Run script files, one after the other on one engine, and print what they give; or a Python program, patched."
    run = _add(commands, "run", text)
    text = "scripts of SQL; or one file that ends in .py, with the arguments of the program behind it"
    run.add_argument("files", nargs="+", type=Path, metavar="FILE", help=text)
    _connectors(run)
    run.add_argument("--follow", action="store_true", help="wait for more rows of push queries, until interrupted")


def _check(commands: Any) -> None:
    text = "Plan script files without running them, and tell every error, and what may surprise."
    check: ArgumentParser = commands.add_parser(
        "check", help=text, description=text, formatter_class=_Explained, epilog="minisql.cli.check.warnings_help"
    )
    check.set_defaults(command=_command("check"))
    check.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="one after the other, as on one server; tests each on its own"
    )
    check.add_argument("--separate", action="store_true", help="each file as on a server of its own")
    check.add_argument("--strict", action="store_true", help="warnings, and what minisql does not support, fail too")
    check.add_argument("--format", choices=["text", "json"], default="text")
    check.add_argument("--ignore", action="append", default=[], metavar="CODE", help="leave a warning out")
    check.add_argument("--define", action="append", default=[], type=_definition, metavar="NAME=VALUE", help="set a variable")
    check.add_argument("--schema-registry", metavar="URL", help="read the schemas of topics there")


class _Explained(RawDescriptionHelpFormatter):
    """Help whose end is the text of a function, called when the help is shown."""

    def add_text(self, text: str | None) -> None:
        """A paragraph."""
        if text is not None and text.startswith("minisql.cli."):
            module, _, name = text.rpartition(".")
            text = getattr(import_module(module), name)()
        super().add_text(text)


def _definition(text: str) -> tuple[str, str]:
    """NAME=VALUE.

    Raises:
        ArgumentTypeError: there is no ``=``.
    """
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value


def _connectors(command: ArgumentParser) -> None:
    text = "record: keep and list connectors as they are declared; by default they are refused"
    command.add_argument("--connectors", choices=["record"], help=text)


def _test(commands: Any) -> None:
    test = _add(commands, "test", "Run test files in the formats in which ksqlDB itself is tested.")
    test.add_argument("paths", nargs="+", metavar="PATH")
    test.add_argument("-k", dest="expression", metavar="EXPR", help="only the cases whose name contains EXPR")
    test.add_argument("-j", dest="jobs", type=_jobs, default=1, metavar="N", help="run N files at a time, in processes")
    test.add_argument("-v", dest="verbose", action="store_true", help="name the cases that passed too")
    text = "refuse in SQL tests what ksqlDB's own sql-test-runner cannot run, such as ASSERT ROWS"
    test.add_argument("--standard", action="store_true", help=text)
    test.add_argument("--report", metavar="FILE.json", help="write the outcome of every case as JSON")
    test.add_argument("--junit", metavar="FILE.xml", help="write the outcome of every case as JUnit XML")


def _jobs(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _record(commands: Any) -> None:
    record = _add(commands, "record", "Run scripts or SQL tests on a server, and write what it gives to a file for `replay`.")
    record.add_argument("files", nargs="+", type=Path, metavar="FILE", help="SQL; with --@test lines it holds several scenarios")
    record.add_argument("--url", default="http://localhost:8088", help="a ksqlDB, or minisql's server, which is reset")
    record.add_argument("-o", dest="output", type=Path, metavar="FILE.json", help="where to write; by default to the terminal")


def _replay(commands: Any) -> None:
    replay = _add(commands, "replay", "Run recorded scenarios in this process and compare with what the server gave.")
    replay.add_argument("paths", nargs="+", metavar="PATH", help="a file that `record` has written, or a folder of such files")


def _serve(commands: Any) -> None:
    serve = _add(commands, "serve", "Serve an engine over ksqlDB's REST API.")
    serve.add_argument("files", nargs="*", type=Path, metavar="FILE", help="scripts to run before the first client comes")
    serve.add_argument("--port", type=int, default=8088, help="0 takes a free one")
    serve.add_argument("--host", default="127.0.0.1", help="by default only this machine can reach the server")
    serve.add_argument("--strict", action="store_true", help="without the routes under /_minisql/, which no ksqlDB has")
    serve.add_argument("--tls", nargs=2, metavar=("CERTIFICATE", "KEY"), help="speak TLS, with these files")
    serve.add_argument("--user", action="append", metavar="NAME:PASSWORD", help="ask for basic authentication")


def _explain(commands: Any) -> None:
    explain = _add(commands, "explain", "Run a script file and print the plan of each of its queries.")
    explain.add_argument("file", type=Path, metavar="FILE")


def _functions(commands: Any) -> None:
    functions = _add(commands, "functions", "List the SQL functions, or describe one.")
    functions.add_argument("name", nargs="?", metavar="NAME")
