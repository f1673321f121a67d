"""What faces share: words, dates, safe text, columns and writers. Nothing here knows Textual."""
