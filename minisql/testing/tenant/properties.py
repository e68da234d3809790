"""Properties of queries that let a server show what it does."""

EARLIEST = {"auto.offset.reset": "earliest"}

PROMPT = {
    "cache.max.bytes.buffering": "0",
    "commit.interval.ms": "100",
    "session.timeout.ms": "6000",
    "__emit.interval.ms.kstreams.windowed.aggregation__": "0",
    "__emit.interval.ms.kstreams.outer.join.spurious.results.fix__": "0",
}
"""With which a query gives every change, none of them taken together with the next, and what is final as soon as it is; soon
tells how far it is, and need not wait long for the end of the one that it replaces."""

UNCACHED = {**EARLIEST, **PROMPT}
