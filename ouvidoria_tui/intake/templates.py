"""The templates of letters: files of ``data/templates`` that a desk may edit, ``ID.LANGUAGE.txt``."""

from __future__ import annotations

import re
from pathlib import Path

from ouvidoria_tui.errors import NotFound
from ouvidoria_tui.paths import data_folder
from ouvidoria_tui.text import N_

_ID = re.compile(r"[A-Z][0-9]{1,3}")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
_FILE = re.compile(rf"({_ID.pattern})\.({_LANGUAGE.pattern})\.txt")


class TemplateFolder:
    """The templates of one folder, each read once. A template is named by its id, never by a path."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or data_folder() / "templates"
        self._read: dict[tuple[str, str], str] = {}

    def names(self) -> list[tuple[str, str]]:
        """The name and language of each, by name."""
        found = (_FILE.fullmatch(file.name) for file in self.folder.glob("*.txt"))
        named = [(match[1], match[2]) for match in found if match is not None]
        return sorted(named, key=lambda one: (one[0][0], int(one[0][1:]), one[1]))

    def __call__(self, name: str, language: str) -> str:
        """A template as it is written: subject, empty line, text. Raises ``NotFound`` ``TEMPLATE_NOT_FOUND``."""
        known = self._read.get((name, language))
        if known is not None:
            return known
        try:
            if _ID.fullmatch(name) is None or _LANGUAGE.fullmatch(language) is None:
                raise FileNotFoundError(name)
            written = (self.folder / f"{name}.{language}.txt").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise NotFound(
                "TEMPLATE_NOT_FOUND",
                N_(
                    "there is no template {template} in {language}",
                    template=name[:20],
                    language=language[:20],
                ),
                N_("the templates are in the folder {folder}", folder=str(self.folder)),
            ) from error
        self._read[name, language] = written
        return written
