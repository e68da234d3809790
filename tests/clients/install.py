"""Installs the client libraries that the tests drive: ``python tests/clients/install.py FOLDER``.

Each Python library gets an environment of its own, since their dependencies do not go together; the libraries for
Node are left out where there is no npm. The tests find them by ``MINISQL_CLIENTS=FOLDER``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

PYTHON = {
    # Their set-up scripts import pip and pkg_resources, which isolated builds do not have.
    "ksql": (["setuptools<80", "wheel", "pip<24"], ["--no-build-isolation", "ksql==0.10.2"]),
    "ksqldb": ([], ["ksqldb==1.0.1"]),
    "ksql-python-ng": (["setuptools<80"], ["ksql-python-ng==0.29.0.1", "httpx[http2]<0.28"]),
}
NODE = ["ksqldb-client@1.0.5", "ksqldb-js@1.1.2", "ksqldb-rx-client@1.1.1", "ksqldb-client-node@1.1.1"]


def main(folder: Path) -> None:
    """Install everything that can be installed here."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (first, then) in PYTHON.items():
        subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
        pip = [str(folder / name / "bin" / "python"), "-m", "pip", "install", "-q"]
        for arguments in filter(None, (first, then)):
            subprocess.run([*pip, *arguments], check=True)
    npm = shutil.which("npm")
    if npm is not None:
        subprocess.run([npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, *NODE], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
