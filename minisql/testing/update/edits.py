"""Changes of files, noted while tests run and written together, so that positions in the files stay true till then."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple


class Span(NamedTuple):
    """A part of a file's text, by offsets in characters."""

    start: int
    end: int


@dataclass
class Report:
    """What came of the changes.

    Attributes:
        written: how many parts of each file were rewritten.
        refused: why others were not.
    """

    written: dict[Path, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [
            f"{path}: {'1 expectation' if count == 1 else f'{count} expectations'} updated"
            for path, count in self.written.items()
        ]
        return "\n".join([*lines, *self.refused])


class Conflict(Exception):
    """A part of a file is to become two different things: a test runs several times."""


class Edits:
    """The changes of all files."""

    def __init__(self) -> None:
        self._texts: dict[Path, str] = {}
        self._changes: dict[Path, dict[Span, str]] = {}
        self._refused: list[str] = []

    def text(self, path: Path) -> str:
        """A file as it was when it was first asked for; lines end in line feeds.

        Raises:
            OSError, UnicodeError: it cannot be read.
        """
        if path not in self._texts:
            self._texts[path] = path.read_text(encoding="utf-8")
        return self._texts[path]

    def replace(self, path: Path, span: Span, text: str) -> None:
        """Note that a part is to become ``text``; where it is that already, that it is to stay.

        Raises:
            Conflict: it is to become something else already; it stays as it is then.
        """
        changes = self._changes.setdefault(path, {})
        before = changes.setdefault(span, text)
        if before != text:
            changes[span] = self.text(path)[span.start : span.end]
            raise Conflict

    def refuse(self, reason: str) -> None:
        """Note why something is not rewritten."""
        self._refused.append(reason)

    def write(self) -> Report:
        """Write the files that change."""
        report = Report(refused=list(self._refused))
        for path, changes in self._changes.items():
            old = self._texts[path]
            real = {span: text for span, text in changes.items() if old[span.start : span.end] != text}
            if not real:
                continue
            with path.open(encoding="utf-8") as file:
                now, newline = file.read(), file.newlines
            if now != old:
                report.refused.append(f"{path} has changed since its tests were loaded: it is left as it is")
                continue
            with path.open("w", encoding="utf-8", newline=newline if isinstance(newline, str) else "\n") as file:
                file.write(_changed(old, real))
            report.written[path] = len(real)
        return report


def _changed(text: str, changes: dict[Span, str]) -> str:
    for span, new in sorted(changes.items(), reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text
