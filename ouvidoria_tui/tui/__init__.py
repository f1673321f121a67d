"""The console: Textual screens and widgets over the same verbs and the same queries as the command line."""
