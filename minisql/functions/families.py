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
    "scalar.array_making": "ARRAY_JOIN ENTRIES GENERATE_SERIES",
    "scalar.array_sets": "ARRAY_CONCAT ARRAY_DISTINCT ARRAY_EXCEPT ARRAY_INTERSECT ARRAY_UNION",
    "scalar.arrays": "ARRAY_CONTAINS ARRAY_LENGTH ARRAY_MAX ARRAY_MIN ARRAY_REMOVE ARRAY_SORT SLICE",
    "scalar.comparison": "GREATEST LEAST",
    "scalar.conversions": "BIGINT_FROM_BYTES DOUBLE_FROM_BYTES INT_FROM_BYTES",
    "scalar.dates": "DATETOSTRING FORMAT_DATE PARSE_DATE STRINGTODATE",
    "scalar.encodings": "ENCODE FROM_BYTES TO_BYTES",
    "scalar.epoch": "FROM_DAYS FROM_UNIXTIME UNIX_DATE UNIX_TIMESTAMP",
    "scalar.geo": "GEO_DISTANCE",
    "scalar.identity": "MD5 UUID",
    "scalar.masking": "MASK MASK_KEEP_LEFT MASK_KEEP_RIGHT MASK_LEFT MASK_RIGHT",
    "scalar.intervals": "DATEADD DATESUB TIMEADD TIMESUB TIMESTAMPADD TIMESTAMPSUB",
    "scalar.json": "EXTRACTJSONFIELD IS_JSON_STRING JSON_ARRAY_LENGTH JSON_CONCAT JSON_ITEMS JSON_KEYS JSON_RECORDS",
    "scalar.json_search": "JSON_ARRAY_CONTAINS",
    "scalar.json_writing": "TO_JSON_STRING",
    "scalar.lambdas": "FILTER REDUCE TRANSFORM",
    "scalar.maps": "AS_MAP MAP_KEYS MAP_UNION MAP_VALUES",
    "scalar.math": "ABS CBRT EXP LN LOG PI POWER RANDOM SIGN SQRT",
    "scalar.nulls": "AS_VALUE COALESCE IFNULL NULLIF",
    "scalar.padding": "LPAD RPAD",
    "scalar.regex": "REGEXP_EXTRACT REGEXP_EXTRACT_ALL REGEXP_REPLACE REGEXP_SPLIT_TO_ARRAY",
    "scalar.rounding": "ROUND TRUNC CEIL FLOOR",
    "scalar.splitting": "SPLIT SPLIT_TO_MAP",
    "scalar.strings": "CHR CONCAT CONCAT_WS ELT FIELD INITCAP LCASE LEN REPLACE TRIM UCASE",
    "scalar.substrings": "INSTR SUBSTRING",
    "scalar.times": "FORMAT_TIME PARSE_TIME",
    "scalar.timestamps": "CONVERT_TZ FORMAT_TIMESTAMP PARSE_TIMESTAMP STRINGTOTIMESTAMP TIMESTAMPTOSTRING",
    "scalar.trigonometry": "ACOS ASIN ATAN ATAN2 COS COSH COT DEGREES RADIANS SIN SINH TAN TANH",
    "scalar.urls": (
        "URL_DECODE_PARAM URL_ENCODE_PARAM URL_EXTRACT_FRAGMENT URL_EXTRACT_HOST URL_EXTRACT_PARAMETER"
        " URL_EXTRACT_PATH URL_EXTRACT_PORT URL_EXTRACT_PROTOCOL URL_EXTRACT_QUERY"
    ),
    "table": "CUBE_EXPLODE EXPLODE",
}
"""Module below ``minisql.functions`` -> the names that it declares, separated by blanks."""


def homes() -> dict[str, str]:
    """Function name -> module."""
    return {name: module for module, names in FAMILIES.items() for name in names.split()}
