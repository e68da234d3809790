"""Statements with which a check does something else than to run them in its sandbox."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlglot import expressions as exp

from minisql.check.script import file
from minisql.dialect import nodes
from minisql.engine import Result, Session
from minisql.errors import KsqlError
from minisql.results import Entity
from minisql.statements.handlers import HANDLERS
from minisql.statements.lifecycle import query_called
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.check.trial import Trial


def _run_script(trial: Trial, session: Session, prepared: Prepared) -> Result:
    """Follow it; what is found there is told of there."""
    path = _path(trial, prepared.node.this)
    try:
        script = file(path)
    except (OSError, UnicodeDecodeError) as error:
        raise KsqlError(f"Failed to read file: {path}. {getattr(error, 'strerror', None) or error}") from error
    if any(os.path.abspath(each.name) == os.path.abspath(path) for each in trial.scripts):
        raise KsqlError(f"{path} runs itself, over and over")
    trial.run(script)
    return Entity.nothing(prepared.text)


def _path(trial: Trial, name: str) -> str:
    """Beside the script; to a test file "/name" lies there too, for ksqlDB's harness takes scripts for resources."""
    folder = trial.attempt.script.folder
    return os.path.join(folder, name.lstrip("/") if trial.tests else name)


def _assert_schema(trial: Trial, session: Session, prepared: Prepared) -> Result:
    """Schemas that others register are not known without their registry."""
    if trial.has_registry:
        return HANDLERS[nodes.AssertSchema](trial.engine, session, prepared)
    return Entity.nothing(prepared.text)


def _of_query(trial: Trial, session: Session, prepared: Prepared) -> Result:
    """The script cannot know the ids of queries that others have started, nor all of its own."""
    named = prepared.node.this
    if isinstance(named, exp.Identifier) and query_called(trial.engine.queries, named.name) is None:
        return Entity.nothing(prepared.text)
    return HANDLERS[type(prepared.node)](trial.engine, session, prepared)


def _assert(trial: Trial, session: Session, prepared: Prepared) -> Result:
    """An assert of a test file: whether what it names is there, and whether there could be such records."""
    from minisql.check.unseen import check_shape  # only tests have such statements

    check_shape(trial, prepared.node)
    return Entity.nothing(prepared.text)


EXCEPTIONAL: dict[type, Callable[[Trial, Session, Prepared], Result]] = {
    nodes.RunScript: _run_script,
    nodes.AssertSchema: _assert_schema,
    nodes.Terminate: _of_query,
    nodes.Pause: _of_query,
    nodes.Resume: _of_query,
    nodes.Explain: _of_query,
    **dict.fromkeys((nodes.AssertValues, nodes.AssertTombstone, nodes.AssertStream, nodes.AssertTable), _assert),
    **dict.fromkeys((nodes.AssertRows, nodes.AssertNoRows, nodes.AssertNoValues), _assert),
}
"""Class of statement -> what is done."""
