"""Tools for authors: checks, imports and exports, figures, drafts. The bot's start imports none of it."""
