"""The versions of the policy, as the faces ask for them: to read, and for ``desk.apply_policy`` to write."""

from __future__ import annotations

from ouvidoria_tui.store.connection import Connection
from ouvidoria_tui.store.policies import policy_in_force, policy_text
from ouvidoria_tui.store.policy_versions import PolicyVersions

__all__ = ["Connection", "PolicyVersions", "policy_in_force", "policy_text"]
