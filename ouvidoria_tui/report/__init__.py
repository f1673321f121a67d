"""Questions asked of the store, answered as plain tables and figures; nothing here prints."""
