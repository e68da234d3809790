"""What statements can speak of: sources, and the queries between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from minisql.connection import Connection
from minisql.errors import InterfaceError
from minisql.metastore import Metastore, Source
from minisql.record import Record


class RunningQuery(Record):
    """A persistent query: what it writes and reads; ``kind`` is "CREATE_AS", "INSERT" or "CREATE_SOURCE"."""

    id: str
    kind: str
    sink: str | None
    reads: tuple[str, ...]


def is_session(source: Source) -> bool:
    """Whether its key has session windows."""
    return source.key_format.window is not None and source.key_format.window.type == "SESSION"


class Catalog(Record):
    """Sources by name, and queries.

    Attributes:
        made_of: what those sources read whose query was terminated: it cannot be dropped before them.
    """

    sources: Mapping[str, Source]
    queries: tuple[RunningQuery, ...] = ()
    made_of: Mapping[str, tuple[str, ...]] = {}

    def streams(self) -> list[Source]:
        """Those without windows."""
        return [source for source in self.sources.values() if not source.is_table and not source.windowed]

    def tables(self) -> list[Source]:
        """Those without windows that queries can read: the store in which they lie holds more than their values."""
        unread = ("KAFKA", "NONE")
        tables = [source for source in self.sources.values() if source.is_table and not source.windowed]
        return [table for table in tables if table.value_format.info.format not in unread]

    def writable(self) -> list[Source]:
        """Those that take INSERT VALUES."""
        return [
            source
            for source in self.sources.values()
            if not source.windowed and not source.read_only and not source.schema.headers
        ]

    def queryable(self) -> list[Source]:
        """Those that take pull queries: streams, and tables that a query writes."""
        written = {query.sink for query in self.queries if query.kind == "CREATE_AS"}
        return [
            source
            for source in self.sources.values()
            if (not source.is_table and not source.windowed) or source.name in written or (source.is_table and source.read_only)
        ]

    def droppable(self) -> list[Source]:
        """Those that nothing reads, and that no INSERT INTO writes."""
        used = {name for query in self.queries if query.kind != "CREATE_SOURCE" for name in query.reads}
        used |= {query.sink or "" for query in self.queries if query.kind == "INSERT"}
        used |= {name for names in self.made_of.values() for name in names}
        return [source for source in self.sources.values() if source.name not in used]

    def below(self, name: str) -> set[str]:
        """The source itself, and all that comes of it."""
        found, size = {name}, 0
        while len(found) > size:
            size = len(found)
            found |= {query.sink for query in self.queries if query.sink and found & set(query.reads)}
        return found

    def free_name(self, letter: str) -> str:
        """A name that no source has: ``S1``, ``S2``, ..."""
        return next(name for number in count(1) if (name := f"{letter}{number}") not in self.sources)

    def with_source(self, source: Source, reads: Iterable[str] = ()) -> Catalog:
        """The catalog once the source is there too, and the query that writes it."""
        made = (RunningQuery(f"C_{source.name}", "CREATE_AS", source.name, tuple(reads)),) if reads else ()
        return self.with_(sources={**self.sources, source.name: source}, queries=(*self.queries, *made))

    def with_insert(self, sink: str, reads: Iterable[str]) -> Catalog:
        """The catalog once a query inserts into the sink."""
        made = RunningQuery(f"I_{len(self.queries)}", "INSERT", sink, tuple(reads))
        return self.with_(queries=(*self.queries, made))


EMPTY = Catalog({})


def catalog_of(place: Connection | Metastore | Catalog) -> Catalog:
    """What is there now.

    Raises:
        InterfaceError: it is a connection to a server, or something else.
    """
    if isinstance(place, Catalog):
        return place
    metastore = place if isinstance(place, Metastore) else getattr(getattr(place, "engine", None), "metastore", None)
    if metastore is None:
        raise InterfaceError("statements are for a Metastore, or for a Connection in this process")
    queries = () if isinstance(place, Metastore) else tuple(place.engine.queries.values())
    return Catalog(
        dict(metastore.sources),
        tuple(
            RunningQuery(query.id, query.kind, query.sink.name if query.sink else None, tuple(query.source_names))
            for query in queries
        ),
        dict(metastore.references),
    )
