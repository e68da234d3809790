"""Faults on demand: what goes wrong with a server, set by a test to see what its client does."""

from minisql.faults.engine_faults import EngineFaults
from minisql.faults.fault import Fault
from minisql.faults.faults import Faults

__all__ = ["EngineFaults", "Fault", "Faults"]
