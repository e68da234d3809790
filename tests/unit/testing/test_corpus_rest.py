"""REST cases, over the real server."""

import pytest

pytest.importorskip("h11")

from minisql.testing.corpus.case import PASSED
from minisql.testing.corpus.rqtt import read

CREATE = "CREATE STREAM S (K STRING KEY, V INT) WITH (kafka_topic='s', value_format='{FORMAT}', partitions=1);"
SELECT = "SELECT * FROM S EMIT CHANGES LIMIT 2;"
INPUTS = [{"topic": "s", "key": key, "value": {"V": 1}} for key in "ab"]
ROWS = [{"row": {"columns": [key, 1]}} for key in "ba"]


def node(*rows, **fields):
    query = [{"header": {"schema": "`K` STRING, `V` INTEGER", "queryId|starts_with": "transient_"}}, *rows]
    responses = [{"admin": {"@type": "currentStatus", "statementText|starts_with": "CREATE"}}, {"query": query}]
    return {"name": "n", "statements": [CREATE, SELECT], "format": ["JSON"], "inputs": INPUTS, "responses": responses, **fields}


def outcome(case):
    (found,) = read("f.json", "f", [case]).cases
    return found.run()


def refused(**error):
    return {"name": "n", "statements": [CREATE, "SELECT * FROM X;"], "format": ["JSON"], "expectedError": error}


def test_rows_in_any_order():
    assert outcome(node(*ROWS, {"finalMessage": "Limit Reached"})).status == PASSED


def test_the_query_can_run_before_the_rows_come():
    latest = {"inputConditions": {"waitForActivePushQuery": True}, "properties": {"auto.offset.reset": "latest"}}
    assert outcome(node(*ROWS, {"finalMessage": "Limit Reached"}, **latest)).status == PASSED


@pytest.mark.parametrize(
    ("rows", "fields", "message"),
    [
        (ROWS, {}, "Expected 3 elements, but there are 4"),
        ((*ROWS, {"finalMessage": "Query Completed"}), {}, "Limit Reached"),
        ((ROWS[0], ROWS[0], {"finalMessage": "Limit Reached"}), {}, "The rows differ"),
        ((*ROWS, {"finalMessage": "Limit Reached"}), {"outputConditions": {"verifyOrder": True}}, 'Expected {"row":'),
    ],
)
def test_other_answers_fail(rows, fields, message):
    assert message in outcome(node(*rows, **fields)).message


def test_outputs_are_compared():
    case = node(*ROWS, {"finalMessage": "Limit Reached"}, outputs=[{"topic": "s", "key": "a", "value": {"V": 2}}])
    assert "message 0: Expected" in outcome(case).message


def test_expected_refusals():
    error = {"type": "io.confluent.ksql.rest.entity.KsqlStatementErrorMessage", "status": 400, "message": "X does not exist"}
    assert outcome(refused(**error)).status == PASSED
    assert "but was statement_error" in outcome(refused(**{**error, "status": 500})).message
    assert "but was statement_error" in outcome(refused(message="something else")).message


def test_a_refusal_that_does_not_come():
    case = {"name": "n", "statements": [CREATE, "SELECT * FROM S;"], "format": ["JSON"], "expectedError": {"status": 400}}
    assert outcome(case).message.startswith("Expected RestError")
