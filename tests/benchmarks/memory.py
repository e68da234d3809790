"""Peak memory of a workload, measured in a process of its own that runs no floor."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.workloads import WORKLOADS


class Memory(NamedTuple):
    """Peak memory of the process, and how much of it came with feeding the rows; in bytes."""

    peak: int
    growth: int


def measure(name: str, count: int, keys: int) -> Memory:
    """Feed a workload in a child process and ask what it needed.

    Raises:
        subprocess.CalledProcessError: the child failed; its own message is on stderr.
    """
    command = [sys.executable, "-m", "tests.benchmarks.memory", name, str(count), str(keys)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Memory(int(answer[0]), int(answer[1]))


def peak() -> int:
    """The most memory this process has held so far, in bytes.

    Linux's figure for ``getrusage`` starts from the parent's, so the process's own mark is read where there is one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        mark = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(mark.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main(name: str, count: int, keys: int) -> None:
    """Feed the workload here and print the two figures."""
    workload = WORKLOADS[name]
    rows = workload.rows(count, keys)
    conn = workload.open(keys)
    before = peak()
    workload.feed(conn, rows)
    print(peak(), peak() - before)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
