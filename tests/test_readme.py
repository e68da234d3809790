"""What README.md and the pages of docs/ say is true: their Python runs and prints what stands beside it."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import minisql
from minisql.client import forget

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")))}


def blocks(language: str, page: str = "README.md") -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGES[page], re.MULTILINE | re.DOTALL)


def examples(language: str) -> dict[str, str]:
    """The examples of all pages, under names such as ``README.md 1``."""
    return {f"{page} {number}": text for page in PAGES for number, text in enumerate(blocks(language, page), 1)}


def expected_output(program: str) -> list[str]:
    """Comments after ``print``, and comment lines below it, are what it prints."""
    comments = re.findall(r"(?:\bprint\(.*\)  |^)# (.*)$", program, re.MULTILINE)
    return [comment for comment in comments if comment]


def _file(name: str, suffix: str) -> str:
    return f"test_{re.sub(r'[^a-z0-9]+', '_', name.lower())}.{suffix}"


TESTS = {
    **{_file(name, "py"): text for name, text in examples("python").items() if "def test_" in text},
    **{_file(name, "sql"): text for name, text in examples("sql").items() if "--@test" in text},
}
"""The examples that are tests, as files beside the sample application."""


@pytest.mark.parametrize("name", [name for name, text in examples("python").items() if text not in TESTS.values()])
def test_python(name: str) -> None:
    program = examples("python")[name]
    forget("http://localhost:8088")
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(program, name, "exec"), {})
    assert output.getvalue().splitlines() == expected_output(program)


@pytest.mark.parametrize("name", [name for name, text in examples("sql").items() if text not in TESTS.values()])
def test_sql(name: str) -> None:
    with minisql.connect() as conn:
        conn.execute(examples("sql")[name])


def test_tests(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "orders" / "app.sql", tmp_path)
    for name, text in TESTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    unhurried = "from hypothesis import HealthCheck, settings\n"
    unhurried += "settings.register_profile('any machine', suppress_health_check=[HealthCheck.too_slow], max_examples=20)\n"
    (tmp_path / "conftest.py").write_text(f"{unhurried}settings.load_profile('any machine')\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "minisql.testing.plugin", "-p", "no:cacheprovider", "-q"]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines()[-1].startswith(f"{len(TESTS)} passed in "), done.stdout
    assert len(TESTS) == 5


def test_each_style_of_tests_takes_ten_lines() -> None:
    assert max(len([line for line in text.splitlines() if line]) for text in TESTS.values()) <= 10


def test_quick_start_has_ten_lines() -> None:
    assert len(blocks("python")[0].splitlines()) <= 10


def test_two_commands_set_up_and_run() -> None:
    riders, tests = blocks("sh")
    assert "minisql run examples/riders.sql" in riders
    assert tests.strip().endswith("pytest")
    assert all(command.startswith("python3 -m venv .venv && .venv/bin/pip install") for command in (riders, tests))


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    folder = ROOT if page == "README.md" else ROOT / "docs"
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", PAGES[page]):
        assert (folder / target).exists(), target


def test_nobody_is_told_to_install_another_package() -> None:
    """The name ``minisql`` in the package index belongs to somebody else."""
    assert not [page for page, text in PAGES.items() if re.search(r"pip install (-\S+ )*minisql(?!-ksqldb)", text)]
