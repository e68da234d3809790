"""SQL test files: statements and asserts, divided into tests by ``--@test: name`` lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from minisql.dialect import StatementText, parse_script
from minisql.errors import ParseError
from minisql.testing import update
from minisql.testing.corpus.case import Case, CaseFailed, CaseFile
from minisql.testing.corpus.expectation import Expectation
from minisql.testing.corpus.script_run import run

if TYPE_CHECKING:
    from minisql.testing.tenant.patience import Patience

CORPUS = "sql-tests"

_DIRECTIVE = re.compile(r"^[ \t]*--@([a-zA-Z.]+):\s*(.*?)\s*$", re.MULTILINE)

TEST, ERROR, MESSAGE = "test", "expected.error", "expected.message"


@dataclass
class Draft:
    """A test as it is written; ``line`` is where it starts in its file."""

    name: str
    line: int
    statements: list[StatementText] = field(default_factory=list)
    expected: dict[str, str] = field(default_factory=dict)

    @property
    def expectation(self) -> Expectation | None:
        """What is to be raised, if anything is."""
        return Expectation(self.expected.get(ERROR), self.expected.get(MESSAGE)) if self.expected else None


def read(path: Path, text: str, standard: bool = False) -> CaseFile:
    """The tests of a file; a file that cannot be read is one case, which fails.

    Args:
        path: where the file is.
        text: what is in it.
        standard: refuse what ksqlDB's own runner cannot do.
    """
    name = path.as_posix()
    try:
        tests = list(drafts(text))
    except (CaseFailed, ParseError) as error:
        return CaseFile(CORPUS, name, (_broken(name, str(error), error.line),))
    checks = [(title, _Check(path, draft, standard), draft.line) for title, draft in _named(tests)]
    cases = [Case(CORPUS, name, title, check, line, check.on_server) for title, check, line in checks]
    return CaseFile(CORPUS, name, tuple(cases))


def drafts(text: str) -> Iterator[Draft]:
    """The tests of a text, from its directives and statements in the order in which they stand.

    Raises:
        CaseFailed: it does not start with a test.
    """
    parts: list[tuple[int, StatementText | re.Match[str]]] = [(match.start(), match) for match in _DIRECTIVE.finditer(text)]
    parts += [(statement.offset, statement) for statement in parse_script(text)]
    draft: Draft | None = None
    for _, part in sorted(parts, key=lambda part: part[0]):
        if isinstance(part, re.Match) and part[1].lower() == TEST:
            if draft is not None:
                yield draft
            draft = Draft(part[2], text.count("\n", 0, part.start()) + 1)
        elif draft is None:
            raise CaseFailed("Expected test to start with --@test.")
        elif isinstance(part, StatementText):
            draft.statements.append(part)
        elif part[1].lower() in (ERROR, MESSAGE):
            draft.expected[part[1].lower()] = part[2]
    if draft is not None:
        yield draft


def _named(drafts: Sequence[Draft]) -> Iterator[tuple[str, Draft]]:
    """Two tests of a file may have the same name: the later ones are numbered."""
    seen: dict[str, int] = {}
    for draft in drafts:
        count = seen[draft.name] = seen.get(draft.name, 0) + 1
        yield draft.name if count == 1 else f"{draft.name} ({count})", draft


class _Check:
    """Runs one test of a file."""

    def __init__(self, path: Path, draft: Draft, standard: bool) -> None:
        self._path = path
        self._draft = draft
        self._standard = standard

    def __call__(self) -> None:
        edits = update.requested()
        rewrite = None
        if edits is not None:
            from minisql.testing.update.sql import rewriter  # most runs update nothing

            rewrite = rewriter(edits, self._path)
        run(self._path.parent, self._draft.statements, self._draft.expectation, self._standard, rewrite)

    def on_server(self, url: str, patience: Patience) -> None:
        from minisql.testing.live.script import run as run_on_server  # most tests stay in the process

        run_on_server(url, patience, self._path.parent, self._draft.statements, self._draft.expectation)


def _broken(path: str, message: str, line: int | None) -> Case:
    def fail() -> None:
        raise CaseFailed(message, line)

    return Case(CORPUS, path, "the file", fail, line or 1)
