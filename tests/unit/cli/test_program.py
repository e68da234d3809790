"""Python programs, run as by Python itself, with client libraries patched: processes of their own, as they end theirs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = """\
import json
import os
import sys
import helper

if __name__ == "__main__":
    print(json.dumps([sys.argv[1:], sys.path[0], os.path.basename(sys.argv[0]), __file__]))
    assert vars(sys.modules["__main__"]) is globals()
    helper.run(sys.argv[1:])
"""
HELPER = """\
import atexit
import sys
import threading
import time
from minisql.client import patching


def run(arguments):
    if "fail" in arguments:
        raise ValueError("no")
    if "exit" in arguments:
        sys.exit(7)
    if "interrupt" in arguments:
        raise KeyboardInterrupt
    if "late" in arguments:
        atexit.register(lambda: print("hook", patching._transports._blocks))
        threading.Thread(target=lambda: (time.sleep(0.1), print("thread", patching._transports._blocks))).start()
"""

MIXED = "minisql run: b.py is a Python program: no scripts of SQL and no options go before it"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "prog.py").write_text(PROGRAM)
    (inner / "helper.py").write_text(HELPER)
    return tmp_path


def run(program: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in a folder where minisql can be imported."""
    environment = {"PYTHONPATH": f"{ROOT}:{folder / 'inner'}"}
    return subprocess.run([sys.executable, *program], cwd=folder, capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["a", "--follow", "-k", "b.sql", "--", "c.py"], 0),
        (["fail"], 1),
        (["exit"], 7),
        (["interrupt"], None),
    ],
)
def test_as_python_runs_it(arguments: list[str], code: int | None, folder: Path) -> None:
    program = [str(Path("inner", "prog.py")), *arguments]
    pythons, ours = run(program, folder), run(["-m", "minisql", "run", *program], folder)
    assert (ours.stdout, ours.stderr) == (pythons.stdout, pythons.stderr)
    assert ours.returncode == (130 if code is None else code)
    assert code in (None, pythons.returncode)


@pytest.mark.parametrize("arguments", [["a", "-h", "--version", "-m"], ["exit"]])
def test_module_as_python_runs_it(arguments: list[str], folder: Path) -> None:
    program = ["-m", "inner.prog", *arguments]
    pythons, ours = run(program, folder), run(["-m", "minisql", *program], folder)
    assert (ours.stdout, ours.stderr, ours.returncode) == (pythons.stdout, pythons.stderr, pythons.returncode)


def test_module_and_option_may_stand_together(folder: Path) -> None:
    assert run(["-m", "minisql", "-minner.prog", "-x"], folder).stdout.startswith('[["-x"], ')


def test_traceback_of_a_module_is_its_own(folder: Path) -> None:
    done = run(["-m", "minisql", "-m", "inner.prog", "fail"], folder)
    assert done.returncode == 1
    assert [line.split('"')[1] for line in done.stderr.splitlines() if line.startswith("  File")] == [
        str(folder / "inner" / "prog.py"),
        str(folder / "inner" / "helper.py"),
    ]


def test_threads_and_hooks_of_the_program_are_patched(folder: Path) -> None:
    done = run(["-m", "minisql", "run", "inner/prog.py", "late"], folder)
    assert done.stdout.splitlines()[1:] == ["thread 1", "hook 1"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["run", "nowhere.py"], 2, "minisql run: [Errno 2] No such file or directory: 'nowhere.py'"),
        (["-m", "nowhere"], 1, "minisql: No module named nowhere"),
        (["-m", "inner"], 1, "minisql: No module named inner.__main__; 'inner' is a package and cannot be directly executed"),
        (["run", "a.sql", "b.py", "c"], 2, MIXED),
        (["run", "--follow", "b.py"], 2, MIXED),
    ],
)
def test_what_cannot_be_run(arguments: list[str], code: int, message: str, folder: Path) -> None:
    done = run(["-m", "minisql", *arguments], folder)
    assert (done.returncode, done.stderr.strip()) == (code, message)


def test_syntax_error(folder: Path) -> None:
    (folder / "broken.py").write_text("x = (\n")
    pythons, ours = run(["broken.py"], folder), run(["-m", "minisql", "run", "broken.py"], folder)
    assert (ours.stderr, ours.returncode) == (pythons.stderr, 1)
