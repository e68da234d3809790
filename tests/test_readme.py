"""What README.md says is true: its Python runs and prints what stands beside it, and its commands exist."""

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
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def expected_output(program: str) -> list[str]:
    """Comments after ``print``, and comment lines below it, are what it prints."""
    comments = re.findall(r"(?:\bprint\(.*\)  |^)# (.*)$", program, re.MULTILINE)
    return [comment for comment in comments if comment]


TESTS = {
    **{f"test_readme_{number}.py": text for number, text in enumerate(blocks("python")) if "def test_" in text},
    **{f"test_readme_{number}.sql": text for number, text in enumerate(blocks("sql")) if "--@test" in text},
}
"""The examples that are tests, as files beside the sample application."""


@pytest.mark.parametrize("program", [text for text in blocks("python") if text not in TESTS.values()])
def test_python(program: str) -> None:
    forget("http://localhost:8088")
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(program, "README.md", "exec"), {})
    assert output.getvalue().splitlines() == expected_output(program)


@pytest.mark.parametrize("script", [text for text in blocks("sql") if text not in TESTS.values()])
def test_sql(script: str) -> None:
    with minisql.connect() as conn:
        conn.execute(script)


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
    assert len(TESTS) == 4


def test_each_style_of_tests_takes_ten_lines() -> None:
    assert max(len([line for line in text.splitlines() if line]) for text in TESTS.values()) <= 10


def test_quick_start_has_ten_lines() -> None:
    assert len(blocks("python")[0].splitlines()) <= 10


def test_two_commands_set_up_and_run() -> None:
    riders, tests = blocks("sh")
    assert "minisql run examples/riders.sql" in riders
    assert tests.strip().endswith("pytest")
    assert all(command.startswith("python3 -m venv .venv && .venv/bin/pip install") for command in (riders, tests))


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).exists(), target


def test_nobody_is_told_to_install_another_package() -> None:
    """The name ``minisql`` in the package index belongs to somebody else."""
    texts = [path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]]
    assert not [text for text in texts if re.search(r"pip install (-\S+ )*minisql(?!-ksqldb)", text)]
