"""Texts of dates and times in the forms of ISO 8601."""

from minisql.calendar import timestamp_text as timestamp_text
