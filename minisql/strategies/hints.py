"""Arguments that make sense to functions: patterns, zones, encodings, small sizes."""

from __future__ import annotations

from typing import NamedTuple


class Hint(NamedTuple):
    """SQL of arguments; ``always``: nothing else will do, be it that it fails or that it takes all the memory."""

    texts: tuple[str, ...]
    always: bool = True


def _texts(*values: str) -> tuple[str, ...]:
    return tuple("'" + value.replace("'", "''") + "'" for value in values)


_SIZES = Hint(("3", "0", "1", "8", "-1"))
_DATES = _texts("yyyy-MM-dd", "dd.MM.yyyy", "yyyyMMdd")
_TIMES = _texts("HH:mm:ss", "HH:mm", "HH:mm:ss.SSS")
_INSTANTS = _texts("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd''T''HH:mm:ss.SSS", "yyyy-MM-dd")
_ZONES = Hint(_texts("UTC", "Europe/Berlin", "America/Los_Angeles", "+05:30"))
_ENCODINGS = Hint(_texts("utf8", "hex", "base64", "ascii"))
_REGEXES = Hint(_texts("a", "[a-z]+", "(a)(b)?", ".", "\\d+", "", ","))
_JSON = Hint(_texts('{"a": [1, null]}', '[1, 2.5, "x"]', "{}", "null", "[", '{"a": {"b": "c"}}'), False)
_MASKS = Hint((*_texts("X", "x", "n", "-"), "NULLIF('', '')"))
_URLS = Hint(_texts("http://user@example.com:8080/a/b?x=1&y=%20#top", "mailto:a@b.c", "/a?b", ":"), False)

BY_CALL: dict[tuple[str, str], Hint] = {
    ("FORMAT_DATE", "formatPattern"): Hint(_DATES),
    ("PARSE_DATE", "formatPattern"): Hint(_DATES),
    ("PARSE_DATE", "formattedDate"): Hint(_texts("2020-02-29", "01.12.1999", "20200101"), False),
    ("DATETOSTRING", "formatPattern"): Hint(_DATES),
    ("STRINGTODATE", "formatPattern"): Hint(_DATES),
    ("STRINGTODATE", "formattedDate"): Hint(_texts("2020-02-29", "01.12.1999", "20200101"), False),
    ("FORMAT_TIME", "formatPattern"): Hint(_TIMES),
    ("PARSE_TIME", "formatPattern"): Hint(_TIMES),
    ("PARSE_TIME", "formattedTime"): Hint(_texts("10:11:12", "23:59"), False),
    ("GENERATE_SERIES", "start"): Hint(("1", "0", "-2", "5")),
    ("GENERATE_SERIES", "end"): Hint(("3", "0", "-2", "7")),
    ("GENERATE_SERIES", "step"): Hint(("1", "2", "-1", "0")),
    ("REGEXP_EXTRACT", "group"): _SIZES,
    ("REGEXP_EXTRACT_ALL", "group"): _SIZES,
    ("SPLIT", "delimiter"): Hint((), False),
    ("CHR", "utf16Code"): Hint(_texts("\\u0041", "\\ud83c\\udf95", "x"), False),
    ("JSON_CONCAT", "jsonStrings"): _JSON,
    ("SLICE", "from"): _SIZES,
    ("SLICE", "to"): _SIZES,
}
"""(function, parameter) to arguments; more telling than ``BY_PARAMETER``."""

BY_PARAMETER: dict[str, Hint] = {
    "targetLen": _SIZES,
    "decimalPlaces": _SIZES,
    **{
        f"number of characters to {what}": Hint(("1", "0", "3", "-1"))
        for what in ("mask from the start", "mask before the end", "keep unmasked at the start", "keep unmasked at the end")
    },
    "pos": Hint(("1", "2", "-2", "0", "9"), False),
    "length": Hint(("1", "2", "0", "9"), False),
    "position": Hint(("1", "2", "-2"), False),
    "occurrence": Hint(("1", "2"), False),
    "n": Hint(("1", "2", "0"), False),
    "formatPattern": Hint(_INSTANTS),
    "formattedTimestamp": Hint(_texts("2020-02-29 10:11:12", "1999-12-01"), False),
    "timeZone": _ZONES,
    "fromTimeZone": _ZONES,
    "toTimeZone": _ZONES,
    "encoding": _ENCODINGS,
    "inputEncoding": _ENCODINGS,
    "outputEncoding": _ENCODINGS,
    "byteOrder": Hint(_texts("BIG_ENDIAN", "LITTLE_ENDIAN")),
    "direction": Hint(_texts("ASC", "DESC", "descending")),
    "units": Hint(_texts("KM", "miles")),
    "path": Hint(_texts("$.a", "$.a[0]", "$[1]", "$.a.b", "$")),
    "jsonArray": _JSON,
    "jsonItems": _JSON,
    "jsonObj": _JSON,
    "regexp": _REGEXES,
    "pattern": _REGEXES,
    "newStr": Hint(_texts("", "x", "$1"), False),
    "upper": _MASKS,
    "lower": _MASKS,
    "digit": _MASKS,
    "other": _MASKS,
    "unit": Hint(("DAYS", "HOURS", "MINUTES", "SECONDS", "MILLISECONDS")),
    "interval": Hint(("1", "0", "-1", "100"), False),
    "paramToFind": Hint(_texts("x", "y", ""), False),
    "entryDelimiter": Hint(_texts(",", ";"), False),
    "kvDelimiter": Hint(_texts("=", ":"), False),
}
"""Parameter to arguments."""

BY_FAMILY: dict[str, Hint] = {"URL_": _URLS, "EXTRACTJSONFIELD": _JSON, "IS_JSON_STRING": _JSON}
"""Start of a function's name to arguments for the parameter called ``input``."""


def hint_for(function: str, parameter: str) -> Hint | None:
    """What suits a parameter of a function, if it is choosy."""
    found = BY_CALL.get((function, parameter)) or BY_PARAMETER.get(parameter)
    if found is None and parameter == "input":
        found = next((hint for start, hint in BY_FAMILY.items() if function.startswith(start)), None)
    return found if found is not None and found.texts else None
