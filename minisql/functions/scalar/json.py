"""Texts that hold JSON: what they are, and what is in them."""

from typing import Any

from minisql.errors import KsqlError
from minisql.functions import jackson, json_path
from minisql.functions.registry import scalar
from minisql.java import map_order

CATEGORY = "JSON"


@scalar("extractjsonfield(input STRING, path STRING) -> STRING")
def extract_json_field(text: str, path: str) -> str | None:
    """What stands at a path of a JSON text: a string as it is, anything else as JSON; NULL where there is nothing.

    >>> EXTRACTJSONFIELD('{"a": [{"b": "c"}, 2]}', '$.a[0].b')
    'c'
    >>> EXTRACTJSONFIELD('{"a": [{"b": "c"}, 2]}', '$.a[0]')
    '{"b":"c"}'
    >>> EXTRACTJSONFIELD('{"a": 1}', '$.b')
    """
    steps = json_path.parse(path)
    found = json_path.follow(jackson.read(text), steps)
    return None if found is jackson.MISSING and steps else _text(found)


def _text(tree: Any) -> str:
    return tree if isinstance(tree, str) else jackson.write(tree)


@scalar("IS_JSON_STRING(input STRING) -> BOOLEAN", nulls="pass")
def is_json_string(text: str | None) -> bool:
    """Whether a text is JSON; NULL and the empty text are not.

    >>> IS_JSON_STRING('[1, 2]')
    True
    >>> IS_JSON_STRING('[1, 2')
    False
    """
    if text is None:
        return False
    try:
        return jackson.read(text) is not jackson.MISSING
    except KsqlError:
        return False


@scalar("JSON_ARRAY_LENGTH(jsonArray STRING) -> INT")
def json_array_length(text: str) -> int | None:
    """The length of the array that a JSON text is; NULL where it is none.

    >>> JSON_ARRAY_LENGTH('[1, [2, 3]]')
    2
    >>> JSON_ARRAY_LENGTH('{}')
    """
    tree = jackson.read(text)
    return len(tree) if isinstance(tree, list) else None


@scalar("JSON_ITEMS(jsonItems STRING) -> ARRAY<STRING>")
def json_items(text: str) -> list[str]:
    """The elements of the array that a JSON text is, each as JSON.

    >>> JSON_ITEMS('[{"a": 1}, "b", null]')
    ['{"a":1}', '"b"', 'null']
    """
    tree = jackson.read(text)
    if not isinstance(tree, list):
        raise jackson.invalid(text)
    return [jackson.write(item) for item in tree]


@scalar("JSON_KEYS(jsonObj STRING) -> ARRAY<STRING>")
def json_keys(text: str) -> list[str] | None:
    """The names in the object that a JSON text is; NULL where it is none.

    >>> JSON_KEYS('{"b": 1, "a": 2}')
    ['b', 'a']
    """
    tree = jackson.read(text)
    return list(tree) if isinstance(tree, dict) else None


@scalar("JSON_RECORDS(jsonObj STRING) -> MAP<STRING, STRING>")
def json_records(text: str) -> dict[Any, str] | None:
    """A map of what is in the object that a JSON text is: strings as they are, all else as JSON.

    >>> JSON_RECORDS('{"a": "x", "b": [1, 2]}')
    {'a': 'x', 'b': '[1,2]'}
    """
    tree = jackson.read(text)
    return {name: _text(tree[name]) for name in map_order(tree, 1)} if isinstance(tree, dict) else None


@scalar("JSON_CONCAT(jsonStrings STRING...) -> STRING", nulls="pass")
def json_concat(*texts: str | None) -> str | None:
    """JSON objects merged into one, the last value of a name counting; what are not all objects, as one array.

    NULL where an argument is NULL or empty.

    >>> JSON_CONCAT('{"a": 1, "b": 2}', '{"a": 3}')
    '{"a":3,"b":2}'
    >>> JSON_CONCAT('[1, 2]', '3')
    '[1,2,3]'
    """
    trees = []
    for text in texts:
        tree = jackson.MISSING if text is None else jackson.read(text)
        if tree is jackson.MISSING:
            return None
        trees.append(tree)
    return jackson.write(_merged(trees), plain=True)


def _merged(trees: list[Any]) -> Any:
    if len(trees) < 2:
        return trees[0]  # JSON_CONCAT() fails, as in ksqlDB
    if all(isinstance(tree, dict) for tree in trees):
        return {name: item for tree in trees for name, item in tree.items()}
    return [item for tree in trees for item in (tree if isinstance(tree, list) else [tree])]
