"""Which module has which function, so that a module is only imported when one of its functions is used."""

FAMILIES: dict[str, str] = {
    "aggregate.attr": "ATTR",
    "aggregate.average": "AVG",
    "aggregate.collect": "COLLECT_LIST COLLECT_SET",
    "aggregate.correlation": "CORRELATION",
    "aggregate.count": "COUNT",
    "aggregate.count_distinct": "COUNT_DISTINCT",
    "aggregate.deviation": "STDDEV_SAMP STDDEV_SAMPLE",
    "aggregate.extremes": "MAX MIN",
    "aggregate.histogram": "HISTOGRAM",
    "aggregate.offsets": "EARLIEST_BY_OFFSET LATEST_BY_OFFSET",
    "aggregate.sum": "SUM SUM_LIST",
    "aggregate.top": "TOPK TOPKDISTINCT",
    "scalar.geo": "GEO_DISTANCE",
    "scalar.rounding": "ROUND TRUNC CEIL FLOOR",
}
"""Module below ``minisql.functions`` -> the names that it declares, separated by blanks."""


def homes() -> dict[str, str]:
    """Function name -> module."""
    return {name: module for module, names in FAMILIES.items() for name in names.split()}
