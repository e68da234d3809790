"""Expectations rewritten to what is there: of assertions in Python files, of SQL tests, and of folders.

Only when it is asked for: by ``begin()``, which the plugin calls for ``--ksql-update``, or by the environment variable
MINISQL_UPDATE=1. Then what does not hold is noted, and written when ``finish()`` is called or the process ends.
"""

from __future__ import annotations

import atexit
import os
import sys
from types import FrameType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minisql.testing.update.edits import Edits, Report

VARIABLE = "MINISQL_UPDATE"

_edits: Edits | None = None


def begin() -> Edits:
    """From now on expectations are rewritten instead of refused."""
    from minisql.testing.update.edits import Edits  # most runs update nothing

    global _edits
    if _edits is None:
        _edits = Edits()
    return _edits


def requested() -> Edits | None:
    """Where rewrites are noted; None where none are asked for."""
    if _edits is None and os.environ.get(VARIABLE) == "1":
        begin()
        atexit.register(_finish_and_tell)
    return _edits


def _finish_and_tell() -> None:
    report = finish()
    if report is not None and str(report):
        print(report, file=sys.stderr)


def finish() -> Report | None:
    """Write what was noted; from now on nothing is rewritten. None where nothing was asked for."""
    global _edits
    found, _edits = _edits, None
    return None if found is None else found.write()


class updated:
    """A context in which an assertion is checked: where updates are asked for, what does not hold is noted to be rewritten.

    Args:
        method: the name of the assertion.
        rows: what it expects.
        frame: where it is called.

    Raises:
        AssertionFailed: no updates are asked for, or this cannot be one; then the text says why.
    """

    def __init__(self, method: str, rows: Any, frame: FrameType) -> None:
        self._call = method, rows, frame

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        __tracebackhide__ = True
        noted = requested()
        if noted is None:
            if isinstance(error, AssertionError):
                raise error.with_traceback(None)  # where it was compared says nothing to whoever reads it
            return False
        from minisql.testing.update.python import settle  # most runs update nothing

        return settle(noted, *self._call, error)
