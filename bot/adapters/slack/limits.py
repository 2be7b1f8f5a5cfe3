"""What Slack takes of Block Kit, as far as the renderers have to keep to it (2026)."""

from __future__ import annotations

SECTION = 3000
"""Characters of a section's or a context's text."""
HEADER = 150
BLOCKS = 50
"""Blocks of a message."""
VIEW_BLOCKS = 100
"""Blocks of a modal or a Home tab."""
VIEW_BYTES = 250_000
PAGE = 12_000
"""Characters of a message's blocks; Slack has a limit and does not say where."""
READ_ALOUD = 4000
"""Characters of the text that screen readers and notifications take instead of the blocks."""
BUTTONS = 25
"""Elements of one row of actions."""
BUTTON = 75
OPTIONS = 100
OPTION = 75
ALT_TEXT = 2000
PLACEHOLDER = 150
VIEW_TITLE = 24
TYPED = 3000
METADATA = 3000
ANSWERS = 5
"""How often a response URL can be used, within half an hour."""
