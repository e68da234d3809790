"""WINDOW clauses in milliseconds."""

from __future__ import annotations

from minisql.analyzer.analysis import Analysis
from minisql.dialect import nodes
from minisql.errors import KsqlError
from minisql.formats.info import WindowInfo
from minisql.planner.steps import Window


def duration(node: nodes.Duration | None) -> int | None:
    """``10 SECONDS`` in milliseconds; None for nothing."""
    if node is None:
        return None
    from minisql.analyzer.duration import milliseconds  # few queries have a window

    return milliseconds(int(node.this.this), node.args["unit"])


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


def window_info(window: Window) -> WindowInfo:
    """What a key format says of the window."""
    return WindowInfo(window.kind, None if window.kind == "SESSION" else window.size)


def check_window(window: Window) -> None:
    """Look at the times of a window as Kafka Streams does; a session may have no gap at all.

    Raises:
        KsqlError: they do not go together.
    """
    session = window.kind == "SESSION"
    if window.advance is not None and not 0 < window.advance <= window.size:
        raise KsqlError(
            "Window advancement interval should be more than zero and less than window duration which is "
            f"{window.size} ms, but given advancement interval is: {window.advance} ms"
        )
    grace = window.grace_period
    if window.size + grace > window.retention_period:
        store, size = ("session", "the session inactivity gap") if session else ("window", "its window size")
        raise KsqlError(
            f"The retention period of the {store} store Aggregate-Aggregate-Materialize must be no smaller than {size} plus the "
            f"grace period. Got {'gap' if session else 'size'}=[{window.size}], grace=[{grace}], retention=[{window.retention}]"
        )
