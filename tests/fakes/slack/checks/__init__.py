"""Checks of what Slack takes as a message, a modal, a Home tab, options or an answer to a submitted form."""
