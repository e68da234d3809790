"""``minisql record FILE``"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator

from minisql.cli import OK, USAGE
from minisql.errors import Error
from minisql.testing.differential import Backend, backend_at, read_scenarios, record
from minisql.testing.differential.recording import Recording, recordings_text, write_recordings


def main(options: Namespace) -> int:
    """Run the scenarios of the files on a server and write what it gives; 2 when there is none, or it cannot run one."""
    try:
        recordings = list(_recordings(options, backend_at(options.url)))
        if options.output is None:
            sys.stdout.write(recordings_text(recordings))
        else:
            write_recordings(options.output, recordings)
    except (Error, OSError, ValueError) as error:
        print(f"minisql record: {error}", file=sys.stderr)
        return USAGE
    return OK


def _recordings(options: Namespace, backend: Backend) -> Iterator[Recording]:
    for path in options.files:
        for scenario in read_scenarios(path):
            yield record(scenario, backend)
            print(f"{scenario.name}: recorded on {backend.name}", file=sys.stderr)
