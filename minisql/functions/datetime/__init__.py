"""Dates and times by a pattern, as Java reads and writes them."""
