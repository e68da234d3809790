"""The source of Python functions, as trees."""

from __future__ import annotations

import ast
import linecache
import textwrap
from types import CodeType, FunctionType, ModuleType


def definition(function: FunctionType) -> ast.FunctionDef | None:
    """The tree of a function written with ``def``, or None when its source cannot be found or is another by now."""
    lines = linecache.getlines(function.__code__.co_filename, function.__globals__)
    tree = _parsed(lines, function.__code__) if lines else None
    found = tree.body[0] if tree is not None and tree.body else None
    return found if isinstance(found, ast.FunctionDef) and _means(found, function) else None


def _parsed(lines: list[str], code: CodeType) -> ast.Module | None:
    """The tree of the lines of a function; brackets at its end may close on lines that have no code."""
    first = code.co_firstlineno - 1
    last = max(line or 0 for _, _, line in code.co_lines())
    for end in range(last, min(last + _BRACKETS, len(lines)) + 1):
        try:
            return ast.parse(textwrap.dedent("".join(lines[first:end])))
        except SyntaxError:
            continue
    return None


_BRACKETS = 4
"""On how many lines more a function may end than its code says."""


def _means(tree: ast.FunctionDef, function: FunctionType) -> bool:
    """Whether the source is that of the function: the file may have changed since it was imported."""
    decorators, tree.decorator_list = tree.decorator_list, []
    try:
        module = compile(ast.Module([*_imports(function), tree], []), "<source>", "exec", dont_inherit=True)
    finally:
        tree.decorator_list = decorators
    code = function.__code__
    again = next((item for item in module.co_consts if isinstance(item, CodeType) and item.co_name == code.co_name), None)
    return again is not None and _substance(again) == _substance(code)


def _imports(function: FunctionType) -> list[ast.stmt]:
    """Imports of the globals that the function's module imported: Python 3.11's compiler writes other code for those."""
    names = [name for name in function.__code__.co_names if name in function.__globals__]
    found = [name for name in names if _is_foreign(function.__globals__[name], function.__module__)]
    return [ast.fix_missing_locations(ast.Import([ast.alias(name)])) for name in found]


def _is_foreign(value: object, module: str) -> bool:
    return isinstance(value, ModuleType) or getattr(value, "__module__", module) != module


def _substance(code: CodeType) -> tuple[object, ...]:
    constants = [_substance(item) if isinstance(item, CodeType) else repr(item) for item in code.co_consts]
    return code.co_code, code.co_names, code.co_varnames, constants
