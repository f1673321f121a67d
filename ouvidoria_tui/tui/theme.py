"""Colours and glyphs. A state is a glyph or a word before it is a colour; every glyph has an ASCII twin."""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What stands for what. Each is one cell wide, except where the ASCII twin needs two."""

    mark: str
    cursor: str
    rule: str
    ellipsis: str
    nothing: str
    dot: str
    into: str
    rising: str
    paused: str
    late: str
    today: str
    full: str
    empty: str
    ok: str
    bullet: str


UNICODE = Glyphs("✓", "›", "─", "…", "—", "·", "›", "↑", "‖", "!", "*", "█", "░", "✓", "•")
ASCII = Glyphs("x", ">", "-", "..", "-", "-", ">", "^", "=", "!", "*", "#", ".", "ok", "*")


def glyphs(ascii_only: bool) -> Glyphs:
    """The glyphs that this terminal shows."""
    return ASCII if ascii_only else UNICODE


#: A quiet dark theme; the terminal's own background shows through nothing, so that contrast is ours to answer for.
HOUSE = Theme(
    name="ouvidoria",
    primary="#5fafd7",
    secondary="#87afaf",
    warning="#d7af5f",
    error="#ff8787",
    success="#87d787",
    accent="#d7af87",
    foreground="#d0d0d0",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
    variables={
        "footer-key-foreground": "#d7af87",
        "input-cursor-background": "#d0d0d0",
        "scrollbar": "#3a3a3a",
        "scrollbar-background": "#121212",
    },
)
