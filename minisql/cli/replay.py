"""``minisql replay PATH...``"""

from __future__ import annotations

import sys
from argparse import Namespace

from minisql.cli import FAILED, OK, USAGE
from minisql.testing.differential import read_recordings


def main(options: Namespace) -> int:
    """Run recorded scenarios in this process; 0 only when everything comes out as recorded."""
    try:
        recordings = read_recordings(*options.paths)
    except (OSError, ValueError) as error:
        print(f"minisql replay: {error}", file=sys.stderr)
        return USAGE
    differ = 0
    for recording in recordings:
        found = recording.replay()
        title = f"{recording.scenario.name} ({recording.observation.backend})"
        print(f"{title}: same" if found is None else f"{title}: DIFFERENT\n{found}\n")
        differ += found is not None
    print(f"{len(recordings) - differ} same, {differ} different")
    return FAILED if differ else OK
