"""Kafka Connect's model of schemas and values: what lies between SQL and the formats with a schema registry."""
