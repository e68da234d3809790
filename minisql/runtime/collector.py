"""The cyclic garbage collector during large batches."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

LARGE = 1000
"""Rows from which on a batch is worth it."""


@contextmanager
def collector_paused(rows: int) -> Iterator[None]:
    """No cyclic garbage collection during a large batch: rows make no cycles, and looking for them costs as much as the rows.

    What was made meanwhile would all be young, and looked through at once on the first collection. Freezing and
    unfreezing puts it into the oldest generation instead, which costs nothing; where a program has frozen objects
    of its own, they are left alone. Small batches are not worth it, and would keep cyclic garbage from being found.
    """
    if rows < LARGE or not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:
            gc.freeze()
            gc.unfreeze()
        gc.enable()
