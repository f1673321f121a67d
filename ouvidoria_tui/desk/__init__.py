"""What the desk can do: one verb, or one close family, a file; each act one transaction with an Outcome."""
