"""How far a run is, in the last line of a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from minisql.testing.corpus.case import Outcome

WIDTH = 30
ERASE = "\r\x1b[K"


class Progress:
    """A bar; where the stream is no terminal nothing is written.

    Args:
        total: how many files there are.
        out: where to write.
    """

    def __init__(self, total: int, out: TextIO) -> None:
        self._total = total
        self._out = out
        self._shown = out.isatty()
        self._done = 0
        self._counts: Counter[str] = Counter()

    def step(self, outcomes: Iterable[Outcome]) -> None:
        """One more file is done."""
        self._done += 1
        self._counts.update(outcome.status for outcome in outcomes)
        self._write(self._line())

    @contextmanager
    def hidden(self) -> Iterator[None]:
        """The line is free for something else meanwhile."""
        self._write(ERASE)
        yield
        self._write(self._line())

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self._write(ERASE)

    def _line(self) -> str:
        filled = WIDTH * self._done // max(self._total, 1)
        counts = "".join(f", {count} {status}" for status, count in self._counts.items())
        return f"{ERASE}[{'#' * filled}{'.' * (WIDTH - filled)}] {self._done}/{self._total} files{counts}"

    def _write(self, text: str) -> None:
        if self._shown:
            self._out.write(text)
            self._out.flush()
