"""JSON with JSON Schemas from a registry."""
