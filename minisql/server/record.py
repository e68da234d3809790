"""What ran: for programs that test what others send."""

from __future__ import annotations

from collections import deque
from typing import Any

KEPT = 10000
"""How many requests are kept."""


class Recording:
    """The requests that carried a statement or rows, oldest first."""

    def __init__(self) -> None:
        self._entries: deque[dict[str, Any]] = deque(maxlen=KEPT)

    def add(self, path: str, text: str) -> None:
        """Note a request: its path, and the text of its statements."""
        self._entries.append({"path": path, "text": text})

    def entries(self) -> list[dict[str, Any]]:
        """The requests."""
        return list(self._entries)

    def clear(self) -> None:
        """Forget them."""
        self._entries.clear()
