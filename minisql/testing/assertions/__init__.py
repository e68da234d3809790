"""Assertions on topics, tables and rows: what is expected, the comparison, and a text that says what differs."""
