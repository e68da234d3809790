"""Configuration properties: which names ksqlDB knows, and which values they take."""

from __future__ import annotations

from typing import Any

import pytest

from minisql import config
from minisql.errors import KsqlError
from minisql.overrides import check_override


@pytest.mark.parametrize(
    ("name", "resolved"),
    [
        ("auto.offset.reset", "auto.offset.reset"),
        ("ksql.streams.auto.offset.reset", "auto.offset.reset"),
        ("ksql.streams.consumer.max.poll.records", "max.poll.records"),
        ("ksql.streams.topic.retention.ms", "topic.retention.ms"),
        ("ksql.functions.my_udf.limit", "ksql.functions.my_udf.limit"),
        ("ksql.query.pull.max.qps", "ksql.query.pull.max.qps"),
        ("request.ksql.debug.request", "request.ksql.debug.request"),
    ],
)
def test_known_names(name: str, resolved: str) -> None:
    assert config.check_known(name).name == resolved


@pytest.mark.parametrize(
    "name", ["nonsense", "ksql.nonsense", "ksql.streams.nonsense", "request.ksql.nonsense", "Auto.Offset.Reset"]
)
def test_unknown_names(name: str) -> None:
    with pytest.raises(KsqlError) as caught:
        config.check_known(name)
    assert caught.value.message == f"Unknown property: {name}"


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        (
            "ksql.query.pull.max.qps",
            "many",
            "Invalid value many for configuration ksql.query.pull.max.qps: Not a number of type INT",
        ),
        (
            "ksql.suppress.enabled",
            "maybe",
            "Invalid value maybe for configuration ksql.suppress.enabled: Expected value to be either true or false",
        ),
        (
            "ksql.access.validator.enable",
            "perhaps",
            "Invalid value perhaps for configuration ksql.access.validator.enable: String must be one of: on, off, auto",
        ),
        (
            "ksql.service.id",
            "x",
            "One or more properties overrides set locally are prohibited by the KSQL server denylist "
            "(use UNSET to reset their default value): [ksql.service.id]",
        ),
    ],
)
def test_set_refuses(name: str, value: Any, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        check_override(name, value, {})
    assert caught.value.message == message


def test_what_the_server_denies_or_does_not_allow() -> None:
    denying = {"ksql.properties.overrides.denylist": "num.stream.threads"}
    check_override("auto.offset.reset", "earliest", denying)
    with pytest.raises(KsqlError, match=r"prohibited by the KSQL server denylist .*: \[num.stream.threads\]"):
        check_override("num.stream.threads", "1", denying)
    allowing = {
        "ksql.properties.overrides.validation.mode": "allowlist",
        "ksql.properties.overrides.allowlist": "auto.offset.reset,ksql.service.id",
    }
    check_override("auto.offset.reset", "earliest", allowing)
    for name in ("num.stream.threads", "ksql.service.id"):
        with pytest.raises(KsqlError, match="not permitted by the KSQL server allowlist"):
            check_override(name, "1", allowing)


def test_request_properties_are_converted() -> None:
    assert config.parse_request_property("ksql.streams.commit.interval.ms", "100") == 100


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("nonsense", 1, "Not recognizable as ksql, streams, consumer, or producer property: 'nonsense'"),
        ("bootstrap.servers", "x:1", "Failed to coerce type of value 'x:1' for key 'bootstrap.servers'"),
        ("auto.offset.reset", "none", "Failed to coerce type of value 'none' for key 'auto.offset.reset'"),
    ],
)
def test_request_properties_refused(name: str, value: Any, message: str) -> None:
    with pytest.raises(KsqlError) as caught:
        config.parse_request_property(name, value)
    assert caught.value.message == message


def test_value_of_takes_the_first_layer_then_the_default() -> None:
    session, server = {"ksql.streams.auto.offset.reset": "earliest"}, {"auto.offset.reset": "latest"}
    assert config.value_of("auto.offset.reset", session, server) == "earliest"
    assert config.value_of("auto.offset.reset", {}, server) == "latest"
    assert config.value_of("ksql.persistence.default.format.key") == "KAFKA"
    assert config.value_of("ksql.persistence.wrap.single.values", {"ksql.persistence.wrap.single.values": "false"}) is False


def test_level_and_editable() -> None:
    assert (config.level("auto.offset.reset"), config.is_editable("ksql.streams.auto.offset.reset")) == ("QUERY", True)
    assert (config.level("ksql.extension.dir"), config.is_editable("ksql.extension.dir")) == ("SERVER", False)
