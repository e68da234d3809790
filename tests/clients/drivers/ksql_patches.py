"""What ``ksql`` needs to run on a Python and against a server of today; then runs the program that is given."""

import collections
import collections.abc
import runpy
import sys

for name in ("Iterable", "Mapping", "MutableMapping", "MutableSet", "Callable", "Sequence", "Set", "Hashable"):
    setattr(collections, name, getattr(collections.abc, name))

import ksql.api  # noqa: E402

ksql.api.BaseAPI._raise_for_status = staticmethod(lambda r, response: True)
runpy.run_path(sys.argv[1], run_name="__main__")
