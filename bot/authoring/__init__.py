"""What authors need: the checks, imports and exports, figures and drafts. The bot's start imports none of it."""
