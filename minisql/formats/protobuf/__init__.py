"""Protobuf, its descriptors made at run time."""
