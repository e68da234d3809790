"""``minisql check FILE...``"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from minisql.cli import FAILED, OK, USAGE

if TYPE_CHECKING:
    from minisql.check import Finding


def main(options: Namespace) -> int:
    """Check the files; 1 when there is an error, with ``--strict`` also for a warning or what is not supported."""
    from minisql.check import WARNINGS
    from minisql.check.finding import ERROR, NOTE
    from minisql.check.report import json_report, text_report

    unknown = [code for code in options.ignore if code not in WARNINGS]
    if unknown:
        print(f"minisql check: there is no warning {unknown[0]}; there are: {', '.join(WARNINGS)}", file=sys.stderr)
        return USAGE
    try:
        findings = _findings(options)
    except (OSError, UnicodeDecodeError) as error:
        print(f"minisql check: {error}", file=sys.stderr)
        return USAGE
    findings = [finding for finding in findings if finding.code not in options.ignore]
    print(json_report(findings) if options.format == "json" else text_report(findings, _texts(findings)))
    failing = [finding for finding in findings if finding.severity == ERROR or (options.strict and finding.severity != NOTE)]
    return FAILED if failing else OK


def _findings(options: Namespace) -> list[Finding]:
    from minisql.check import check

    url = options.schema_registry
    properties = {} if url is None else {"ksql.schema.registry.url": url}
    rounds = [[each] for each in options.files] if options.separate else [options.files]
    found = (check(*files, properties=properties, variables=dict(options.define)) for files in rounds)
    return [finding for each in found for finding in each]


def _texts(findings: Sequence[Finding]) -> dict[str, str]:
    from minisql.check.script import file

    return {name: file(name).text for name in dict.fromkeys(finding.file for finding in findings)}


def warnings_help() -> str:
    """What the help says of warnings."""
    from minisql.check.warnings import WARNINGS, about

    rows = "\n".join(f"  {code:<15} {about(code)}" for code in WARNINGS)
    return f"warnings:\n{rows}"
