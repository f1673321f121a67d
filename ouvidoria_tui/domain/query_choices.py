"""The closed lists of values of the filter line: slug → its Portuguese and short spellings, folded."""

from __future__ import annotations

from collections.abc import Mapping

Values = Mapping[str, tuple[str, ...]]

_NONE = ("nenhum", "nenhuma", "sem", "null")
_ANY = ("all", "todos", "todas", "qualquer", "tudo")

STATUS: Values = {
    "open": ("aberto", "aberta", "em-aberto", "abertos", "abertas"),
    "assigned": ("atribuido", "atribuida", "atribuidos", "atribuidas"),
    "in-progress": ("em-andamento", "andamento"),
    "answered": ("respondido", "respondida", "respondidos", "respondidas"),
    "customer-reply": ("resposta-do-cliente", "resp-cliente", "resp.cliente", "resposta-cliente"),
    "closed": (
        "fechado",
        "fechada",
        "encerrado",
        "encerrada",
        "concluido",
        "concluida",
        "fechados",
        "fechadas",
    ),
    "any": _ANY,
}
TYPE: Values = {
    "complaint": ("reclamacao", "reclamacoes", "recl"),
    "criticism": ("critica", "criticas", "crit"),
    "suggestion": ("sugestao", "sugestoes", "suge"),
    "praise": ("elogio", "elogios", "elog"),
    "request": ("solicitacao", "solicitacoes", "soli"),
    "report": ("denuncia", "denuncias", "denu"),
}
SEVERITY: Values = {
    "low": ("baixa", "baixo"),
    "medium": ("media", "medio"),
    "high": ("alta", "alto"),
    "critical": ("critica", "critico"),
    "none": _NONE,
}
DIFFICULTY: Values = {
    "simple": ("simples",),
    "medium": ("media", "medio"),
    "complex": ("complexa", "complexo"),
    "none": _NONE,
}
CHANNEL: Values = {
    "portal": ("site",),
    "email": ("e-mail", "correio-eletronico"),
    "phone": ("telefone", "fone"),
    "chat": (),
    "whatsapp": ("zap",),
    "letter": ("carta",),
    "in-person": ("presencial", "pessoalmente", "balcao"),
    "social": ("redes-sociais", "rede-social"),
    "internal": ("interno", "interna"),
}
LANE: Values = {
    "legal-priority": ("prioridade-legal", "preferencial", "legal"),
    "emergency": ("emergencia",),
    "ordinary": ("ordinaria", "comum", "normal"),
}
ADMISSION: Values = {
    "pending": ("pendente",),
    "admitted": ("admitido", "admitida"),
    "awaiting-info": ("aguardando-informacao", "aguardando-informacoes"),
    "redirected": ("redirecionado", "redirecionada"),
    "ineligible": ("inelegivel", "nao-elegivel", "inadmissivel"),
    "duplicate": ("duplicado", "duplicada"),
}
MERIT: Values = {
    "not-assessed": ("nao-avaliado", "nao-avaliada", "sem-avaliacao"),
    "founded": ("procedente",),
    "partly": ("procedente-em-parte", "parcialmente-procedente", "em-parte"),
    "unfounded": ("improcedente",),
}
REASON: Values = {
    "solved": ("resolvido", "resolvida", "solucionado", "solucionada"),
    "no-reply": ("sem-resposta", "sem-retorno"),
    "duplicate": ("duplicado", "duplicada"),
    "ineligible": ("inelegivel", "nao-elegivel", "inadmissivel"),
    "redirected": ("redirecionado", "redirecionada"),
    "withdrawn": ("desistencia", "desistiu"),
}
TURN: Values = {
    "desk": ("ouvidoria", "mesa"),
    "customer": ("cliente", "manifestante"),
    "area": (),
    "none": _NONE,
}
YES_NO: Values = {
    "yes": ("sim", "s", "y", "true", "1"),
    "no": ("nao", "n", "false", "0"),
}
IS: Values = {
    "overdue": ("vencido", "vencida", "vencidos", "vencidas", "atrasado", "atrasada", "em-atraso"),
    "unread": ("nao-lido", "nao-lida", "nao-lidos", "nao-lidas"),
    "escalated": ("escalado", "escalada", "escalados", "escaladas", "escalonado", "escalonada"),
    "confidential": ("sigiloso", "sigilosa", "sigilosos", "sigilosas", "confidencial"),
    "mine": ("meu", "minha", "meus", "minhas"),
    "unassigned": ("sem-dono", "sem-responsavel"),
    "paused": ("pausado", "pausada", "suspenso", "suspensa"),
    "reopened": ("reaberto", "reaberta"),
    "duplicate": ("duplicado", "duplicada"),
    "disagreed": ("discordado", "discordada", "discorda", "em-desacordo"),
    "open": ("aberto", "aberta", "abertos", "abertas"),
    "closed": ("fechado", "fechada", "encerrado", "encerrada"),
}
HAS: Values = {
    "attachment": ("anexo", "anexos", "attachments"),
    "note": ("nota", "anotacao", "notas"),
    "failed-mail": ("email-falho", "e-mail-falho", "falha-de-email", "falha-de-e-mail"),
    "answer": ("resposta",),
    "owner": ("dono", "responsavel"),
    "customer": ("cliente", "manifestante"),
    "deadline": ("prazo", "due"),
    "prior-ticket": ("chamado-anterior", "protocolo-anterior"),
}
