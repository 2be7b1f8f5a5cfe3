"""The shapes that travel: JSON, as both sides of the wire know it."""

from __future__ import annotations

from typing import Any, TypeAlias

# What json.loads may return. The bodies are checked by rules of their own, not by types.
Json: TypeAlias = dict[str, Any]
JsonValue: TypeAlias = Any

EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_EMBEDS = 1 << 2
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15
