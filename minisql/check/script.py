"""The text that is checked, and the way from a name to it."""

from __future__ import annotations

import os
from typing import Any

from minisql.record import Record

Path = str | os.PathLike[str]


class Script(Record):
    """A text, what findings call it, and the folder in which RUN SCRIPT looks for others."""

    name: str
    text: str
    folder: str = ""


def script_of(source: Path) -> Script:
    """The script that is meant: a path is a file's, a ``str`` with a ``;`` or a line's end is the text itself.

    Raises:
        OSError: there is no such file.
        UnicodeDecodeError: it is not UTF-8.
    """
    if isinstance(source, str) and (";" in source or "\n" in source):
        return Script("<text>", source)
    return file(source)


def file(path: Any) -> Script:
    """The script in a file.

    Raises:
        OSError: there is no such file.
        UnicodeDecodeError: it is not UTF-8.
    """
    with open(path, encoding="utf-8") as opened:
        return Script(os.fspath(path), opened.read(), os.path.dirname(path))
