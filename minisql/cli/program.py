"""``minisql -m MODULE`` and ``minisql run FILE.py``: a Python program whose client libraries reach engines in its process."""

from __future__ import annotations

import atexit
import os
import runpy
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from minisql.cli import FAILED, OK, USAGE
from minisql.client import patch

INTERRUPTED = 130
"""The exit code of what SIGINT has ended, as shells see it."""


def main(options: Namespace) -> int:
    """Run a module, as ``python -m`` does."""

    def start() -> None:
        runpy.run_module(options.module, run_name="__main__", alter_sys=True)

    return _run(start, [options.module, *options.arguments], os.getcwd())


def run_file(path: Path, arguments: Sequence[str]) -> int:
    """Run a file, as ``python FILE`` does."""
    try:
        path.open("rb").close()
    except OSError as error:
        print(f"minisql run: {error}", file=sys.stderr)
        return USAGE

    def start() -> None:
        runpy.run_path(os.path.abspath(path), run_name="__main__")

    return _run(start, [str(path), *arguments], str(path.resolve().parent))


def _run(start: Callable[[], None], argv: list[str], first_of_path: str) -> int:
    """Run a program to its end; gives its exit code, or lets its SystemExit through."""
    sys.argv[:] = argv
    if not getattr(sys.flags, "safe_path", False):  # since Python 3.11
        sys.path[0] = first_of_path
    patched = ExitStack()
    patched.enter_context(patch())
    atexit.register(patched.close)  # after the program's threads, and what it has registered itself
    try:
        start()
    except Exception as error:
        return _report(error)
    except KeyboardInterrupt as error:
        _report(error)
        return INTERRUPTED
    return OK


def _report(error: BaseException) -> int:
    """Say how a program has failed: as Python does, its own frames alone."""
    own = _without_ours(error.__traceback__)
    if own is None and isinstance(error, ImportError):
        print(f"minisql: {error}", file=sys.stderr)
    else:
        sys.excepthook(type(error), error.with_traceback(own), own)
    return FAILED


def _without_ours(traceback: TracebackType | None) -> TracebackType | None:
    while traceback is not None and traceback.tb_frame.f_code.co_filename in (__file__, runpy.run_path.__code__.co_filename):
        traceback = traceback.tb_next
    return traceback
