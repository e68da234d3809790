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
    "scalar.comparison": "GREATEST LEAST",
    "scalar.geo": "GEO_DISTANCE",
    "scalar.math": "ABS CBRT EXP LN LOG PI POWER RANDOM SIGN SQRT",
    "scalar.nulls": "AS_VALUE COALESCE IFNULL NULLIF",
    "scalar.rounding": "ROUND TRUNC CEIL FLOOR",
    "scalar.trigonometry": "ACOS ASIN ATAN ATAN2 COS COSH COT DEGREES RADIANS SIN SINH TAN TANH",
    "table": "CUBE_EXPLODE EXPLODE",
}
"""Module below ``minisql.functions`` -> the names that it declares, separated by blanks."""


def homes() -> dict[str, str]:
    """Function name -> module."""
    return {name: module for module, names in FAMILIES.items() for name in names.split()}
