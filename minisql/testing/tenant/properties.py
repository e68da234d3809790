"""Properties of queries that let a server show what it does."""

EARLIEST = {"auto.offset.reset": "earliest"}

PROMPT = {"cache.max.bytes.buffering": "0", "commit.interval.ms": "100", "session.timeout.ms": "6000"}
"""With which a query gives every change, none of them taken together with the next, soon tells how far it is, and need not wait
long for the end of the one that it replaces."""

UNCACHED = {**EARLIEST, **PROMPT}
