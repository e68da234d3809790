"""The source of Python functions, as trees."""

from __future__ import annotations

import ast
import linecache
import textwrap
from types import FunctionType


def definition(function: FunctionType) -> ast.FunctionDef | None:
    """The tree of a function written with ``def``, or None when its source cannot be found."""
    from inspect import getblock  # loaded when the first function is looked at

    code = function.__code__
    lines = linecache.getlines(code.co_filename, function.__globals__)
    if not lines or function.__name__ == "<lambda>":
        return None
    try:
        text = textwrap.dedent("".join(getblock(lines[code.co_firstlineno - 1 :])))
        found = ast.parse(text).body[0]
    except (SyntaxError, IndexError):
        return None
    return found if isinstance(found, ast.FunctionDef) and found.name == code.co_name else None
