"""The files of a ticket as lines, and a name under which one may be saved: theirs is only ever shown."""

from __future__ import annotations

import os
import re
from pathlib import Path

from ouvidoria_tui.errors import Refused
from ouvidoria_tui.present.dates import decimal, moment
from ouvidoria_tui.present.safe import cells, clean, one_line
from ouvidoria_tui.present.words import _
from ouvidoria_tui.text import N_
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, plain, prose

_LONGEST = 100
_UNSAFE = re.compile(r"[^\w.() -]+")
#: Names that mean a device to some systems, whatever comes after the dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def size_words(size: int) -> str:
    """``812 B``, ``3,4 kB``, ``1,2 MB``."""
    if size < 1000:
        return f"{size} B"
    return f"{decimal(size / 1000)} kB" if size < 1_000_000 else f"{decimal(size / 1_000_000)} MB"


def attachment_lines(page: TicketPage, width: int, *, hidden: bool) -> list[Line]:
    """The files, each an item with the number of its event; names of a confidential ticket are masked."""
    if not page.detail.attachments:
        return [plain(_("No files."), "quiet")]
    at = {entry.event.seq: entry.event.happened_at for entry in page.detail.entries}
    lines = [head(_("Files"), width)]
    for item in page.detail.attachments:
        whose = _("from the desk") if item.outgoing else _("from the customer")
        when = moment(at[item.seq], page.policy.zone) if item.seq in at else ""
        tail = f"  {size_words(item.size)}  {whose}  {when}"
        name = _("[confidential]") if hidden else one_line(item.name, max(8, min(width, 88) - cells(tail)))
        lines.append(Line(((name, ""), (tail, "quiet")), "" if hidden else str(item.seq)))
    lines += [
        blank(),
        *prose(_("enter saves the file under the cursor; nothing is opened by itself."), width, "quiet"),
    ]
    return lines


def safe_name(name: str, otherwise: str = "file") -> str:
    """A name of one folder's file: no path, no dot at its front, no controls, no device, at most 100 signs."""
    last = re.split(r"[/\\]", clean(name))[-1]
    kept = _UNSAFE.sub("_", last).strip(" .")
    if not kept.strip("_. ") or _DEVICES.match(kept):
        kept = f"{otherwise}-{kept}".strip("-_. ")
    stem, suffix = os.path.splitext(kept)
    return stem[: _LONGEST - len(suffix[:20])] + suffix[:20]


def save_file(path: Path, data: bytes) -> None:
    """Writes a new file for its owner only; ``Refused`` ``FILE_NOT_SAVED`` where there is one or it cannot be."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Refused(
            "FILE_NOT_SAVED",
            N_("the file was not saved as {path}: {reason}", path=str(path)[:200], reason=reason),
            N_("give another name or folder"),
        ) from error
