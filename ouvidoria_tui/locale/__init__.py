"""Catalogues: English is the source, one folder for each other language."""
