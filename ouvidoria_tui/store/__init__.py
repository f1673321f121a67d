"""The only SQL: connection, schema, ledger, projections, registers, search."""
