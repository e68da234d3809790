"""Records that are as their schema says are read in one go; no reader may see a difference to the careful way."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from minisql.formats.connect import schema as connect
from minisql.formats.connect.schema import ConnectSchema
from minisql.formats.json.scan import read_tree
from minisql.formats.json_sr.direct import TESTS, fields_reader
from minisql.formats.json_sr.values import value_reader

FIELDS = st.builds(
    ConnectSchema, st.sampled_from(sorted(TESTS)), st.booleans(), default=st.sampled_from([None, None, None, 7, "x", True])
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(-(2**31) - 1, 2**31),
    st.floats(allow_nan=False),
    st.text(max_size=3),
    st.just([1]),
    st.just({"A": 1}),
)
NAMES = ("A", "b", "ä€", '"', "'")


@st.composite
def schemas(draw: st.DrawFn) -> ConnectSchema:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    return ConnectSchema(connect.STRUCT, fields=tuple((name, draw(FIELDS)) for name in names))


def told(read: Any, data: bytes) -> Any:
    """What a reader gives, or the error with which it refuses."""
    try:
        return [(type(value), value) for value in read(data)]
    except Exception as error:
        return type(error), str(error)


@given(schemas(), st.data())
def test_the_direct_way_gives_what_the_careful_way_gives(schema: ConnectSchema, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.sampled_from([name for name, _ in schema.fields]), min_size=1, unique=True))
    record = data.draw(st.dictionaries(st.sampled_from(NAMES), VALUES))
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16-le", "utf-32-be", "utf-8-sig"]))
    text = json.dumps(record, ensure_ascii=data.draw(st.booleans())) + data.draw(st.sampled_from(["", " ", "x", "{"]))
    data_ = text[: data.draw(st.sampled_from([len(text), len(text), len(text) // 2]))].encode(encoding, "replace")
    read = value_reader(schema)

    def careful(raw: bytes) -> Any:
        return read(read_tree(raw))

    direct = fields_reader(schema, wanted, careful)
    assert direct is not None
    assert told(direct, data_) == told(lambda raw: [careful(raw)[name] for name in wanted], data_)


def test_types_that_are_turned_have_no_direct_way() -> None:
    for kind in (connect.decimal_schema(4, 2), ConnectSchema(connect.BYTES), ConnectSchema(connect.INT32, name=connect.DATE)):
        schema = ConnectSchema(connect.STRUCT, fields=(("A", kind),))
        assert fields_reader(schema, ["A"], lambda data: {}) is None
