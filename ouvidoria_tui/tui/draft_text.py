"""The fields of a form in the one text of its draft."""

from __future__ import annotations

#: Between two fields: nobody can type it, and the list of drafts shows it as a space.
FIELD = "\n\x1f\n"
