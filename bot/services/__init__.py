"""What the bot can do: one transaction each, from a call to an outcome, in plain synchronous Python."""
