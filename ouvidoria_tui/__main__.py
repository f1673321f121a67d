"""``python -m ouvidoria_tui``: the same as the command ``ouvidoria``."""

from __future__ import annotations

from ouvidoria_tui.cli.main import main

if __name__ == "__main__":
    main()
