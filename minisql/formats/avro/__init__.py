"""Avro with schemas from a registry, by way of fastavro."""
