"""A sentence that has not been put into a language yet.

The domain and the desk know *what* to say, the faces know in which language. So inner code makes a
:class:`Text` with :func:`N_`, and ``present.words.say`` turns it into words when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """An English source sentence with named places; ``str()`` gives the English sentence.

    ``plural`` and ``count`` are set when the sentence changes with a number; ``params`` may hold other
    ``Text`` values, which are put into the same language, and tuples of members of closed vocabularies.
    """

    source: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        template = self.plural if self.plural is not None and self.count != 1 else self.source
        said = {
            name: ", ".join(map(str, value)) if isinstance(value, tuple) else value
            for name, value in self.params.items()
        }
        return template.format_map(said)


def N_(source: str, /, **params: object) -> Text:
    """The sentence ``source`` with its places ``{name}`` filled by ``params`` when it is shown."""
    return Text(source, params)


def NN_(one: str, many: str, /, count: int, **params: object) -> Text:
    """Like :func:`N_`, for a sentence that changes with ``count`` (also given to the places as ``{count}``)."""
    return Text(one, {"count": count, **params}, plural=many, count=count)
