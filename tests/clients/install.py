"""Installs the client libraries that the tests drive: ``python tests/clients/install.py FOLDER``.

Each Python library gets an environment of its own, since their dependencies do not go together, with minisql's
dependencies beside it. A library whose interpreter or runtime is missing here is left out, and ``left-out.json`` says
why; an installation that fails fails this program. The tests find all that by ``MINISQL_CLIENTS=FOLDER``.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Library(NamedTuple):
    """What pip is given, in two goes; ``needs`` is the oldest Python that will do."""

    then: list[str]
    first: list[str] = []
    needs: tuple[int, int] = (3, 10)


PYTHON = {
    # Their set-up scripts import pip and pkg_resources, which isolated builds do not have.
    "ksql": Library(["--no-build-isolation", "ksql==0.10.2"], first=["setuptools<80", "wheel", "pip<24"]),
    "ksqldb": Library(["ksqldb==1.0.1", "pytest~=9.2"]),
    "ksql-python-ng": Library(["ksql-python-ng==0.29.0.1", "httpx[http2]<0.28"], first=["setuptools<80"]),
    "jetblack-ksql-dbapi": Library(["jetblack-ksql-dbapi[httpx]==0.2.1"], needs=(3, 12)),
}
NODE = {"ksqldb-client": "1.0.5", "ksqldb-js": "1.1.2", "ksqldb-rx-client": "1.1.1", "ksqldb-client-node": "1.1.1"}


def main(folder: Path) -> None:
    """Install everything that can be installed here."""
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor() as pool:
        for_node = pool.submit(install_node, folder)
        for_python = [pool.submit(install_python, folder, name, library) for name, library in PYTHON.items()]
    left_out = {name: reason for each in [for_node, *for_python] for name, reason in each.result().items()}
    (folder / "left-out.json").write_text(json.dumps(left_out))
    for name, reason in left_out.items():
        print(f"left out: {name}: {reason}")


def install_python(folder: Path, name: str, library: Library) -> dict[str, str]:
    """Install a library in an environment of its own; gives the reason, by its name, where there is no Python for it."""
    interpreter = next((each for each in interpreters() if version(each) >= library.needs), None)
    if interpreter is None:
        return {name: "there is no Python {}.{} or newer".format(*library.needs)}
    subprocess.run([interpreter, "-m", "venv", folder / name], check=True)
    pip = [str(folder / name / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    for arguments in filter(None, (library.first, library.then, dependencies())):
        subprocess.run([*pip, *arguments], check=True)
    return {}


def dependencies() -> list[str]:
    """What minisql itself needs; Python 3.10 cannot read TOML."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return list(ast.literal_eval(re.findall(r"^dependencies = (\[.*?\])", project, re.MULTILINE | re.DOTALL)[0]))


def interpreters() -> Iterator[str]:
    """Where Pythons may be: this one, those on the path, and pyenv's."""
    yield sys.executable
    yield from filter(None, (shutil.which(f"python3.{minor}") for minor in (13, 12)))
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(pyenv.glob("versions/3.*/bin/python")))


def version(interpreter: str) -> tuple[int, ...]:
    """The version of an interpreter; nothing of one that does not start, as pyenv's shims of what is not chosen."""
    done = subprocess.run([interpreter, "-V"], capture_output=True, text=True, check=False)
    numbers = done.stdout.removeprefix("Python ").strip().split(".")[:2]
    return tuple(map(int, numbers)) if done.returncode == 0 else ()


def install_node(folder: Path) -> dict[str, str]:
    """Install the libraries for Node; gives the reason for each, where there is no Node."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        return dict.fromkeys(NODE, "there is no Node")
    packages = [f"{name}@{number}" for name, number in NODE.items()]
    subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, *packages], check=True)
    return {}


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
