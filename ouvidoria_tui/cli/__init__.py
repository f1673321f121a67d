"""The command line: thin Typer commands over the desk. stdout is data, stderr is narration."""
