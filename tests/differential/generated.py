"""Scenarios, for the time being."""

from __future__ import annotations

from hypothesis import strategies as st

from minisql.testing.differential import Query, Row, Scenario, Statement

SOURCES = [
    Statement(f"CREATE {kind} {name} ({columns}) WITH (KAFKA_TOPIC='{name}', FORMAT='JSON', PARTITIONS=1);")
    for kind, name, columns in [
        ("STREAM", "S", "ID INT KEY, G STRING, V INT"),
        ("TABLE", "T", "ID INT PRIMARY KEY, G STRING, V INT"),
        ("TABLE", "U", "G STRING PRIMARY KEY, W INT"),
    ]
]
TEXTS = st.sampled_from(["'x'", "'y'", "NULL"])
NUMBERS = st.integers(-3, 3).map(str)
ROWS = st.builds(
    Row,
    st.sampled_from(["S", "T"]),
    st.fixed_dictionaries({"ID": NUMBERS, "G": TEXTS, "V": NUMBERS | st.just("NULL")}),
    st.integers(0, 50),
) | st.builds(Row, st.just("U"), st.fixed_dictionaries({"G": st.sampled_from(["'x'", "'y'"]), "W": NUMBERS}), st.integers(0, 50))
SELECTS = {
    "TABLE": [
        "SELECT id, v + 1 AS v FROM t WHERE v <= 1",
        "SELECT g, COUNT(*) AS n, SUM(v) AS total, MAX(v) AS most FROM s GROUP BY g",
        "SELECT g, COUNT(*) AS n, SUM(v) AS total FROM t GROUP BY g HAVING COUNT(*) > 1",
        "SELECT g, COUNT(*) AS n FROM s WINDOW TUMBLING (SIZE 10 MILLISECONDS, GRACE PERIOD 5 MILLISECONDS) GROUP BY g",
        "SELECT g, SUM(v) AS n FROM s WINDOW HOPPING (SIZE 10 MILLISECONDS, ADVANCE BY 4 MILLISECONDS) GROUP BY g",
        "SELECT g, COLLECT_LIST(v) AS vs FROM s WINDOW SESSION (5 MILLISECONDS) GROUP BY g",
        "SELECT t.id AS id, v, w FROM t LEFT JOIN u ON t.g = u.g",
    ],
    "STREAM": [
        "SELECT id, v * 2 AS w, UCASE(g) AS g FROM s WHERE v < 2",
        "SELECT s.id AS id, s.v AS a, t.v AS b FROM s LEFT JOIN t ON s.id = t.id",
        "SELECT v, id AS i FROM s PARTITION BY v",
        "SELECT id, x FROM s",
    ],
}


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    steps = list(SOURCES)
    for i in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(["TABLE", "STREAM"]))
        steps.append(Statement(f"CREATE {kind} Q{i} AS {draw(st.sampled_from(SELECTS[kind]))};"))
    steps += draw(st.lists(ROWS, max_size=8))
    steps += draw(
        st.lists(
            st.sampled_from(["SELECT * FROM Q0;", "SELECT * FROM S WHERE V < 1;", "SELECT * FROM Q0 EMIT CHANGES LIMIT 2;"]).map(
                Query
            ),
            max_size=2,
        )
    )
    return Scenario(tuple(steps))
