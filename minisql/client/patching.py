"""``minisql.patch()``: installed client libraries reach engines in this process."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack, aclosing
from importlib import import_module
from importlib.util import find_spec
from threading import RLock
from types import ModuleType
from typing import Any, TypeVar

from minisql.client.old_python import old_python
from minisql.client.registry import Registry, holding, registry
from minisql.connection import Connection
from minisql.engine import Engine

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

LIBRARIES = ("ksql.api", "ksqldb.api")
"""The modules that send requests: that of ``ksql`` and ``ksql-python-ng``, which share a name, and that of ``ksqldb``."""

STAND_INS = {
    "urllib": "with_urllib.module",
    "requests": "with_requests.module",
    "httpx": "with_httpx.module",
    "HTTPConnection": "with_hyper.connection",
}
"""What gives the stand-in for each name by which these modules know an HTTP library."""


class Patch:
    """See ``patch``; each entering of a block is one of its own."""

    def __init__(self, engine: Engine | Connection | None = None) -> None:
        self._engine = engine.engine if isinstance(engine, Connection) else engine
        self._entered: list[ExitStack] = []

    def __enter__(self) -> Callable[[str], Engine]:
        with ExitStack() as stack:
            if _transports.enter() or self._engine is not None:
                stack.enter_context(holding(Registry(self._engine)))
            stack.callback(_transports.leave)
            self._entered.append(stack.pop_all())
        return registry().engine

    def __exit__(self, *_: object) -> None:
        self._entered.pop().close()

    def __call__(self, function: Decorated) -> Decorated:
        """The function, run in a block of its own: a coroutine function and a generator until their end."""
        if isinstance(function, type):
            raise TypeError(f"minisql.patch() decorates functions, and {function.__name__} is a class: decorate its methods")
        return functools.wraps(function)(self._wrapped(function))  # type: ignore[return-value]

    def _wrapped(self, function: Callable[..., Any]) -> Callable[..., Any]:
        block = functools.partial(Patch, self._engine)

        async def coroutine(*arguments: Any, **options: Any) -> Any:
            with block():
                return await function(*arguments, **options)

        async def async_generator(*arguments: Any, **options: Any) -> Any:
            with block():
                async with aclosing(function(*arguments, **options)) as items:
                    async for item in items:
                        yield item

        def generator(*arguments: Any, **options: Any) -> Any:
            with block():
                return (yield from function(*arguments, **options))

        def plain(*arguments: Any, **options: Any) -> Any:
            with block():
                return function(*arguments, **options)

        if inspect.iscoroutinefunction(function):
            return coroutine
        if inspect.isasyncgenfunction(function):
            return async_generator
        return generator if inspect.isgeneratorfunction(function) else plain


def patch(engine: Engine | Connection | None = None) -> Patch:
    """Let the client libraries ``ksql``, ``ksqldb`` and ``ksql-python-ng`` reach engines in this process.

    A context manager and a decorator. Inside it, what these libraries send is answered here, whatever URL they have been
    given and whenever they, or clients of theirs, were imported or made; other HTTP of the program is untouched. Clients
    with the same URL share one engine, with ``minisql.KSQLAPI`` too. The outermost block starts with fresh engines, and
    blocks within it share them.

    Args:
        engine: the engine, or a connection to it, that every URL stands for; by default each URL has its own.

    Returns:
        What ``with`` enters, giving a function from a URL to its engine.

    Raises:
        ImportError: when the block is entered, and a library is installed that cannot be imported.
        UnsupportedError: from a library's call, when ksqlDB would do what it asks for.
    """
    return Patch(engine)


class _Transports:
    """The stand-ins in the modules of the libraries, there as long as any block lasts."""

    def __init__(self) -> None:
        self._lock = RLock()
        self._blocks = 0
        self._undo = ExitStack()

    def enter(self) -> bool:
        """Enter a block; whether it is the outermost."""
        with self._lock:
            if not self._blocks:
                self._undo = _replace()
            self._blocks += 1
            return self._blocks == 1

    def leave(self) -> None:
        with self._lock:
            self._blocks -= 1
            if not self._blocks:
                self._undo.close()


_transports = _Transports()


def _replace() -> ExitStack:
    """Put the stand-ins in; what takes them out again."""
    with ExitStack() as stack:
        for module in _libraries():
            for name in STAND_INS.keys() & vars(module).keys():
                stack.callback(setattr, module, name, getattr(module, name))
                setattr(module, name, _stand_in(name))
        return stack.pop_all()


def _libraries() -> Iterator[ModuleType]:
    for name in LIBRARIES:
        package = name.partition(".")[0]
        if find_spec(package) is None:
            continue
        with old_python():
            try:
                module = import_module(name)
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise
                continue  # something else has that name, such as a folder of scripts
        if hasattr(module, "BaseAPI"):
            yield module


@functools.cache
def _stand_in(name: str) -> Any:
    home, _, function = STAND_INS[name].partition(".")
    return getattr(import_module(f"minisql.client.transports.{home}"), function)()
