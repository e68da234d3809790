"""How a case runs: which query sees what, and what makes a case fail."""

import pytest

from minisql.dialect import nodes
from minisql.errors import UnsupportedError
from minisql.statements.handlers import HANDLERS, Refusal
from minisql.testing.corpus.case import CaseFailed
from minisql.testing.corpus.scenario import Scenario

ORDERS = "CREATE STREAM ORDERS (ID STRING KEY, AMOUNT INT) WITH (kafka_topic='orders', value_format='JSON');"
LARGE = "CREATE STREAM LARGE AS SELECT * FROM ORDERS WHERE AMOUNT > 10;"
TWICE = "CREATE STREAM TWICE AS SELECT ID, AMOUNT * 2 AS AMOUNT FROM LARGE;"
STATEMENT_EXCEPTION = "io.confluent.ksql.util.KsqlStatementException"


def order(key, amount, topic="orders", **fields):
    return {"topic": topic, "key": key, "value": {"AMOUNT": amount}, **fields}


def run(statements, **node):
    Scenario.of(statements, node.pop("properties", {}), node).run()


def test_a_case_that_passes():
    run(
        [ORDERS, LARGE],
        inputs=[order("a", 5), order("b", 20, timestamp=7)],
        outputs=[order("b", 20, "LARGE", timestamp=7)],
        post={
            "sources": [
                {"name": "LARGE", "type": "stream", "schema": "ID STRING KEY, AMOUNT INT", "keyFormat": {"format": "KAFKA"}}
            ],
            "topics": {
                "blacklist": ".*-repartition",
                "topics": [
                    {"name": "orders", "keyFormat": {"format": "KAFKA"}, "valueFormat": {"format": "JSON"}, "partitions": 4},
                ],
            },
        },
    )


def test_a_downstream_query_reads_all_that_the_one_before_it_wrote():
    run([ORDERS, LARGE, TWICE], inputs=[order("b", 20)], outputs=[order("b", 40, "TWICE")])


def test_of_a_topic_that_is_an_input_a_query_sees_the_inputs_only():
    run(
        [ORDERS, LARGE, TWICE],
        inputs=[order("b", 20), order("c", 30, "LARGE")],
        outputs=[order("c", 30, "LARGE"), order("b", 20, "LARGE"), order("c", 60, "TWICE")],
    )


def test_inserted_records_are_read_from_the_topic():
    run([ORDERS, LARGE, "INSERT INTO ORDERS VALUES ('a', 11);"], outputs=[order("a", 11, "LARGE", timestamp=0)])


def test_records_that_cannot_be_read_are_skipped():
    run(
        [ORDERS, LARGE],
        inputs=[{"topic": "orders", "key": "a", "value": "not an object"}, order("b", 20)],
        outputs=[order("b", 20, "LARGE")],
    )


@pytest.mark.parametrize(
    ("node", "message"),
    [
        ({"outputs": []}, None),
        ({"outputs": [order("b", 21, "LARGE")]}, "message 0"),
        ({"outputs": [order("b", 20, "LARGE"), order("b", 20, "LARGE")]}, "Expected <2> records but it was <1>"),
        ({"outputs": [order("b", 20, "NOWHERE")]}, "NOWHERE"),
        ({"outputs": [], "expectedException": {"message": "x"}}, "Expected test to throw any exception: x"),
        ({"post": {"sources": [{"name": "LARGE", "type": "table"}]}}, "type of source LARGE"),
        ({"post": {"sources": [{"name": "LARGE", "type": "stream", "schema": "ID INT KEY"}]}}, "schema of source LARGE"),
        ({"post": {"sources": [{"name": "X", "type": "stream"}]}}, "no source X"),
        ({"post": {"topics": {"blacklist": "LAR"}}}, "blacklisted topics found: LARGE"),
    ],
)
def test_what_makes_a_case_fail(node, message):
    def go():
        run([ORDERS, LARGE], inputs=[order("b", 20)], **node)

    if message is None:
        go()
    else:
        with pytest.raises((CaseFailed, Exception), match=message):
            go()


def test_internal_topics_are_forbidden_by_name():
    with pytest.raises(CaseFailed, match="Aggregate-GroupBy-repartition"):
        run(
            [ORDERS, "CREATE TABLE T AS SELECT AMOUNT, COUNT(*) AS N FROM ORDERS GROUP BY AMOUNT;"],
            inputs=[order("b", 20)],
            post={"topics": {"blacklist": ".*-repartition"}},
        )


@pytest.mark.parametrize(
    ("name", "key", "error"),
    [
        ("Aggregate-GroupBy-repartition", "KAFKA", None),
        ("Aggregate-GroupBy-repartition", "JSON", "key format of topic .* Expected {'format': 'JSON'.*'format': 'KAFKA'"),
        ("Join-repartition", "KAFKA", "there is no topic"),
        ("KSTREAM-JOINTHIS-0000000016-store-changelog", "KAFKA", "Kafka Streams' numbers"),
    ],
)
def test_internal_topics_have_the_formats_of_the_plan(name, key, error):
    count = "CREATE TABLE T AS SELECT AMOUNT, COUNT(*) AS N FROM ORDERS GROUP BY AMOUNT;"
    name = f"_confluent-ksql-some.ksql.service.idquery_CTAS_T_0-{name}"
    topic = {"name": name, "keyFormat": {"format": key}, "valueFormat": {"format": "JSON"}}

    def go():
        run([ORDERS, count], inputs=[order("b", 20)], post={"topics": {"topics": [topic]}})

    if error is None:
        go()
    else:
        with pytest.raises((CaseFailed, UnsupportedError), match=error):
            go()


def test_an_expected_exception_ends_the_case():
    run(
        [ORDERS, "CREATE STREAM BAD AS SELECT NOPE FROM ORDERS;"],
        expectedException={"type": STATEMENT_EXCEPTION, "message": "NOPE"},
    )


def test_only_the_last_statement_may_fail():
    with pytest.raises(CaseFailed, match="Only the last statement"):
        run(
            [ORDERS, "CREATE STREAM BAD AS SELECT NOPE FROM ORDERS;", LARGE],
            expectedException={"type": STATEMENT_EXCEPTION, "message": "NOPE"},
        )


def test_without_inputs_a_statement_has_to_fail():
    with pytest.raises(CaseFailed, match="Expected test to throw"):
        run([ORDERS, LARGE], expectedException={"message": "anything"})


def test_unsupported_is_never_what_was_expected(monkeypatch):
    monkeypatch.setitem(HANDLERS, nodes.CreateStream, Refusal("CREATE STREAM"))
    with pytest.raises(UnsupportedError, match="CREATE STREAM"):
        run([ORDERS], expectedException={"message": "CREATE STREAM"})


def test_a_case_needs_a_query():
    with pytest.raises(CaseFailed, match="did not generate any queries"):
        run([ORDERS], inputs=[order("b", 20)])


def test_a_value_that_the_format_cannot_hold_is_a_fault_of_the_case():
    with pytest.raises(CaseFailed, match="Failed to serialize key"):
        run([ORDERS, LARGE], inputs=[order(1, 20)])


def test_windows_headers_and_properties_reach_the_engine():
    counts = "CREATE TABLE N AS SELECT ID, COUNT(*) AS N FROM ORDERS WINDOW TUMBLING (SIZE 10 MILLISECONDS) GROUP BY ID;"
    header = {"KEY": "h", "VALUE": "aGk="}
    expected = {"topic": "pre-N", "key": "a", "value": {"N": 1}, "window": {"start": 10, "end": 20, "type": "time"}}
    run(
        [ORDERS, counts],
        properties={"ksql.output.topic.name.prefix": "pre-"},
        inputs=[order("a", 1, timestamp=12, headers=[header])],
        outputs=[{**expected, "headers": [header], "timestamp": 12}],
    )
