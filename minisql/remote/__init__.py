"""A server behind the ``Connection`` API: ``minisql.connect("http://...")``, over its REST API."""
