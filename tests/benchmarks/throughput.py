"""Rows per second of a workload on the engine and of its floor, in turn in one process.

Time is processor time: there is one thread and nothing waits, so what else the machine does blurs it less. The cyclic
garbage collector is off while a floor runs (it slows W3's floor sixfold); the engine runs as its users run it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time
from typing import Any

from tests.benchmarks.workloads import WORKLOADS, Workload


class WrongResultError(AssertionError):
    """The engine's sink does not hold what the floor says it must."""


@dataclass(frozen=True)
class Throughput:
    """What one workload gave; every rate is in input rows a second, a median of the rounds.

    ``ratio`` is the median of the rounds' ratios, ``read`` the rate at which the sink's records were read afterwards.
    """

    rows: int
    keys: int
    changes: int
    engine: float
    floor: float
    ratio: float
    read: float


def measure(name: str, count: int, keys: int, rounds: int) -> Throughput:
    """Run a workload and its floor ``rounds`` times.

    Raises:
        WrongResultError: the engine did not do the work.
        minisql.UnsupportedError: the workload needs what minisql does not have yet.
    """
    return measure_workload(name, WORKLOADS[name], count, keys, rounds)


def measure_workload(name: str, workload: Workload, count: int, keys: int, rounds: int) -> Throughput:
    """Likewise for a workload that is not in the table."""
    rows = workload.rows(count, keys)
    turns = [_round(name, workload, rows, keys) for _ in range(rounds)]
    engine, floor, read = (median(turn[i] for turn in turns) for i in range(3))
    ratio = median(floor / engine for engine, floor, _, _ in turns)
    return Throughput(count, keys, turns[0][3], count / engine, count / floor, ratio, count / read)


def _round(name: str, workload: Workload, rows: Any, keys: int) -> tuple[float, float, float, int]:
    """Seconds of the engine, of the floor and of reading the sink; and how many changes there were."""
    floor_seconds, wanted = _floor(lambda: workload.floor(rows, keys))
    conn = workload.open(keys)
    engine_seconds, _ = _timed(lambda: workload.feed(conn, rows))
    read_seconds, given = _timed(lambda: workload.changes(conn))
    conn.close()
    check(name, wanted, given)
    if workload.bytes_out:
        engine_seconds += read_seconds
    return engine_seconds, floor_seconds, read_seconds, len(wanted)


def check(name: str, wanted: list[Any], given: list[Any]) -> None:
    """Compare two lists of changes, naming the first that differs."""
    if wanted == given:
        return
    pairs = zip(wanted, given, strict=False)
    place, (want, have) = next(((i, pair) for i, pair in enumerate(pairs) if pair[0] != pair[1]), (-1, (None, None)))
    raise WrongResultError(
        f"{name}: {len(wanted)} changes wanted, {len(given)} given; at {place}: {want!r} wanted, {have!r} given"
    )


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    gc.collect()
    start = process_time()
    result = work()
    return process_time() - start, result


def _floor(work: Callable[[], Any]) -> tuple[float, Any]:
    gc.disable()
    try:
        return _timed(work)
    finally:
        gc.enable()
