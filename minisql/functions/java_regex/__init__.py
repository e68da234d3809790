"""Regular expressions of ``java.util.regex``, translated into those of Python's ``re``."""
