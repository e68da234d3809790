"""``minisql test PATH...``"""

from __future__ import annotations

from argparse import Namespace


def main(options: Namespace) -> int:
    """Run the cases in files and folders; 0 only when none failed."""
    from minisql.testing import run

    return run(
        options.paths,
        options.expression,
        options.report,
        options.junit,
        jobs=options.jobs,
        verbose=options.verbose,
        standard=options.standard,
    )
