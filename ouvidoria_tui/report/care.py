"""Care of the store, as the faces ask for it: the ledger's proof, checks, figures, copies, rebuilding, SQL."""

from __future__ import annotations

from ouvidoria_tui.store.asking import Answer, asked
from ouvidoria_tui.store.backup import Copied, back_up, pages, restore
from ouvidoria_tui.store.check import Finding, check_store, said
from ouvidoria_tui.store.rebuild import Compared, Difference, rebuild
from ouvidoria_tui.store.stats import Figure, figures
from ouvidoria_tui.store.verify import Problem, Proof, head_of, newest, proof_of, verify

__all__ = [
    "Answer",
    "Compared",
    "Copied",
    "Difference",
    "Figure",
    "Finding",
    "Problem",
    "Proof",
    "asked",
    "back_up",
    "check_store",
    "figures",
    "head_of",
    "newest",
    "pages",
    "proof_of",
    "rebuild",
    "restore",
    "said",
    "verify",
]
