"""The JSON of Fala.BR (``ManifestacaoDTO``) made flat, with what its history tells as messages and a date.

The mapping ``falabr`` names the flat keys. Contents of attachments are not kept, their names and sizes are.
"""

from __future__ import annotations

from collections.abc import Mapping

from ouvidoria_tui.intake.mapping import fold

_DEPTH = 8
# How entries of ``Historico`` name their moment and their words in what has been seen of the service.
_AT = ("datahora", "dataacao", "data", "datahistorico", "dathora", "datacadastro", "dataocorrencia")
_TEXT = (
    "texto",
    "descricao",
    "txtdescricao",
    "observacao",
    "comentario",
    "justificativa",
    "resposta",
    "txtresposta",
)
#: Situations in which nothing more is to come.
_FINAL = {"6", "7", "8", "concluida", "arquivada", "encaminhada para orgao externo encerrada"}
_ANSWERED = {"resposta", "txtresposta"}


def reshape(value: Mapping[str, object]) -> dict[str, object]:
    """``value`` with dotted keys, ``Historico.messages`` where entries have words, ``Conclusao`` where it is over."""
    flat: dict[str, object] = {}
    _flatten(value, "", flat, 0)
    entries = [entry for entry in _list(value.get("Historico")) if isinstance(entry, dict)]
    messages = [message for entry in entries if (message := _message(entry)) is not None]
    if messages:
        flat["Historico.messages"] = messages
    numbers = flat.get("NumerosProtocolo")
    if isinstance(numbers, list) and "IdManifestacao" not in flat and numbers:
        flat["NumProtocolo"] = flat.get("NumProtocolo") or numbers[0]
    if "Anexos" in flat:
        flat["Anexos"] = [_named(file) for file in _list(flat["Anexos"])]
    situation = flat.get("Situacao.IdSituacaoManifestacao", flat.get("Situacao.DescSituacaoManifestacao"))
    if situation is not None:
        flat["Situação"] = str(situation)
        over = fold(str(situation)) in _FINAL
        ended = flat.get("DataConclusao") or flat.get("DataResposta") or _last(entries)
        if over and ended is not None:
            flat["Conclusao"] = ended
    return flat


def _flatten(value: Mapping[str, object], prefix: str, flat: dict[str, object], depth: int) -> None:
    for key, item in value.items():
        name = f"{prefix}{key}"
        if isinstance(item, dict) and depth < _DEPTH:
            _flatten(item, f"{name}.", flat, depth + 1)
        elif item is not None:
            flat[name] = item


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _moment(entry: Mapping[str, object]) -> str | None:
    folded = {fold(key): item for key, item in entry.items()}
    return next((item for name in _AT if isinstance(item := folded.get(name), str) and item.strip()), None)


def _message(entry: Mapping[str, object]) -> dict[str, object] | None:
    """A note of the entry's words; the desk's own where they are called an answer. ``None`` without words or date."""
    folded = {fold(key): item for key, item in entry.items()}
    at = _moment(entry)
    name = next((name for name in _TEXT if isinstance(text := folded.get(name), str) and text.strip()), None)
    if at is None or name is None:
        return None
    return {"at": at, "from": "desk" if name in _ANSWERED else "note", "text": folded[name]}


def _last(entries: list[dict[str, object]]) -> str | None:
    """The moment of the last entry that has one: histories are told in the order of time."""
    return next((at for entry in reversed(entries) if (at := _moment(entry)) is not None), None)


def _named(file: object) -> object:
    if not isinstance(file, dict):
        return file
    kept = {key: item for key, item in file.items() if "conteudo" not in fold(key)}
    content = next((item for key, item in file.items() if "conteudo" in fold(key)), None)
    return {**kept, "size": len(content) * 3 // 4} if isinstance(content, str) else kept
