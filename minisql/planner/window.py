"""WINDOW clauses in milliseconds."""

from __future__ import annotations

from minisql.analyzer.analysis import Analysis
from minisql.analyzer.duration import milliseconds
from minisql.dialect import nodes
from minisql.planner.steps import Window


def duration(node: nodes.Duration | None) -> int | None:
    """``10 SECONDS`` in milliseconds; None for nothing."""
    return None if node is None else milliseconds(int(node.this.this), node.args["unit"])


def window_of(analysis: Analysis) -> Window | None:
    """The query's window; EMIT FINAL closes it without grace unless told otherwise."""
    node = analysis.window
    if node is None:
        return None
    size, grace = duration(node.args["size"]), duration(node.args.get("grace"))
    assert size is not None, "the grammar asks for a size"
    return Window(
        kind=node.args["kind"],
        size=size,
        advance=duration(node.args.get("advance")),
        retention=duration(node.args.get("retention")),
        grace=0 if grace is None and analysis.final else grace,
        final=analysis.final,
    )
