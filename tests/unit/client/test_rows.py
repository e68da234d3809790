"""From lines of an answer to dicts."""

from __future__ import annotations

from minisql.client.rows import parse_columns, process_query_result, process_row

HEADER = (
    '[{"header":{"queryId":"q","schema":"`ID` STRING KEY, `S` STRUCT<`A` INTEGER, `B` STRING>, `KSQL_COL_0` DECIMAL(4, 2)"}},\n'
)


def test_columns_of_a_header() -> None:
    assert parse_columns(HEADER) == [
        {"name": "ID", "type": "STRING"},
        {"name": "S", "type": "STRUCT"},
        {"name": "KSQL_COL_0", "type": "DECIMAL"},
    ]


def test_columns_of_a_header_that_is_the_whole_answer() -> None:
    assert parse_columns('[{"header":{"queryId":"q","schema":"`a<b` STRING"}}]') == [{"name": "a<b", "type": "STRING"}]


def test_rows_and_the_end() -> None:
    columns = [{"name": "A", "type": "INTEGER"}, {"name": "B", "type": "STRING"}]
    assert process_row('{"row":{"columns":[1,"x]"]}},\n', columns) == {"A": 1, "B": "x]"}
    assert process_row('{"row":{"columns":[1,"x"]}}]', columns) == {"A": 1, "B": "x"}
    assert process_row('{"finalMessage":"Limit Reached"}]', columns) is None


def test_lines_stay_lines_unless_objects_are_wanted() -> None:
    lines = [HEADER, '{"row":{"columns":["k",{"A":1,"B":"x"},1.50]}},\n', '{"finalMessage":"Limit Reached"}]']
    assert list(process_query_result(iter(lines))) == lines
    assert list(process_query_result(iter(lines), True)) == [{"ID": "k", "S": {"A": 1, "B": "x"}, "KSQL_COL_0": 1.5}]


def test_no_answer_gives_no_rows() -> None:
    assert list(process_query_result(iter([]), True)) == []
