"""Generated Python: lines, the objects they are bound to, and a place in tracebacks."""

from __future__ import annotations

import itertools
import linecache
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType
from typing import Any

_serial = itertools.count()


class Bindings:
    """The global names of a generated function, and fresh local names.

    A name bound here is visible in the generated code; constants and functions get in by no other way.
    """

    __slots__ = ("_bound", "_counts", "names")

    def __init__(self) -> None:
        self.names: dict[str, Any] = {}
        self._bound: dict[int, str] = {}
        self._counts: dict[str, int] = {}

    def fresh(self, hint: str) -> str:
        """A name not used before, that starts with ``hint``: a local variable or a walrus target."""
        count = self._counts.get(hint, 0)
        self._counts[hint] = count + 1
        return f"{hint}{count}"

    def bind(self, value: Any, hint: str) -> str:
        """The name under which generated code reaches ``value``; the same object gets the same name."""
        name = self._bound.get(id(value))
        if name is None:
            name = f"{hint if hint.isidentifier() else 'bound'}_{len(self.names)}"
            self.names[name] = value
            self._bound[id(value)] = name
        return name

    def mark(self) -> dict[str, int]:
        """The present state of the local names, for ``at``."""
        return dict(self._counts)

    def at(self, mark: dict[str, int]) -> Bindings:
        """A copy with everything bound so far, in which local names start again from ``mark``."""
        copy = Bindings()
        copy.names = dict(self.names)
        copy._bound = dict(self._bound)
        copy._counts = dict(mark)
        return copy


class Source:
    """Lines of Python in the making.

    >>> source = Source()
    >>> with source.block("def f(x):"):
    ...     source.line("return x + 1")
    >>> source.compile("doc", "f")(1)
    2
    """

    __slots__ = ("_depth", "_lines", "bindings")

    def __init__(self, bindings: Bindings | None = None) -> None:
        self.bindings = bindings or Bindings()
        self._lines: list[str | Source] = []
        self._depth = 0

    @property
    def text(self) -> str:
        """The code so far."""
        return "".join(line.text if isinstance(line, Source) else line + "\n" for line in self._lines)

    def line(self, text: str) -> None:
        """Add a line at the present depth."""
        self._lines.append("    " * self._depth + text)

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Add ``head`` and indent what follows by one step."""
        self.line(head)
        self._depth += 1
        yield
        self._depth -= 1

    def hole(self, deeper: bool = False) -> Source:
        """A place at the present depth, or one step deeper, for lines that are only known later."""
        place = Source(self.bindings)
        place._depth = self._depth + deeper
        self._lines.append(place)
        return place

    def before(self, head: str) -> None:
        """Put the head of a block before the lines of a deeper place."""
        self._lines.insert(0, "    " * (self._depth - 1) + head)

    def __bool__(self) -> bool:
        """Whether anything was written."""
        return any(not isinstance(line, Source) or bool(line) for line in self._lines)

    def compile(self, title: str, function: str) -> Callable[..., Any]:
        """Run the code and give its function called ``function``.

        ``title`` stands in tracebacks: ``<minisql CTAS_T_0 1>``; linecache has the lines.
        """
        filename = f"<minisql {title} {next(_serial)}>"
        text = self.text
        linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
        with warnings.catch_warnings():
            # Python warns of constants where nobody would write any, such as ``None[0]`` behind a test of NULL.
            warnings.simplefilter("ignore", SyntaxWarning)
            code: CodeType = compile(text, filename, "exec")
        names = dict(self.bindings.names)
        exec(code, names)
        result: Callable[..., Any] = names[function]
        return result


Compiler = Callable[[Source, str, str], Callable[..., Any]]
"""(source, title, name): makes the function called ``name``."""

compiled: Compiler = Source.compile


def uncompiled(source: Source, title: str, function: str) -> Callable[..., Any]:
    """A function that does nothing, in place of the one that was written: it is never given a record."""
    return lambda *given: None
