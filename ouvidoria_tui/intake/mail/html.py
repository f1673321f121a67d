"""HTML as the text that a reader sees. Nothing is run, nothing is fetched; quotations become ``> `` lines.

One regular expression walks over the page and always moves on, so that time grows with the page and with
nothing else: a tree of two hundred thousand open ``<div>`` costs minutes, and mail may hold one.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from ouvidoria_tui.intake.mail.html_page import Page, space_folded

_TOKEN: Final = re.compile(
    r"""<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)"""
    r"""|<(/?)([a-zA-Z][^\s/>]{0,40})((?:[^>"']|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*+)(?:>|\Z)"""
    r"""|([^<]+|<+(?=<)|<)""",
    re.S,
)
_ATTRIBUTE: Final = re.compile(
    r"""([a-zA-Z:_-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.S
)
#: Elements whose content is no text; each ends at its own closing tag only.
_UNSEEN: Final = frozenset({"script", "style", "title", "template", "xml"})
_BLOCKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figure", "footer", "form", "header", "li", "main", "nav", "pre", "section", "summary",
        "table", "tbody", "thead", "tr",
    }
)  # fmt: skip
_SPACED: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "hr"})
_VOID: Final = frozenset({"br", "img", "hr", "input", "meta", "link", "area", "base", "col", "wbr"})
_HIDDEN: Final = re.compile(r"display\s{0,9}:\s{0,9}none", re.I)
_LINK: Final = re.compile(r"(?:https?|mailto|tel):\S{1,2000}", re.I)
_RULE: Final = "_" * 32  # as mail programs write the line over a quoted header


def html_text(page: str) -> str:
    """The readable text of ``page``: links with their address, lists with dashes, cells side by side.

    What a style hides is left out, unless it is never shown again.
    """
    text, hidden_to_the_end = _Reader(hide=True).read(page)
    return _Reader(hide=False).read(page)[0] if hidden_to_the_end else text


class _Reader:
    """One pass over a page. ``hidden`` is the element whose closing tag is waited for, and how deep in itself."""

    def __init__(self, *, hide: bool) -> None:
        self.page = Page()
        self.hide = hide
        self.hidden = ("", 0)
        self.link = ""
        self.unclosed: set[str] = set()

    def read(self, page: str) -> tuple[str, bool]:
        """The text, and whether something was still hidden at the end."""
        at = 0
        while token := _TOKEN.match(page, at):
            at = token.end()
            if (text := token[4]) is not None:
                if not self.hidden[1]:
                    self.page.words(unescape(text))
            elif (name := token[2]) is not None:
                tag, closing = name.lower(), token[1] == "/"
                if tag in _UNSEEN and not closing:
                    at = self._past(tag, page, at)
                elif self.hidden[1]:
                    self._wait(tag, closing)
                elif closing:
                    self._close(tag)
                else:
                    self._open(tag, token[3])
        return self.page.text(), bool(self.hidden[1])

    def _past(self, tag: str, page: str, at: int) -> int:
        """Where the content of ``tag`` ends; one that is never closed is looked for once only."""
        end = None if tag in self.unclosed else re.compile(rf"</{tag}", re.I).search(page, at)
        if end is not None:
            return end.start()
        self.unclosed.add(tag)
        return len(page) if tag in ("script", "style") else at

    def _wait(self, tag: str, closing: bool) -> None:
        name, depth = self.hidden
        if tag == name:
            self.hidden = (name, depth + (-1 if closing else 1))

    def _open(self, tag: str, written: str) -> None:
        page = self.page
        if self.hide and tag not in _VOID and _HIDDEN.search(written):
            self.hidden = (tag, 1)
        elif tag == "br":
            page.end()
        elif tag == "a":
            self.link = _attribute(written, "href")
            page.mark()
        elif tag == "img":
            alt = space_folded(_attribute(written, "alt")).strip()
            page.words(f"[{alt[:200]}]" if alt else "")
        elif tag in ("td", "th"):
            page.words(" ")
        elif tag in _BLOCKS or tag in _SPACED:
            page.block(spaced=tag in _SPACED)
            page.quotes += tag == "blockquote"
            page.pre += tag == "pre"
            page.words("- " if tag == "li" else _RULE if tag == "hr" else "")
            if tag == "hr":
                page.block(spaced=False)

    def _close(self, tag: str) -> None:
        page = self.page
        if tag in _BLOCKS or tag in _SPACED:
            if tag == "blockquote":
                page.end_quote()
            page.block(spaced=tag in _SPACED)
            page.pre = max(0, page.pre - (tag == "pre"))
        elif tag == "a" and self.link:
            link, self.link = self.link.removeprefix("mailto:"), ""
            bare = re.sub(r"^(?:https?://)?(?:www\.)?", "", link).rstrip("/")
            if bare and bare not in page.since_mark():
                page.words(f" <{link}>")


def _attribute(written: str, wanted: str) -> str:
    """The value of an attribute in a tag as written; of ``href`` only what a person could follow."""
    for name, double, single, bare in _ATTRIBUTE.findall(written):
        if name.lower() == wanted:
            value = unescape(double or single or bare).strip()
            return value if wanted != "href" or _LINK.fullmatch(value) else ""
    return ""
