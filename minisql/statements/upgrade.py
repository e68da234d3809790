"""Whether a source may become another one: CREATE OR REPLACE keeps name, type, topic and the columns that there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from minisql.errors import KsqlError
from minisql.formats.info import FormatInfo, WindowInfo
from minisql.metastore import Source
from minisql.names import quote
from minisql.schema import Column


def check_upgrade(existing: Source, wanted: Source) -> None:
    """Check that ``wanted`` may take the place of ``existing``.

    Raises:
        KsqlError: what changes is not allowed to.
    """
    issues = [
        _issue(existing, wanted, name, describe)
        for name, describe, compare in _PROPERTIES
        if compare(existing) != compare(wanted)
    ]
    fault = _schema_fault(existing, wanted)
    if fault:
        issues.append(f"{_issue(existing, wanted, 'schema', lambda source: source.schema)}. ({fault})")
    if issues:
        raise KsqlError("Cannot upgrade data source: " + "\n\tAND ".join(issues))


def _issue(existing: Source, wanted: Source, name: str, describe: Callable[[Source], Any]) -> str:
    return f"DataSource '{quote(existing.name)}' has {name} = {describe(existing)} which is not upgradeable to {describe(wanted)}"


def _schema_fault(existing: Source, wanted: Source) -> str | None:
    fault = _changed(existing.schema.key, wanted.schema.key, "key ")
    if fault:
        return f"Key columns must be identical. {fault}"
    return _changed(existing.schema.columns, wanted.schema.columns, "")


def _changed(before: tuple[Column, ...], after: tuple[Column, ...], what: str) -> str | None:
    """A column is told by its place as well; columns may only be added after those that there are."""
    kept = set(enumerate(after))
    lost = [column for place, column in enumerate(before) if (place, column) not in kept]
    if not lost:
        return None
    return f"The following {what}columns are changed, missing or reordered: [{', '.join(map(str, lost))}]"


def _kind(source: Source) -> str:
    return "KTABLE" if source.is_table else "KSTREAM"


def _topic(source: Source) -> str:
    key, value = source.key_format, source.value_format
    key_text = f"KeyFormat{{{_format(key.info, key.features)}, window={_window(key.window)}}}"
    return (
        f"KsqlTopic{{kafkaTopicName='{source.topic}', keyFormat={key_text}, "
        f"valueFormat=ValueFormat{{{_format(value.info, value.features)}}}}}"
    )


def _format(info: FormatInfo, features: frozenset[str]) -> str:
    properties = ", ".join(f"{name}={value}" for name, value in info.properties)
    return f"format=FormatInfo{{format={info.format}, properties={{{properties}}}}}, features=[{', '.join(sorted(features))}]"


def _window(window: WindowInfo | None) -> str:
    if window is None:
        return "Optional.empty"
    size = "Optional.empty" if window.size is None else f"Optional[{window.size}]"
    return f"Optional[WindowInfo{{type={window.type}, size={size}, emitStrategy=Optional.empty}}]"


def _timestamp(source: Source) -> str:
    stamp = source.timestamp
    if stamp is None:
        return "Optional.empty"
    form = "Optional.empty" if stamp.format is None else f"Optional[{stamp.format}]"
    return f"Optional[TimestampColumn{{column={quote(stamp.name)}, format={form}}}]"


_PROPERTIES: tuple[tuple[str, Callable[[Source], Any], Callable[[Source], Any]], ...] = (
    ("type", _kind, _kind),
    ("topic", _topic, lambda source: (source.topic, source.key_format, source.value_format)),
    ("timestampColumn", _timestamp, lambda source: source.timestamp),
)
"""Name in the message, text in the message, what is compared."""
