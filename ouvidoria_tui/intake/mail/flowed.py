"""``format=flowed`` (RFC 3676) put back into paragraphs."""

from __future__ import annotations

_SIGNATURE = "-- "


def unflowed(text: str, *, delete_space: bool) -> str:
    """Paragraphs on one line each, quoted ones by their depth; ``delete_space`` is the parameter DelSp."""
    done: list[str] = []
    pieces: list[str] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        quoted = line.lstrip(">")
        depth = len(line) - len(quoted)
        words = quoted.removeprefix(" ")
        flows = words.endswith(" ") and words != _SIGNATURE
        kept = words[:-1] if flows and delete_space else words
        if open_depth == depth and words != _SIGNATURE:
            pieces.append(kept)
        else:
            if open_depth is not None:
                done.append("".join(pieces))
            pieces = ["> " * depth + kept if depth else kept]
        if flows:
            open_depth = depth
        else:
            done.append("".join(pieces))
            open_depth = None
    if open_depth is not None:
        done.append("".join(pieces))
    return "\n".join(done)
