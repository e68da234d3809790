"""Parts of an expression that fail on their own (ksqlDB's ``ksql.nested.error.set.null``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.codegen.errors import EvaluationError
from minisql.errors import UnsupportedError

OnError = Callable[[Exception, str], None]
"""Takes the exception, and what failed: a type, a function, "array item", ..."""


def attempt(action: Callable[[], Any], on_error: OnError, what: str) -> Any:
    """The result of ``action``, or None when it fails."""
    try:
        return action()
    except UnsupportedError:
        raise
    except Exception as error:
        on_error(error, what)
        return None


def attempt_in_predicate(action: Callable[[], Any], on_error: OnError, what: str, boolean: bool) -> Any:
    """The result of ``action``, or False when it fails.

    Raises:
        EvaluationError: it failed, and its place takes no BOOLEAN: ksqlDB trips over the False that it puts there.
    """
    try:
        return action()
    except UnsupportedError:
        raise
    except Exception as error:
        on_error(error, what)
        if boolean:
            return False
        raise EvaluationError(f"class java.lang.Boolean cannot be cast to the class of {what}") from error
