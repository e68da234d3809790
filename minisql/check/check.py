"""Scripts to findings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from minisql.check.finding import Finding
from minisql.check.script import Path, Script, script_of
from minisql.check.trial import Trial
from minisql.engine import Engine, Session
from minisql.errors import InterfaceError

_TEST = re.compile(r"^[ \t]*--@test:", re.MULTILINE | re.IGNORECASE)


def check(
    *sources: Path,
    engine: Engine | None = None,
    properties: Mapping[str, str] | None = None,
    variables: Mapping[str, str] | None = None,
) -> list[Finding]:
    """Plan scripts without running them: no record is written, no query starts, nothing is registered anywhere.

    Topics that a script does not make are taken to be there. A file of tests (``--@test:``) is taken test by test, other
    scripts one after the other, as on one server.

    Args:
        sources: paths of files, or texts; a ``str`` is a text when it has a ``;`` or a line's end.
        engine: what is there already; nothing changes in it. By default there is nothing.
        properties: of a server on which nothing is there, such as ``ksql.schema.registry.url``: schemas are read from there.
        variables: as DEFINE would give them.

    Returns:
        what was found, file by file in the order of the text: each error, not the first alone, but for those of
        statements that need what a refused one should have made.

    Raises:
        InterfaceError: both an engine and properties are given.
        OSError: a file cannot be read.
        UnicodeDecodeError: a file is not UTF-8.
    """
    scripts = [script_of(source) for source in sources]
    if engine is not None and properties is not None:
        raise InterfaceError("an engine has properties of its own")
    trial = Trial(engine or Engine(properties=properties), Session(variables=dict(variables or {}), directory=""))
    found: list[Finding] = []
    for script in scripts:
        if _TEST.search(script.text):
            from minisql.check.tests import tested  # ksqlDB's harness stands behind it

            found += tested(script)
        else:
            trial.run(script)
    return _ordered([*found, *trial.finish()], scripts)


def _ordered(findings: list[Finding], scripts: list[Script]) -> list[Finding]:
    """By file, line and column; what two runs of a script found, once."""
    names = dict.fromkeys([*(script.name for script in scripts), *(finding.file for finding in findings)])
    rank = {name: number for number, name in enumerate(names)}
    return sorted(dict.fromkeys(findings), key=lambda each: (rank[each.file], each.line, each.column))
