"""What a file gives: one :class:`Record` a manifestation, or one :class:`Reject` with its place and reason.

The reasons are stable codes. Of one field: ``MISSING_FIELD BAD_TYPE BAD_VALUE BAD_TIME BAD_TEXT TOO_LONG
TOO_MANY TOO_DEEP``; of a history that cannot be: ``DATE_IN_FUTURE DATE_ORDER CONTRADICTION``; of a row:
``DUPLICATE_ID TOO_FEW_CELLS TOO_MANY_CELLS NUL_BYTE BAD_ENCODING BAD_QUOTE UNTERMINATED_QUOTE ROW_TOO_LONG
BAD_JSON DUPLICATE_KEY``.
"""

from __future__ import annotations

from dataclasses import dataclass

from ouvidoria_tui.domain.record import Author, CustomerRecord, MessageRecord, Record, row_hash
from ouvidoria_tui.text import Text

__all__ = ["Author", "CustomerRecord", "FieldError", "MessageRecord", "Record", "Reject", "row_hash"]

#: The longest row or element that is read, in bytes of a table and characters of JSON.
MAX_ROW = 8 * 1024 * 1024
#: The longest description or message, in bytes of UTF-8.
MAX_TEXT = 1024 * 1024
#: A reject keeps at most so many characters of what was refused.
MAX_VALUE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not taken: where, why, and what (``value`` goes to the file of rejects only).

    ``line`` and ``column`` count from 1: the column of a table is its cell, of JSON its character; 0 = the
    whole row. ``field`` is the column or key as the file names it, where one is to blame.
    """

    file: str
    line: int
    column: int
    code: str
    message: Text
    value: str
    field: str = ""


class FieldError(Exception):
    """A value cannot be taken; ``field`` is the native name, that of a message as ``messages.2.at``."""

    def __init__(self, field: str, code: str, message: Text, value: object = "") -> None:
        super().__init__(field, code)
        self.field = field
        self.code = code
        self.message = message
        self.value = value
