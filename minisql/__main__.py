"""``python -m minisql``."""

import sys

from minisql.cli import main

if __name__ == "__main__":
    sys.exit(main())
