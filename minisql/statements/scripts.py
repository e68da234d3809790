"""RUN SCRIPT: the statements of a file, as if they stood here."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from minisql.errors import KsqlError
from minisql.results import Entity
from minisql.statements.prepared import Prepared

if TYPE_CHECKING:
    from minisql.engine import Engine, Session
    from minisql.statements.handlers import Result


def run_script(engine: Engine, session: Session, prepared: Prepared) -> Result:
    """Run the file; a relative path starts where the script that names it lies. Gives the last statement's result.

    Raises:
        KsqlError: the file cannot be read, or one of its statements fails.
    """
    path = os.path.join(session.directory or "", prepared.node.this)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except OSError as error:
        raise KsqlError(f"Failed to read file: {path}. {error.strerror}") from error
    results = engine.execute(text, session.at(os.path.dirname(path)))
    return results[-1] if results else Entity.nothing(prepared.text)
