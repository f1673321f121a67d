"""The files of a ticket as lines."""

from __future__ import annotations

from ouvidoria_tui.present.dates import moment
from ouvidoria_tui.present.record_files import size_words
from ouvidoria_tui.present.safe import cells, one_line
from ouvidoria_tui.present.words import _
from ouvidoria_tui.tui.reads_ticket import TicketPage
from ouvidoria_tui.tui.widgets.lines import Line, blank, head, plain, prose


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
        *prose(
            _("enter saves the file under the cursor, O opens it after a question; nothing opens by itself."),
            width,
            "quiet",
        ),
    ]
    return lines
