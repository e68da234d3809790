"""How fast minisql is, beside hand-written loops that do the same work.

``python -m tests.benchmarks`` prints the table; ``--help`` says what can be chosen.
"""
