"""From files and mail to records with line-numbered rejects; nothing here knows the store."""
