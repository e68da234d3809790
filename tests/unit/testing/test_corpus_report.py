"""What is told of a run."""

import io
from xml.etree import ElementTree

from minisql.testing.corpus.case import Outcome
from minisql.testing.corpus.report import as_json, print_file, print_totals, short, write_json, write_junit

OUTCOMES = [
    Outcome("qtt", "a.json", "a - one", "passed", "", 0.25),
    Outcome("qtt", "a.json", "a - two", "failed", "Expected <1>\nbut was \x00<2>", 0.5),
    Outcome("qtt", "b.json", "b - one", "unsupported", "joins", 0.0),
]


def test_the_json_report_is_the_documented_one(tmp_path):
    report = as_json(OUTCOMES)
    assert report["totals"] == {"passed": 1, "failed": 1, "unsupported": 1, "skipped": 0}
    assert report["cases"][1] == {
        "corpus": "qtt",
        "file": "a.json",
        "name": "a - two",
        "status": "failed",
        "message": "Expected <1>\nbut was \x00<2>",
        "seconds": 0.5,
    }
    write_json(OUTCOMES, str(tmp_path / "r.json"))
    assert (tmp_path / "r.json").read_text(encoding="utf-8").startswith("{")


def test_junit_has_a_suite_for_each_file(tmp_path):
    write_junit(OUTCOMES, str(tmp_path / "r.xml"))
    root = ElementTree.parse(tmp_path / "r.xml").getroot()
    assert [suite.get("name") for suite in root] == ["a.json", "b.json"]
    assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("3", "1", "1")
    assert "but was" in root[0][1].findtext("failure")
    assert root[1][0].find("skipped").get("message") == "joins"


def test_a_file_is_one_line_and_failures_stand_below():
    out = io.StringIO()
    print_file("a.json", OUTCOMES[:2], out)
    assert out.getvalue() == "a.json  1 passed, 1 failed\n    failed: a - two: Expected <1>\n        but was \x00<2>\n"


def test_a_verbose_report_names_what_passed():
    out = io.StringIO()
    print_file("a.json", OUTCOMES[:1], out, verbose=True)
    assert out.getvalue() == "a.json  1 passed\n    passed: a - one: 0.250 s\n"


def test_a_long_message_is_shown_in_part():
    out = io.StringIO()
    print_file("a.json", [Outcome("qtt", "a.json", "n", "failed", "\n".join(map(str, range(50))), 0.0)], out)
    assert out.getvalue().splitlines()[1] == "    failed: n: 0"
    assert out.getvalue().splitlines()[-2:] == ["        30", "        ... and 19 more lines"]


def test_the_totals_name_what_is_unsupported():
    out = io.StringIO()
    print_totals(OUTCOMES, 1.25, out)
    assert "     1  joins\n" in out.getvalue()
    assert out.getvalue().endswith("3 cases: 1 passed, 1 failed, 1 unsupported in 1.2 s\n")


def test_long_messages_are_cut():
    assert short("x" * 200) == "x" * 147 + "..."
    assert short("a\n  b") == "a b"
