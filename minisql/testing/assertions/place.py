"""Names of topics and sources."""

from __future__ import annotations

from minisql.engine import Engine, resolved_name
from minisql.errors import InterfaceError
from minisql.metastore import Source


def place_of(engine: Engine, name: str) -> tuple[str, Source | None]:
    """The topic that a name means, and the source that says what lies there.

    A topic's exact name goes first, then a source's, as SQL resolves it. Of several sources on a topic the one that has
    the name, else the one whose query writes it, else the oldest.

    Raises:
        InterfaceError: there is no such topic or source.
    """
    resolved = engine.metastore.source(resolved_name(name))
    if name not in engine.broker.topics:
        if resolved is None:
            known = ", ".join(dict.fromkeys([*engine.broker.topics, *engine.metastore.sources])) or "none"
            raise InterfaceError(f"there is no topic and no source called {name}; there are {known}")
        return resolved.topic, resolved
    if resolved is not None and resolved.topic == name:
        return name, resolved
    return name, source_on(engine, name)


def source_on(engine: Engine, topic: str) -> Source | None:
    """A source on a topic: of several the one whose query writes it, else the oldest."""
    sources = [source for source in engine.metastore.sources.values() if source.topic == topic]
    written = [source for source in sources if source.query_id is not None]
    return next(iter(written + sources), None)
