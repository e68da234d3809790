"""The benchmark's command line: measures what is asked for and prints a table."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import minisql
from tests.benchmarks import latency, memory, throughput
from tests.benchmarks.workloads import WORKLOADS, Workload, hopping, paired, sessions

LATENCIES = "latency"
SCALING = "scaling"
LOAD = "load"
TARGETS = {"W1": 0.21, "W2": 0.14, "W3": 0.55, "W4": 0.25, "W5": 0.15, "W6": 1.0}
SCALES: list[tuple[str, Workload, int, int]] = [
    *(("W1", WORKLOADS["W1"], rows, 1000) for rows in (10_000, 100_000, 1_000_000)),
    *(("W2", WORKLOADS["W2"], 200_000, keys) for keys in (10, 1000, 100_000)),
    *(("W4", WORKLOADS["W4"], 200_000, keys) for keys in (10, 1000, 100_000)),
    *(("W7", hopping(windows), 50_000, 1000) for windows in (1, 4, 16, 64)),
    *(("W8", sessions(gap), 100_000, 10) for gap in (10_000, 100, 5)),
    *(("W8", sessions(5), rows, 1) for rows in (10_000, 100_000, 400_000)),
    *(("W9", paired(within), 100_000, 1000) for within in (100, 10_000, 100_000)),
    *(("W9", paired(20), rows, 1) for rows in (10_000, 100_000, 400_000)),
]
"""Rows and keys; windows that hold a row; open sessions of a key; rows that a join keeps, and of which it finds some."""


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen parts; 1 when a workload gave a wrong result."""
    options = _options(arguments)
    figures: dict[str, Any] = {}
    chosen = options.parts or [*WORKLOADS, LATENCIES]
    try:
        for line in _lines(chosen, options, figures):
            print(line, flush=True)
    except throughput.WrongResultError as error:
        print(f"WRONG RESULT  {error}", file=sys.stderr)
        return 1
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n")
    return 0


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parts = [*WORKLOADS, LATENCIES, SCALING, LOAD]
    left = f"all but {SCALING} and {LOAD} when none is given"
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}; {left}")
    parser.add_argument("--rows", type=int, default=200_000, help="input rows of each workload")
    parser.add_argument("--keys", type=int, default=1000, help="different keys among the rows")
    parser.add_argument("--rounds", type=int, default=3, help="repetitions; medians are printed")
    parser.add_argument("--no-memory", action="store_true", help="leave out the run that measures peak memory")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to FILE as well")
    options = parser.parse_args(arguments)
    unknown = set(options.parts) - set(parts)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return options


def _lines(chosen: list[str], options: argparse.Namespace, figures: dict[str, Any]) -> Iterator[str]:
    names = [name for name in chosen if name in WORKLOADS]
    if names:
        yield HEADING
    for name in names:
        figures[name] = _workload(name, options)
        yield _row(name, figures[name])
    if LATENCIES in chosen:
        figures[LATENCIES] = _latencies(options.rounds)
        yield from _latency_rows(figures[LATENCIES])
    if SCALING in chosen:
        figures[SCALING] = [_scale(*scale, options.rounds) for scale in SCALES]
        yield from _scaling_rows(figures[SCALING])
    if LOAD in chosen:
        from tests.benchmarks.load import measuring  # the libraries of the server

        figures[LOAD] = measuring.measure(measuring.FULL)
        yield from measuring.lines(figures[LOAD])


HEADING = (
    f"{'':16} {'':24} {'rows':>9} {'changes':>9} {'rows/s':>11} {'floor/s':>11} {'ratio':>6} {'wanted':>6} {'read/s':>11}"
    f" {'peak MB':>8} {'B/row':>7}"
)


def _workload(name: str, options: argparse.Namespace) -> dict[str, Any]:
    try:
        measured = asdict(throughput.measure(name, options.rows, options.keys, options.rounds))
    except minisql.UnsupportedError as error:
        return {"unsupported": error.feature}
    if not options.no_memory:
        measured |= _memory(name, options)
    return measured


def _memory(name: str, options: argparse.Namespace) -> dict[str, Any]:
    try:
        return memory.measure(name, options.rows, options.keys)._asdict()
    except subprocess.CalledProcessError as error:
        sys.exit(f"{name}: the process that measures memory failed\n{error.stderr}")


def _row(name: str, figures: dict[str, Any]) -> str:
    title = f"{name:16} {WORKLOADS[name].title:24}"
    if "unsupported" in figures:
        return f"{title} unsupported: {figures['unsupported']}"
    wanted = f"{TARGETS[name]:.2f}" if name in TARGETS else ""
    text = (
        f"{title} {figures['rows']:9,} {figures['changes']:9,} {figures['engine']:11,.0f} {figures['floor']:11,.0f}"
        f" {figures['ratio']:6.2f} {wanted:>6} {figures['read']:11,.0f}"
    )
    if "peak" in figures:
        text += f" {figures['peak'] / 2**20:8.0f} {figures['growth'] / figures['rows']:7.0f}"
    return text


def _latencies(rounds: int) -> dict[str, float]:
    first_row, sqlglot = latency.seconds_to_first_row(max(rounds, 5))
    return {
        "first_row": first_row,
        "import_sqlglot": sqlglot,
        "fresh_engine": latency.seconds_of_fresh_engine(max(rounds, 5)),
        "inserts_per_second": latency.inserts_per_second(10_000),
    }


def _latency_rows(figures: dict[str, float]) -> Iterator[str]:
    ratio = figures["first_row"] / figures["import_sqlglot"]
    yield f"process start to first row  {figures['first_row']:8.3f} s = {ratio:.2f} x import sqlglot (wanted 1.50)"
    yield f"fresh engine, three CREATEs {figures['fresh_engine'] * 1000:8.1f} ms (wanted 10)"
    yield f"single INSERT VALUES        {figures['inserts_per_second']:8,.0f} /s (wanted 5,000)"


def _scale(name: str, workload: Workload, rows: int, keys: int, rounds: int) -> dict[str, Any]:
    measured = throughput.measure_workload(name, workload, rows, keys, rounds)
    return asdict(measured) | {"workload": name, "title": workload.title}


def _scaling_rows(scales: list[dict[str, Any]]) -> Iterator[str]:
    for scale in scales:
        nanoseconds = 1e9 * scale["rows"] / scale["engine"] / (scale["rows"] + scale["changes"])
        yield (
            f"{scale['workload']} {scale['title']:24} {scale['rows']:9,} rows {scale['keys']:7,} keys"
            f" {scale['engine']:11,.0f} rows/s {nanoseconds:7,.0f} ns a row or change"
            f"  ratio {scale['ratio']:.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
