"""ksqlDB's REST API as text: what its routes accept and answer, without any wire."""
