"""Analysis to plan: frozen steps with ksqlDB's names. Import ``plan_query`` and its kin from their modules."""
