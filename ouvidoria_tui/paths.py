"""Where things are on this machine: the data that comes with the program, and the default store."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def data_folder() -> Path:
    """The folder of profiles, mappings, templates and the sample desk.

    Inside the package in a wheel, beside it in an editable install.
    """
    packaged = Path(__file__).parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "data"


def default_store(environ: Mapping[str, str] = os.environ) -> Path:
    """The store that is used when none is named: ``OUVIDORIA_DB``, else one in the platform's data folder."""
    named = environ.get("OUVIDORIA_DB")
    if named:
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("ouvidoria", appauthor=False) / "desk.db"
