"""What a push query may not do though its names resolve (ksqlDB's Analyzer.validate, PushQueryValidator, QueryAnalyzer)."""

from __future__ import annotations

from minisql.analyzer.analysis import Analysis
from minisql.analyzer.sources import refuse_shadowed_pseudo_columns
from minisql.errors import KsqlError

_KAFKA_VALUES = (
    "The KAFKA format is primarily intended for use as a key format. It can be used as a value format, but can not be used "
    "in any operation that requires a repartition or changelog topic.\n"
    "Removing this limitation requires enhancements to the core of KSQL. This will come in a future release. Until then, avoid "
    "using the KAFKA format for values.\n"
    "If you have an existing topic with KAFKA formatted values you can duplicate the data and serialize using Avro or JSON with "
    "a statement such as: \n\n"
    "'CREATE STREAM <new-stream-name> WITH(VALUE_FORMAT='Avro') AS SELECT * FROM <existing-kafka-formated-stream-name>;'\n"
    "For more info see https://github.com/confluentinc/ksql/issues/3060"
)


def validate_push(analysis: Analysis, persistent: bool) -> None:
    """Raises: KsqlError: the first rule that the query breaks."""
    _check_kafka_values(analysis)
    if persistent and any(source.is_table and source.windowed for _, source in analysis.sources):
        raise KsqlError("KSQL does not support persistent queries on windowed tables.")
    refuse_shadowed_pseudo_columns(analysis.sources)
    refuse_table_functions(analysis)


def refuse_table_functions(analysis: Analysis) -> None:
    """Raises: KsqlError: there are table functions over a table."""
    if analysis.table_functions and analysis.first.source.is_table:
        raise KsqlError("Table source is not supported with table functions")


def _check_kafka_values(analysis: Analysis) -> None:
    aliases = ", ".join(alias for alias, source in analysis.sources if source.value_format.info.format == "KAFKA")
    if not aliases:
        return
    for clause, present in (("JOIN", analysis.joins), ("GROUP BY", analysis.group and not analysis.implicit_group)):
        if present:
            raise KsqlError(
                f"Source(s) {aliases} are using the 'KAFKA' value format. This format does not yet support {clause}.\n"
                f"{_KAFKA_VALUES}"
            )
