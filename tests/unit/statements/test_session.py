"""SET, UNSET, DEFINE, UNDEFINE, and what shows them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minisql.engine import Session

Run = Callable[[str], Any]
Refusal = Callable[[str], str]


def test_set_and_unset(run: Run, session: Session) -> None:
    assert run("SET 'auto.offset.reset' = 'latest';") is None
    assert session.properties == {"auto.offset.reset": "latest"}
    run("SET 'ksql.streams.auto.offset.reset' = 'earliest';")
    assert session.properties == {"auto.offset.reset": "earliest"}
    assert run("UNSET 'auto.offset.reset';") is None
    assert session.properties == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SET 'nonsense' = '1';", "Unknown property: nonsense"),
        ("UNSET 'nonsense';", "Unknown property: nonsense"),
        (
            "SET 'ksql.query.pull.max.qps' = 'x';",
            "Invalid value x for configuration ksql.query.pull.max.qps: Not a number of type INT",
        ),
    ],
)
def test_what_set_refuses(refusal: Refusal, text: str, message: str) -> None:
    assert refusal(text) == message


def test_the_server_may_deny(run: Run, refusal: Refusal, engine: Any) -> None:
    engine.config["ksql.properties.overrides.denylist"] = "auto.offset.reset"
    assert refusal("SET 'auto.offset.reset' = 'latest';").endswith("[auto.offset.reset]")


def test_alter_system_needs_shared_runtimes(refusal: Refusal) -> None:
    assert refusal("ALTER SYSTEM 'auto.offset.reset' = 'earliest';") == (
        "Could not write the statement 'ALTER SYSTEM 'auto.offset.reset' = 'earliest';' into the command topic.\n"
        "Caused by: Cannot alter system configs when KSQL_SHARED_RUNTIME_ENABLED is\n\tturned off."
    )


def test_show_properties(run: Run) -> None:
    run("SET 'ksql.streams.commit.interval.ms' = '100';")
    answer = run("SHOW PROPERTIES;")
    found = {item["name"]: item for item in answer["properties"]}
    assert found["ksql.streams.commit.interval.ms"] == {
        "name": "ksql.streams.commit.interval.ms",
        "scope": "KSQL",
        "value": "100",
        "editable": True,
        "level": "SERVER",
    }
    assert found["ksql.persistence.default.format.value"]["value"] is None
    assert "ksql.streams.commit.interval.ms" in answer["overwrittenProperties"]
    assert "ksql.suppress.enabled" in answer["defaultProperties"]


def test_variables(run: Run, session: Session) -> None:
    assert run("DEFINE x = 'one';") is None
    assert run("SHOW VARIABLES;")["variables"] == [{"name": "x", "value": "one"}]
    run("UNDEFINE x;")
    assert session.variables == {}
    assert run("UNDEFINE x;")["message"] == "Cannot undefine variable 'x' which was never defined"
